"""Saves the picture with its boxes, in the picture's own size."""

import json

from pyscript.js_modules import frames

import message
import overlay
from page import element, window
from stage import VIDEO

# iOS refuses canvases of more than 16.7 million pixels.
MOST_PIXELS = 16_000_000


def _name():
    stamp = window.Date.new().toISOString()[:19].replace(":", "").replace("T", "-")
    return "mekiki-" + stamp + ".jpg"


async def _drawn(source, width, height, detections):
    scale = min(1, (MOST_PIXELS / (width * height)) ** 0.5)
    canvas = frames.drawn(source, int(width * scale) or 1, int(height * scale) or 1)
    if canvas is None:
        message.tell_error("save-failed", {})
        return
    context = canvas.getContext("2d")
    unit = max(1, max(canvas.width, canvas.height) / 800)
    overlay.draw(context, detections, canvas.width / width, unit)
    if not await frames.saveCanvas(canvas, _name()):
        message.tell_error("save-failed", {})


async def save(detecting):
    """Saves what is shown. A live picture is frozen, and its own boxes are found first."""
    stage, results = detecting.stage, detecting.results
    if stage.shows != VIDEO:
        await _drawn(element("photo"), stage.width, stage.height, results.visible())
        return
    still = await frames.freeze(element("video"))
    answer = None
    while answer is None:  # a newer live frame may take its place in the queue
        frame = await frames.captureBitmap(still)
        answer = await detecting.engine.bridge.submit(frame)
    answer = json.loads(answer)
    if "error" in answer:
        message.tell_error(answer["error"]["code"], answer["error"]["data"])
        return
    results.answer = answer
    await _drawn(still, still.width, still.height, results.visible())
    still.close()
