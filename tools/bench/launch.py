"""The second launch beside the first, and beside stock: `python -m tools bench launch`.

The app with all its screens, from navigation to the first box in a sample photo; the server is this
machine, so bytes cost next to nothing: what is left is the work. Stock is the same app with
Pyodide's own library (`.py` files) and our wheels as they were built (tools/bench/stock.py).
And in a worker alone: Pyodide from its files, and from a snapshot of its memory.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

from tools.bench.noise import busy_at_rest, judge
from tools.bench.server import IsolatedSite
from tools.bench.starts import shipped_starts
from tools.bench.stock import stock_site
from tools.bench.table import verdict_lines
from tools.browser.chromium import launch
from tools.faults.server import FaultyServer
from tools.faults.visit import Visit, visit
from tools.paths import ROOT

# Of the first visit's time, and of the second launch of stock: the most that ours may take.
GOAL = 0.5
_BOX = "detection:first"
_FOUND = "performance.getEntriesByName('detection:first').length > 0"
_MARKS = """Object.fromEntries(performance.getEntriesByType('mark')
  .map(({ name, startTime }) => [name, Math.round(startTime)]))"""
Marks = dict[str, int]
# The samples come last, three seconds after the engine; the next launch begins when all is quiet.
_SETTLE_MS = 5000


def _to_box(person: Visit) -> Marks:
    person.page.goto(person.server.url + "?sample=dog", wait_until="commit")
    person.until(_FOUND, 180)
    return dict(person.value(_MARKS))


def launches(driver: Playwright, sites: dict[str, Path], times: int) -> dict[str, list[Marks]]:
    """The app's marks, ms after navigation: of each site a first visit, then launches, in turn."""
    found: dict[str, list[Marks]] = {name: [] for name in sites}
    with ExitStack() as stack:
        people = {}
        for name, dist in sites.items():
            server = FaultyServer(dist)
            stack.callback(server.stop)
            people[name] = stack.enter_context(visit(driver, server))
        for turn in range(times + 1):
            for name, person in people.items():
                found[name].append(_to_box(person))
                if turn == 0:
                    person.page.wait_for_timeout(_SETTLE_MS)
                # A launch starts with nothing running: neither worker nor page.
                person.page.goto("about:blank")
    return found


def snapshots(page: Page, dist: Path, url: str, times: int) -> dict[str, Any]:
    """What a snapshot of Pyodide's memory saves, in a worker: see page/snapshot.mjs."""
    page.goto(f"{url}bench/page/bench.html")
    page.wait_for_function("'bench' in globalThis")
    files = shipped_starts(dist, f"{url}site/")[0].files

    def ask(operation: str) -> dict[str, Any]:
        page.evaluate("bench.start('snapshot', 'snapshot.mjs')")
        try:
            question = "([operation, files]) => bench.ask('snapshot', operation, files)"
            answer: dict[str, Any] = page.evaluate(question, [operation, files])
            return answer
        finally:
            page.evaluate("bench.stop('snapshot')")

    ask("plain")  # compiles
    made = ask("make")
    runs: dict[str, list[float]] = {"plain": [], "load": []}
    for _ in range(times):
        for operation, values in runs.items():
            values.append(ask(operation)["ms"])
    plain, load = (statistics.median(runs[name]) for name in ("plain", "load"))
    return {
        "bytes": made["bytes"],
        "gzip_bytes": made["gzip"],
        "plain_ms": round(plain),
        "snapshot_ms": round(load),
        "ratio": round(load / plain, 3),
        "saved_ms": round(plain - load),
        "with_numpy_and_cv2": ask("withPackages")["said"],
    }


def measure(dist: Path, times: int) -> dict[str, Any]:
    """All of it; ratios are of medians within this run."""
    before = busy_at_rest()
    with sync_playwright() as driver, TemporaryDirectory(prefix="mekiki-stock-") as scratch:
        stock = Path(scratch, "dist")
        stock_site(dist, stock)
        found = launches(driver, {"ours": dist, "stock": stock}, times)
        folders = {"bench": ROOT / "tools" / "bench", "site": dist / "assets"}
        site = IsolatedSite(folders)
        browser = launch(driver)
        try:
            memory = snapshots(browser.new_page(), dist, site.url, times)
        finally:
            browser.close()
            site.stop()
    boxes = {name: [marks[_BOX] for marks in visits] for name, visits in found.items()}
    second = {name: statistics.median(values[1:]) for name, values in boxes.items()}
    return {
        "milliseconds": found,
        "second_over_first": round(second["ours"] / boxes["ours"][0], 3),
        "second_over_stock_second": round(second["ours"] / second["stock"], 3),
        "second_over_stock_second_of_minima": round(
            min(boxes["ours"][1:]) / min(boxes["stock"][1:]), 3
        ),
        "second_over_stock_first": round(second["ours"] / boxes["stock"][0], 3),
        "goal": GOAL,
        "snapshot": memory,
        "noise": judge([], max(before, busy_at_rest())).to_dict(),
    }


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report in words."""
    for name, visits in report["milliseconds"].items():
        first, *rest = [f"{marks[_BOX]:,}" for marks in visits]
        yield f"{name:<6} first visit {first:>6} ms, then {', '.join(rest)} ms to the first box"
    yield f"second launch over our first visit:     {report['second_over_first']}"
    yield f"second launch over stock's second:      {report['second_over_stock_second']}"
    yield f"the quickest of each:                   {report['second_over_stock_second_of_minima']}"
    yield f"second launch over stock's first visit: {report['second_over_stock_first']}"
    yield f"goal for the first two: {report['goal']} or less"
    yield from verdict_lines(report["noise"]["reasons"])
    memory = report["snapshot"]
    yield (
        f"Pyodide alone from the shipped files {memory['plain_ms']} ms, from a snapshot of its"
        f" memory {memory['snapshot_ms']} ms (ratio {memory['ratio']}), which takes"
        f" {memory['bytes']:,} bytes on the device ({memory['gzip_bytes']:,} with gzip)"
    )
    yield f"a snapshot with numpy and cv2 in it: {memory['with_numpy_and_cv2']}"


def run(dist: Path, times: int, report: Path) -> None:
    """Measures, prints, and writes the report."""
    found = measure(dist, times)
    print("\n".join(lines(found)), flush=True)
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(json.dumps(found, indent=1) + "\n")
