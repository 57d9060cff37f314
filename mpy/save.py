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
    # Swedish writes dates as ISO 8601 does, and this is the local time.
    stamp = window.Date.new().toLocaleString("sv-SE").replace(":", "").replace(" ", "-")
    return "mekiki-" + stamp + ".jpg"


async def _save(source, width, height, detections):
    scale = min(1, (MOST_PIXELS / (width * height)) ** 0.5)
    canvas = frames.drawn(source, int(width * scale) or 1, int(height * scale) or 1)
    if canvas is None:
        message.tell_error("save-failed", {})
        return
    unit = max(1, max(canvas.width, canvas.height) / 800)
    context = canvas.getContext("2d")
    overlay.draw(context, detections, canvas.width / width, canvas.height / height, unit)
    if not await frames.saveCanvas(canvas, _name()):
        message.tell_error("save-failed", {})


async def _save_live(still, detecting):
    frame = await frames.captureBitmap(still)
    answer = json.loads(await detecting.engine.bridge.ask(frame))
    if "error" in answer:
        detecting.failed(answer["error"])
        return
    found = detecting.results.visible_of(answer)
    await _save(still, still.width, still.height, found)


async def save(detecting):
    """Saves what is shown. A live picture is frozen, and its own boxes are found first."""
    if detecting.stage.shows == VIDEO:
        still = await frames.freeze(element("video"))
        try:
            await _save_live(still, detecting)
        finally:
            still.close()
    else:
        photo, found = detecting.shown_photo, detecting.results.visible()
        await _save(photo.image, photo.width, photo.height, found)
