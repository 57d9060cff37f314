"""`python -m tools bench`: measures, prints, and writes the report."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from tools.bench import app, launch
from tools.bench.engines import measure_engines
from tools.bench.found_wheels import find_wheels, numpy_wheel
from tools.bench.inputs import known_names
from tools.bench.noise import busy_at_rest, judge
from tools.bench.plan import Plan
from tools.bench.report import SCALAR, wrong_engines
from tools.bench.table import lines, verdict_lines
from tools.errors import BuildError
from tools.paths import REPORTS


def plan_of(options: argparse.Namespace) -> Plan:
    """What the options ask of the engines.

    Raises:
        BuildError: `wheel-option-wrong` for a --wheel that is not NAME=FILE.
    """
    wheels = {}
    for given in options.wheel or ():
        name, equals, file = given.partition("=")
        if not (name and equals and file):
            raise BuildError("wheel-option-wrong", given=given, wanted="NAME=FILE")
        wheels[name] = Path(file)
    return Plan(
        wheels=wheels or find_wheels(),
        numpy=options.numpy or numpy_wheel(),
        models=options.model or known_names(),
        rounds=options.rounds,
        passes=options.passes,
        starts=options.starts,
        without=frozenset(options.without),
        warm_up=options.warm_up,
        profile=options.profile,
        dist=options.dist,
        mirror=options.mirror,
    )


def run(options: argparse.Namespace) -> None:
    """Measures, prints, and writes the report.

    Raises:
        BuildError: `outputs-differ`, once the report is written, if an engine's outputs are not
            those of the native ones: then its times mean nothing.
    """
    if options.part == "launch":
        launch.run(options.dist, options.starts, options.report or REPORTS / "launch.json")
        return
    path = options.report or REPORTS / "bench.json"
    report: dict[str, Any] = {}
    if options.part in ("all", "engines"):
        plan = plan_of(options)
        report |= measure_engines(plan)
        if SCALAR not in plan.wheels:
            report["not_measured"][f"{SCALAR} wheel"] = "make wheels makes it"
        print("\n".join(lines(report)), flush=True)
    if options.part in ("all", "app"):
        before = busy_at_rest()
        found = app.measure_app(options.dist, seconds=options.seconds)
        verdict = judge([], max(before, busy_at_rest()))
        report["app"] = found | {"noise": verdict.to_dict()}
        report["trustworthy"] = report.get("trustworthy", True) and verdict.trustworthy
        print("\n".join([*app.lines(found), *verdict_lines(list(verdict.reasons))]), flush=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=1) + "\n")
    wrong = wrong_engines(report)
    if wrong:
        raise BuildError("outputs-differ", engines=", ".join(wrong))
