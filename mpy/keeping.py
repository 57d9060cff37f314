"""Makes a record of what is shown: for the history, for export and for sharing."""

from pyscript.js_modules import frames

import rooms
import settings
from page import window


async def record(detecting):
    """What is shown as (record, JPEG blob), or None when the browser cannot make the picture.

    The record is described in docs/record.md; its boxes are in the JPEG's pixels.
    """
    still = await detecting.subject.still()
    answer = detecting.results.answer
    if still is None or answer is None:
        return None
    made = await frames.jpeg(still.image, still.width, still.height)
    if made is None:
        return None
    scale = made.width / answer["width"], made.height / answer["height"]
    found = {
        "id": window.crypto.randomUUID() if window.isSecureContext else str(window.Date.now()),
        "time": window.Date.new().toISOString(),
        "name": still.name,
        "source": still.source,
        "model": answer["model"],
        "threshold": detecting.results.threshold,
        "input": list(detecting.input_size()),
        "width": made.width,
        "height": made.height,
        "detections": [_scaled(each, scale) for each in detecting.results.visible()],
    }
    return found, made.blob


def _scaled(detection, scale):
    x, y, width, height = detection["box"]
    keys = ("class_id", "label", "score", "track")
    scaled = {key: detection[key] for key in keys if key in detection}
    box = x * scale[0], y * scale[1], width * scale[0], height * scale[1]
    scaled["box"] = [int(value * 10 + 0.5) / 10 for value in box]
    return scaled


async def keep(detecting):
    """Puts what is shown into the history, if the person wants one."""
    if not settings.get("history", True):
        return
    turn = detecting.turn
    history = await rooms.enter("history")
    if history and turn == detecting.turn:
        made = await record(detecting)
        if made:
            await history.keep(made[0], made[1])
