"""`make live`: minutes of live camera with a person at it, and what they cost.

Frames a second; milliseconds from the moment a frame is taken to its boxes on the screen; tasks of
the main thread above 50 ms (https://www.w3.org/TR/longtasks-1/); milliseconds from a press to the
next painted frame (https://www.w3.org/TR/event-timing/); and what both runtimes and the page hold
at the start and at the end.
"""

from __future__ import annotations

import argparse
import itertools
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from tools.bench.app import spread
from tools.browser.chromium import launch
from tools.browser.fake_camera import write_sequence
from tools.paths import APP, REPORTS
from tools.serve import Site

WATCH = """
globalThis.watched = { latency: [], longTasks: [], presses: {}, heap: 0, frames: 0 };
document.addEventListener("mekiki:detections", ({ detail }) => {
    watched.frames += 1;
    watched.heap = detail.heap;
    if (detail.latency) watched.latency.push(detail.latency);
});
new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
        watched.longTasks.push([Math.round(startTime), Math.round(duration)]);
    }
}).observe({ type: "longtask" });
new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
        if (!interactionId) continue;
        watched.presses[interactionId] = Math.max(duration, watched.presses[interactionId] ?? 0);
    }
}).observe({ type: "event", durationThreshold: 16 });
"""
FORGET = "Object.assign(watched, { latency: [], longTasks: [], presses: {}, frames: 0 })"
SETTLE_FRAMES = 100
PRESS_EVERY_S = 2.0


def _wait(page: Page, expression: str, seconds: int = 180) -> None:
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        if time.monotonic() > end:
            raise TimeoutError(expression)
        page.wait_for_timeout(100)


def _held(page: Page, session: CDPSession) -> dict[str, int]:
    """Bytes that each part holds after its garbage was collected."""
    page.evaluate("document.dispatchEvent(new Event('mekiki:measure'))")
    session.send("HeapProfiler.collectGarbage")
    metrics = {
        each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]
    }
    return {
        "micropython": int(page.get_attribute("html", "data-shell-bytes") or 0),
        "pyodide": page.evaluate("watched.heap"),
        "javascript": int(metrics["JSHeapUsedSize"]),
        "nodes": int(metrics["Nodes"]),
    }


def _presses(page: Page) -> Iterator[Callable[[], None]]:
    """What a person does meanwhile, over and over."""

    def chip() -> None:
        page.locator("#counts button").first.click()

    def follow() -> None:
        page.click("#follow")

    def threshold() -> None:
        page.press("#threshold", "ArrowRight")
        page.press("#threshold", "ArrowLeft")

    def settings() -> None:
        page.click("[data-room=preferences]")
        page.locator("#room-preferences[open]").wait_for()
        page.keyboard.press("Escape")
        page.locator("#room-preferences:not([open])").wait_for(state="attached")

    def language() -> None:
        page.click("#language")

    return itertools.cycle((chip, chip, follow, follow, threshold, settings, language, language))


def measure(dist: Path, *, seconds: float, model: str | None = None) -> dict[str, Any]:
    """Runs the live camera of a built site for some seconds.

    Args:
        dist: the site.
        seconds: of the run, after the first hundred frames.
        model: id, or the default one.
    """
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        sequence = Path(scratch) / "camera.mjpeg"
        write_sequence(APP / "samples" / "dog.jpg", sequence)
        browser = launch(playwright, camera=sequence)
        site = Site(dist)
        try:
            page = browser.new_context(
                permissions=["camera"], viewport={"width": 390, "height": 844}
            ).new_page()
            page.add_init_script(WATCH)
            page.goto(f"{site.url}?source=camera" + (f"&model={model}" if model else ""))
            _wait(page, f"watched.frames > {SETTLE_FRAMES}")
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable")
            return {"browser": browser.version, **_run(page, session, seconds)}
        finally:
            site.stop()
            browser.close()


def _run(page: Page, session: CDPSession, seconds: float) -> dict[str, Any]:
    for _, press in zip(range(8), _presses(page), strict=False):
        press()  # each once, so that what arrives when it is opened has arrived
        page.wait_for_timeout(300)
    start = _held(page, session)
    page.wait_for_timeout(1000)  # collecting garbage takes a while, and is not the app's
    page.evaluate(FORGET)
    began = time.monotonic()
    for press in _presses(page):
        press()
        page.wait_for_timeout(PRESS_EVERY_S * 1000)
        if time.monotonic() - began >= seconds:
            break
    took = time.monotonic() - began
    watched = page.evaluate("watched")
    presses = list(watched["presses"].values())
    return {
        "seconds": round(took, 1),
        "frames": watched["frames"],
        "frames_per_second": round(watched["frames"] / took, 1),
        "latency": spread(watched["latency"]),
        "long_tasks": [duration for _, duration in watched["longTasks"]],
        # Shorter ones than 16 ms are not reported by the browser.
        "presses": {"n": len(presses), "longest": max(presses, default=0)},
        "held": {"start": start, "end": _held(page, session)},
    }


def lines(found: dict[str, Any]) -> Iterator[str]:
    """The report in words."""
    yield (
        f"{found['seconds']:.0f} s live, Chromium {found['browser']}: {found['frames']} frames, "
        f"{found['frames_per_second']} a second"
    )
    latency = found["latency"]
    yield f"frame to drawn box   p50 {latency['p50']:.1f} ms   p95 {latency['p95']:.1f} ms"
    tasks = found["long_tasks"]
    yield f"main-thread tasks above 50 ms: {len(tasks)}" + (f", {tasks}" if tasks else "")
    presses = found["presses"]
    yield f"presses answered after 16 ms or more: {presses['n']}, longest {presses['longest']} ms"
    for part, before in found["held"]["start"].items():
        after = found["held"]["end"][part]
        unit, scale = ("", 1.0) if part == "nodes" else (" MB", 1e6)
        grown = f"{before / scale:>10.2f}{unit} at the start, {after / scale:.2f}{unit} at the end"
        yield f"{part:<12} {grown}"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `live` to its parser."""
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--model", metavar="ID")
    parser.add_argument("--report", type=Path, default=REPORTS / "live.json")


def run(options: argparse.Namespace) -> None:
    """Measures, prints, and writes the report."""
    found = measure(options.dist, seconds=options.minutes * 60, model=options.model)
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(json.dumps(found, indent=1) + "\n")
    print("\n".join(lines(found)))
