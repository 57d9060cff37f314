"""One export under way: record by record, so that the page stays quick and it can be cancelled."""

import asyncio
import json

import catalogue
import overlay
import rooms
from page import window

from .formats import Export


def stamp(time):
    """A time as a piece of a file name, in the time of this place: 20261123-140000."""
    # Swedish writes dates as ISO 8601 does.
    local = window.Date.new(time).toLocaleString("sv-SE")
    return local.replace("-", "").replace(":", "").replace(" ", "-")


def now():
    """The time now, as records have it."""
    return window.Date.new().toISOString()


def file_count(kinds, count):
    """How many files so many pictures give."""
    each = len([kind for kind in kinds if kind in ("annotated", "picture")])
    once = len([kind for kind in kinds if kind in ("json", "csv", "coco")])
    return count * each + once + (count + 2 if "yolo" in kinds else 0)


def file_names(kinds, count):
    """Names with the endings that the files will have, to ask the browser about."""
    names = []
    for kind, name in (("annotated", "b.jpg"), ("picture", "p.jpg"), ("json", "a.json")):
        if kind in kinds:
            names += [name] * (count if name.endswith(".jpg") else 1)
    for kind, name in (("csv", "a.csv"), ("coco", "a.json"), ("yolo", "a.txt")):
        if kind in kinds:
            names.append(name)
    return json.dumps(names)


class Job:
    """Writes pictures and texts into a package (app/rooms/export/zip.mjs)."""

    def __init__(self, count, load, kinds, dated):
        """Is about so many records.

        load(index): a coroutine function that gives (record, blob), or None where one is gone.
        kinds: of formats.ORDER. dated: whether the texts need a date in their own names.
        """
        self.count, self.done, self.lost = count, 0, 0
        self.cancelled = False
        self._load, self._kinds, self._dated = load, kinds, dated
        self._time = now()

    async def run(self, package, on_progress):
        """Returns the finished files (a JS list), or None when it was cancelled."""
        export = Export(self._kinds, catalogue.model, stamp)
        for index in range(self.count):
            pair = await self._load(index)
            if self.cancelled:
                break
            if pair is None:
                self.lost += 1
            else:
                await self._add(package, export, pair[0], pair[1])
            self.done = index + 1
            on_progress()
            await asyncio.sleep_ms(0)  # the page's turn
        if self.cancelled:
            package.cancel()
            return None
        if self.lost < self.count:
            for name, text in export.finish():
                await package.add(self._name(name), text, self._time)
        return await package.finish()

    def _name(self, name):
        if not self._dated:
            return name
        dated = "mekiki-" + stamp(self._time)
        return dated + name[len("mekiki") :] if name == "mekiki.json" else dated + "-" + name

    async def _add(self, package, export, record, blob):
        picture, texts = export.add(record)
        time = record["time"]
        if "annotated" in self._kinds:
            drawn = await annotated(record, blob)
            if drawn is None:
                self.lost += 1
            else:
                await package.add("annotated/" + picture, drawn, time)
        if "picture" in self._kinds:
            await package.add("images/" + picture, blob, time)
        for name, text in texts:
            await package.add(name, text, time)


async def annotated(record, blob):
    """The picture with its boxes as a JPEG, or None when the browser cannot make it."""
    canvas_module = rooms.js("export", "canvas")
    canvas = await canvas_module.draft(blob)
    if canvas is None:
        return None
    unit = max(1, max(canvas.width, canvas.height) / 800)
    scales = canvas.width / record["width"], canvas.height / record["height"]
    found = catalogue.dress(record["model"], record["detections"])
    overlay.draw(canvas.getContext("2d"), found, scales[0], scales[1], unit)
    return await canvas_module.jpeg(canvas)


def zip_name():
    """The name of a zip that is made now."""
    return "mekiki-" + stamp(now()) + ".zip"
