"""Several photos, one after the other: progress, cancel, and a strip of what was found."""

from pyscript.js_modules import frames

import keeping
import message
import results as results_view
import rooms
import settings
from app import detecting
from page import element, new, show, window
from photo import Picture
from stage import PHOTO
from words import listen, say


class Batch:
    """One run over a list of files. What was done before a cancel stays."""

    def __init__(self, files):
        self.files = files
        self.done = []  # (record, blob)
        self.unreadable = 0
        self.over = False
        self._urls = []

    async def run(self):
        """Detects in each file, until all are done or something else is asked for."""
        if not await detecting.ready():
            return
        for file in self.files:
            turn = detecting.take_turn()
            self.render()
            photo = await frames.open(file)
            if photo is None:
                self.unreadable += 1
                continue
            photo.show(element("photo"))
            subject = Picture(detecting, photo, file.name, "photo")
            detecting.put(subject, PHOTO, photo.width, photo.height)
            if turn != detecting.turn or not await self._look(photo, turn):
                break
            if self.over:
                break
        self.over = True
        self.render()
        results_view.announce(detecting.results)

    async def _look(self, photo, turn):
        frame = await photo.capture()
        if frame is None:
            self.unreadable += 1
            return True
        answer = await detecting.engine.bridge.ask(frame)
        if turn != detecting.turn or not detecting.answered(answer):
            return False
        made = await keeping.record(detecting)
        if made is None:
            self.unreadable += 1
            return True
        self.done.append(made)
        self._add_thumbnail(len(self.done) - 1)
        if settings.get("history", True):
            history = await rooms.enter("history")
            if history:
                await history.keep(made[0], made[1])
        return turn == detecting.turn

    def cancel(self):
        """Ends it after the picture under way; or takes it away, once it is over."""
        if self.over:
            self.clear()
        self.over = True

    def clear(self):
        """Takes the strip away and frees its pictures."""
        for url in self._urls:
            window.URL.revokeObjectURL(url)
        element("work").replaceChildren()

    def _add_thumbnail(self, index):
        record, blob = self.done[index]
        url = window.URL.createObjectURL(blob)
        self._urls.append(url)
        image, button = new("img"), new("button")
        image.src, image.alt = url, ""
        button.type = "button"
        button.dataset.index = index
        button.setAttribute("aria-label", record["name"])
        button.append(image)
        element("batch-strip").append(button)

    def render(self):
        """Writes how far it is."""
        count, total = len(self.done) + self.unreadable, len(self.files)
        bar = element("batch-progress")
        bar.max, bar.value = total, count
        text = say("batch_progress", done=count, total=total)
        if self.over:
            text = say("batch_done", done=len(self.done), total=total)
        if self.unreadable:
            text += " " + say("batch_unreadable", count=self.unreadable)
        element("batch-text").textContent = text
        show("batch-progress", not self.over)
        show("batch-export", self.over and bool(self.done))
        element("batch-cancel").textContent = say("batch_close" if self.over else "batch_cancel")


_batch = None


async def run(files):
    """Looks at several pictures."""
    global _batch
    if _batch is not None:
        _batch.over = True
        _batch.clear()
    _batch = Batch(files)
    rooms.mount("batch", element("work"))
    element("batch-cancel").addEventListener("click", lambda _event: _batch.cancel())
    element("batch-export").addEventListener("click", _guarded(_export))
    element("batch-strip").addEventListener("click", _guarded(_chosen))
    await _batch.run()


def _guarded(handler):
    async def guarded(event):
        try:
            await handler(event)
        except Exception as error:
            message.tell_exception(error)

    return guarded


async def _chosen(event):
    button = event.target.closest("button")
    if button and _batch.over:
        record, blob = _batch.done[int(button.dataset.index)]
        await detecting.show_record(record, blob)


async def _export(_event):
    room = await rooms.enter("export")
    if room:
        await room.show_for(_batch.done)


def _language_changed():
    if _batch is not None and element("work").firstElementChild:
        _batch.render()


listen(_language_changed)
