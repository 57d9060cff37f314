"""How long `import cv2` takes in a fresh worker: the shipped engine's files, and stock ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tools.bench.found_wheels import label
from tools.bench.spread import Ratio, Summary
from tools.errors import BuildError

STEPS = ("loadPyodide", "loadPackage", "import")


@dataclass(frozen=True)
class Start:
    """A way to start: its name, and what page/start.mjs wants to know."""

    name: str
    files: dict[str, Any]


def shipped_starts(dist: Path, url: str) -> list[Start]:
    """The engines in a built site: one for each cv2 wheel, called after its build tag.

    Args:
        dist: the site.
        url: of the site's assets, with a slash at its end.

    Raises:
        BuildError: `nothing-built`.
    """
    assets = dist / "assets"

    def urls(pattern: str) -> list[str]:
        paths = sorted(assets.glob(f"*/{pattern}"))
        if not paths:
            raise BuildError("nothing-built", missing=pattern, do="make build")
        return [path.relative_to(assets).as_posix() for path in paths]

    runtime, stdlib = (url + urls(name)[0] for name in ("pyodide.mjs", "python_stdlib.zip"))
    starts = []
    for lock in urls("pyodide-lock*.json"):
        packages = json.loads((assets / lock).read_text("utf-8"))["packages"]
        for name, package in packages.items():
            if "cv2" in package["imports"]:
                wheel = label(Path(package["file_name"]).name)
                files = {"runtime": runtime, "stdlib": stdlib, "lock": url + lock}
                starts.append(Start(f"shipped {wheel}", files | {"packages": [name]}))
    return starts


def stock_start(runtime: str, wheels: list[str]) -> Start:
    """Pyodide's own standard library, and wheels as they were built, by URL."""
    return Start("stock", {"runtime": runtime, "packages": wheels})


def time_starts(page: Page, starts: list[Start], times: int) -> dict[str, list[dict[str, float]]]:
    """Milliseconds of each step, of one first visit and then `times` warm ones, in turn."""
    found: dict[str, list[dict[str, float]]] = {start.name: [] for start in starts}
    for visit in range(times + 1):
        first = visit % len(starts)
        for start in (*starts[first:], *starts[:first]):
            page.evaluate("(name) => bench.start(name, 'start.mjs')", start.name)
            try:
                steps = page.evaluate(
                    "([name, files]) => bench.ask(name, 'time', files)", [start.name, start.files]
                )
            finally:
                page.evaluate("(name) => bench.stop(name)", start.name)
            found[start.name].append({step: float(steps[step]) for step in STEPS})
    return found


def summarise(found: Mapping[str, list[dict[str, float]]]) -> dict[str, Any]:
    """For the report: by start, the first visit, the warm ones, and the ratio to stock."""
    report: dict[str, Any] = {}
    totals = {
        name: [[sum(visit.values())] for visit in visits[1:]] for name, visits in found.items()
    }
    for name, visits in found.items():
        warm = {step: Summary.of([visit[step] for visit in visits[1:]]).to_dict() for step in STEPS}
        warm["total"] = Summary.of([value for (value,) in totals[name]]).to_dict()
        first = {step: round(value, 1) for step, value in visits[0].items()}
        report[name] = {"first_visit": first, "warm": warm}
        if name != "stock" and "stock" in found:
            report[name]["over_stock"] = Ratio.of(totals[name], totals["stock"]).to_dict()
    return report
