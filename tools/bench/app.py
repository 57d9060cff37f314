"""Start-up and frame times on the machine at hand; compare within one run only."""

from __future__ import annotations

import json
import re
import tempfile
import urllib.parse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, Route, sync_playwright

from tools.bench.spread import quantile
from tools.browser.chromium import launch
from tools.browser.fake_camera import write_sequence
from tools.paths import APP
from tools.serve import Site

PAGES = Path(__file__).parent / "page"
MODEL_STAGES = ("preprocess", "forward", "decode")
RECORD = """
globalThis.results = [];
document.addEventListener("mekiki:detections", (event) => globalThis.results.push(event.detail));
"""
MARKS = """
Object.fromEntries(performance.getEntriesByType("mark").map((mark) => [mark.name, mark.startTime]))
"""


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, rounded to 10 microseconds."""
    return {"p50": round(quantile(values, 0.5), 2), "p95": round(quantile(values, 0.95), 2)}


def _wait(page: Page, expression: str, seconds: int = 180) -> None:
    for _ in range(seconds * 20):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise TimeoutError(expression)


def _page(browser: Browser) -> Page:
    page = browser.new_context(permissions=["camera"]).new_page()
    page.add_init_script(RECORD)
    return page


def measure_starts(page: Page, url: str) -> dict[str, dict[str, float]]:
    """Marks of a first visit and of the next one, ms after navigation."""
    starts = {}
    for name in ("first_visit", "second_visit"):
        page.goto(f"{url}?sample=dog")
        _wait(page, "performance.getEntriesByName('detection:first').length > 0")
        starts[name] = {key: round(value, 1) for key, value in page.evaluate(MARKS).items()}
        page.wait_for_timeout(5000)  # the samples come last
    return starts


def measure_live(page: Page, url: str, seconds: int) -> dict[str, Any]:
    """Milliseconds by stage of a live camera of 640 x 480 pixels."""
    page.goto(f"{url}?source=camera")
    _wait(page, "globalThis.results.length > 10")
    page.evaluate("globalThis.results.length = 0")
    page.wait_for_timeout(seconds * 1000)
    results = page.evaluate("globalThis.results")
    stages = results[0]["milliseconds"]
    overhead = [
        sum(value for stage, value in each["milliseconds"].items() if stage not in MODEL_STAGES)
        for each in results
    ]
    return {
        "model": results[0]["model"],
        "frames": len(results),
        "frames_per_second": round(len(results) / seconds, 1),
        "heap_bytes": results[-1]["heap"],
        "stages": {
            stage: spread([each["milliseconds"][stage] for each in results]) for stage in stages
        },
        "overhead": spread(overhead),
    }


def measure_talk(page: Page, url: str, dist: Path) -> dict[str, float]:
    """Milliseconds a frame the talk's way."""

    def give(name: str, kind: str) -> None:
        body = (PAGES / name).read_text("utf-8")

        def fulfill(route: Route) -> None:
            route.fulfill(body=body, content_type=kind)

        page.route(re.compile(re.escape(url + name)), fulfill)

    give("talk.html", "text/html")
    give("talk.mjs", "text/javascript")

    def named(name: str) -> str:
        return next(dist.glob(f"assets/*/{name}")).relative_to(dist).as_posix()

    files = {
        "runtime": named("pyodide.mjs"),
        "stdlib": named("python_stdlib.zip"),
        "lock": named("pyodide-lock.json"),
    }
    page.goto(f"{url}talk.html?files={urllib.parse.quote(json.dumps(files))}")
    _wait(page, "'measure' in globalThis")
    page.evaluate("globalThis.measure(3)")
    return spread(page.evaluate("globalThis.measure(20)"))


def _measure(playwright: Playwright, dist: Path, scratch: Path, seconds: int) -> dict[str, Any]:
    sequence = scratch / "camera.mjpeg"
    write_sequence(APP / "samples" / "dog.jpg", sequence)
    browser = launch(playwright, camera=sequence)
    site = Site(dist)
    try:
        page = _page(browser)
        starts = measure_starts(page, site.url)
        live = measure_live(page, site.url, seconds)
        plain = browser.new_context(service_workers="block").new_page()
        talk = measure_talk(plain, site.url, dist)
        return {"browser": browser.version, "starts": starts, "live": live, "talk_frame": talk}
    finally:
        site.stop()
        browser.close()


def measure_app(dist: Path, *, seconds: int) -> dict[str, Any]:
    """Measures a built site.

    Args:
        dist: the site.
        seconds: of live camera.
    """
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        return _measure(playwright, dist, Path(scratch), seconds)


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report in words."""
    live = report["live"]
    yield f"Chromium {report['browser']}; compare within this run only"
    for visit, marks in report["starts"].items():
        yield f"{visit}: " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in marks.items())
    heap = live["heap_bytes"] / 1_000_000
    yield f"live {live['model']}: {live['frames_per_second']} frames a second, heap {heap:.0f} MB"
    for stage, times in {**live["stages"], "overhead": live["overhead"]}.items():
        yield f"  {stage:<12} p50 {times['p50']:>7.2f} ms   p95 {times['p95']:>7.2f} ms"
    ratio = report["talk_frame"]["p50"] / live["overhead"]["p50"]
    yield (
        f"  the talk's way with a frame, p50 {report['talk_frame']['p50']:.1f} ms: {ratio:.0f} x"
    )
