"""Makes a record of what is shown: for the history, for export and for sharing."""

from pyscript.js_modules import frames

import rooms
import settings
from page import window
from shapes import mapped

# What is kept of a detection; the rest is added anew when it is shown.
KEYS = (
    "class_id",
    "label",
    "score",
    "track",
    "box",
    "points",
    "quad",
    "polygons",
    "attributes",
    "whole",
)


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
    scaled = mapped(detection, scale[0], scale[1])
    kept = {key: scaled[key] for key in KEYS if key in scaled}
    for key in ("box", "quad", "polygons"):
        if key in kept:
            kept[key] = _short(kept[key])
    if "points" in kept:
        kept["points"] = [
            [_short(x), _short(y), _short(score, 100)] for x, y, score in kept["points"]
        ]
    if "attributes" in kept:
        kept["attributes"] = [
            {key: each[key] for key in ("class_id", "label", "score")}
            for each in kept["attributes"]
        ]
    return kept


def _short(value, steps=10):
    """Numbers, or lists of them, without the digits that nobody can see."""
    if isinstance(value, list):
        return [_short(each, steps) for each in value]
    return int(value * steps + (0.5 if value >= 0 else -0.5)) / steps


async def keep(detecting, still):
    """Puts what is shown now into the history, if the person wants one."""
    if not settings.get("history", True):
        return
    made = await record(detecting, still)
    history = await rooms.enter("history") if made else None
    if history:
        await history.keep(made[0], made[1])
