"""The engines' measurements, from start to report."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tools.bench.engine import BrowserEngine
from tools.bench.environment import environment
from tools.bench.inputs import Subject, make_subjects
from tools.bench.noise import Others, judge
from tools.bench.plan import Plan
from tools.bench.report import model_report, ratio_spreads
from tools.bench.rounds import measure
from tools.bench.session import Session, open_session
from tools.bench.spread import Summary
from tools.bench.starts import Start, shipped_starts, stock_start, summarise, time_starts
from tools.errors import BuildError

# The network after whose first detection the heap is read.
HEAP_AFTER = "yolox-nano"


def measure_engines(plan: Plan) -> dict[str, Any]:
    """Measures in Chromium and natively.

    Returns:
        The report, which JSON can hold.

    Raises:
        BuildError: `no-wheels`, `no-models`, and what preparing a network, opening the page or
            starting an engine raises.
    """
    if not plan.wheels:
        raise BuildError("no-wheels", do="make wheels")
    others = Others()
    with tempfile.TemporaryDirectory() as scratch:
        subjects, missing = make_subjects(plan.models, Path(scratch), mirror=plan.mirror)
        if not subjects:
            raise BuildError("no-models", tried="; ".join(each.reason for each in missing))
        with open_session(plan, Path(scratch)) as session:
            starts = _starts(plan, session) if plan.has("starts") else []
            report = {"environment": environment(session, plan.wheels)}
            calibration: list[float] = []
            report |= _side_by_side(plan, session, subjects, calibration)
            if starts:
                _say(f"import cv2, {plan.starts} times warm")
                report["starts"] = summarise(time_starts(session.page, starts, plan.starts))
            # Before the browser ends: what ended processes used can no longer be told from others'.
            busy = others.busy()
    verdict = judge(calibration, busy, ratio_spreads(report))
    report["not_measured"] = {each.model_id: each.reason for each in missing}
    return {"trustworthy": verdict.trustworthy, "noise": verdict.to_dict()} | report


def _say(text: str) -> None:
    """Progress: a whole run takes minutes."""
    print(f"measuring {text}", file=sys.stderr, flush=True)


def _side_by_side(
    plan: Plan, session: Session, subjects: Sequence[Subject], calibration: list[float]
) -> dict[str, Any]:
    report: dict[str, Any] = {"heap_bytes": {}, "models": {}, "profiles": {}}
    with ExitStack() as stack:
        wheels = session.start_wheels(stack)
        engines = [*wheels, *session.start_rivals(plan, stack)]
        report["versions"] = {engine.name: engine.version for engine in engines}
        report["heap_bytes"] = _heaps(wheels, subjects)
        for subject in subjects:
            _say(f"{subject.name}: {plan.rounds} rounds of {len(engines)} engines")
            measured = measure(
                engines,
                subject,
                rounds=plan.rounds,
                passes=plan.passes,
                warm_up_seconds=plan.warm_up,
                between=lambda: calibration.append(session.calibrate()),
            )
            report["models"][subject.name] = model_report(measured, list(plan.wheels))
            if plan.profile:
                report["profiles"][subject.name] = {
                    wheel.name: wheel.profile(plan.profile) for wheel in wheels
                }
    report["calibration_milliseconds"] = Summary.of(calibration).to_dict()
    return report


def _heaps(wheels: Sequence[BrowserEngine], subjects: Sequence[Subject]) -> dict[str, int]:
    """Bytes of each wheel's memory after its worker's first network and first detection."""
    heaps = {}
    for subject in (subject for subject in subjects if subject.name == HEAP_AFTER):
        for wheel in wheels:
            wheel.load(subject)
            wheel.run(1)
            heaps[wheel.name] = wheel.heap()
    return heaps


def _starts(plan: Plan, session: Session) -> list[Start]:
    """The site's engines, and stock files with the first of the plan's wheels."""
    wheel = next(iter(session.wheels.values()))
    stock = stock_start(session.runtime, [session.numpy, wheel])
    return [*shipped_starts(plan.dist, f"{session.url}site/"), stock]
