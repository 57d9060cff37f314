"""Thousands of frames through the engine, and what it holds meanwhile: `python -m tools frames`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tools.browser.chromium import launch
from tools.errors import BuildError
from tools.paths import REPORTS
from tools.serve import Site

MODEL = "blazeface-back"  # the quickest: what is looked for here is the frames' own weight
MARKS = 11  # how often it is asked what is held, the first time after a tenth of the frames
_FEW = 50  # objects: caches of Python's own that are not full yet
_RUN = """async ([bridgeUrl, files, model, count, marks]) => {
  const { connect } = await import(bridgeUrl);
  const bridge = connect("../py/worker.mjs");
  const asked = async (name, argument) => {
    const answer = JSON.parse(await bridge.call(name, argument));
    if (answer.error) throw new Error(JSON.stringify(answer.error));
    return answer;
  };
  await asked("start", files);
  await asked("model", model);
  const canvas = new OffscreenCanvas(640, 480);
  const context = canvas.getContext("2d");
  const held = [];
  const errors = [];
  for (let frame = 1; frame <= count; frame += 1) {
    context.fillStyle = `hsl(${frame % 360} 80% 50%)`;
    context.fillRect(frame % 640, frame % 480, 160, 120);
    const picture = new VideoFrame(canvas, { timestamp: frame * 33_000 });
    const answer = JSON.parse(await bridge.ask({
      message: { picture, sourceWidth: 640, sourceHeight: 480,
        track: { time: frame / 30, threshold: 0.5, session: 1 } },
      transfer: [picture], captureMs: 0, close: () => picture.close(),
    }));
    if (answer.error && errors.length < 5) errors.push(answer.error);
    if (frame % Math.floor(count / (marks - 1)) === 0) {
      held.push({ frame, ...await asked("memory", {}) });
    }
  }
  bridge.terminate();
  return { held, errors };
}"""


def run_frames(dist: Path, count: int) -> dict[str, Any]:
    """Sends so many frames through the engine of a built site, in Chromium.

    Returns:
        `held`: what the engine held after each tenth of them (`frame`, `heap` in bytes, Python's
        `objects`); `errors`: the first answers that were errors.

    Raises:
        BuildError: `nothing-built`.
    """
    listed = next(dist.glob("shell-*/assets.json"), None)
    if listed is None:
        raise BuildError("nothing-built", folder=str(dist), do="make build")
    tiers = json.loads(listed.read_text("utf-8"))
    site = Site(dist)

    def url(tier: str, ending: str) -> str:
        found = next(each["url"] for each in tiers[tier] if each["url"].endswith(ending))
        return f"{site.url}{found}"

    files = {
        "runtime": url("engine", "pyodide.mjs"),
        "stdlib": url("engine", "python_stdlib.zip"),
        "code": url("engine", "mekiki.zip"),
        "lock": url("engine-relaxed", ".json"),
        "packages": ["numpy", "opencv-python"],
    }
    tier = f"model:{MODEL}"
    model = {"id": MODEL, "onnx": url(tier, ".onnx"), "code": url(tier, ".zip")}
    bridge = f"{site.url}{listed.parent.name}/app/bridge.mjs"
    try:
        with sync_playwright() as driver:
            browser = launch(driver)
            page = browser.new_page()
            page.goto(site.url)
            found: dict[str, Any] = page.evaluate(_RUN, [bridge, files, model, count, MARKS])
            browser.close()
    finally:
        site.stop()
    return found


def grown(held: list[dict[str, int]], what: str) -> int:
    """By how much something grew from the first mark to the last."""
    return held[-1][what] - held[0][what]


def run(options: argparse.Namespace) -> int:
    """Prints what was held; writes reports/frames.json; 1 when anything grew or failed."""
    found = run_frames(options.dist, options.count)
    for each in found["held"]:
        print(
            f"after {each['frame']:>6,} frames: heap {each['heap']:>11,} bytes, "
            f"{each['objects']:>7,} objects of Python"
        )
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "frames.json").write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    growth = {what: grown(found["held"], what) for what in ("heap", "objects")}
    print(f"grown since the first: {growth}; errors: {found['errors'] or 'none'}")
    flat = growth["heap"] <= 0 and growth["objects"] <= _FEW
    return 0 if flat and not found["errors"] else 1
