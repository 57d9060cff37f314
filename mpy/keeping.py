"""Makes a record of what is shown: for the history, for export and for sharing."""

from pyscript.js_modules import frames

import rooms
import settings
from page import window


async def record(detecting, still=None):
    """What is shown as (record, JPEG blob), or None when the browser cannot make the picture.

    still: the picture, if it is at hand already.

    The record is described in docs/record.md; its boxes are in the JPEG's pixels.
    """
    still = still or await detecting.subject.still()
    answer, visible = detecting.results.answer, detecting.results.visible()
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
        "detections": [_scaled(each, scale) for each in visible],
    }
    return found, made.blob


def _scaled(detection, scale):
    x, y, width, height = detection["box"]
    keys = ("class_id", "label", "score", "track")
    scaled = {key: detection[key] for key in keys if key in detection}
    box = x * scale[0], y * scale[1], width * scale[0], height * scale[1]
    scaled["box"] = [int(value * 10 + 0.5) / 10 for value in box]
    return scaled


async def keep(detecting, still):
    """Puts what is shown now into the history, if the person wants one."""
    if not settings.get("history", True):
        return
    made = await record(detecting, still)
    history = await rooms.enter("history") if made else None
    if history:
        await history.keep(made[0], made[1])
