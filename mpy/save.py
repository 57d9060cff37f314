"""Saves the picture with its boxes, in the picture's own size."""

from pyscript.js_modules import frames

import message
import overlay
from page import window

# iOS refuses canvases of more than 16.7 million pixels.
MOST_PIXELS = 16_000_000


def _name():
    # Swedish writes dates as ISO 8601 does, and this is the local time.
    stamp = window.Date.new().toLocaleString("sv-SE").replace(":", "").replace(" ", "-")
    return "mekiki-" + stamp + ".jpg"


async def save(detecting):
    """Saves what is shown. A live picture is held first, and its own boxes are found."""
    still = await detecting.subject.still()
    answer = detecting.results.answer
    if still is None or answer is None:
        return
    width, height = still.width, still.height
    scale = min(1, (MOST_PIXELS / (width * height)) ** 0.5)
    canvas = frames.drawn(still.image, int(width * scale) or 1, int(height * scale) or 1)
    if canvas is None:
        message.tell_error("save-failed", {})
        return
    unit = max(1, max(canvas.width, canvas.height) / 800)
    scales = canvas.width / answer["width"], canvas.height / answer["height"]
    found = detecting.results.visible()
    overlay.draw(canvas.getContext("2d"), found, scales[0], scales[1], unit)
    if not await frames.saveCanvas(canvas, _name()):
        message.tell_error("save-failed", {})
    if still.saved:
        await still.saved()
