"""Several photos, one after the other: progress, cancel, and a strip of what was found."""

from pyscript.js_modules import frames

import keeping
import results as results_view
import rooms
import settings
from app import detecting
from downloading import ASKED_FROM
from handlers import started
from page import element
from photo import Picture
from stage import PHOTO
from words import listen

from .strip import Strip


class Waiting(Picture):
    """The first picture, until everything is here that is needed to look at them all."""

    def __init__(self, batch, *about):
        super().__init__(*about)
        self._batch = batch

    async def again(self):
        """Begins."""
        await self._batch.run()


class Batch:
    """One run over a list of files. What was done before a cancel stays."""

    def __init__(self, files):
        self.files = files
        self.done = []  # (record, blob)
        self.unreadable = 0
        self.over = False
        self.strip = Strip(self)
        self._stopping = False
        self._running = False

    async def begin(self):
        """Runs; but shows the first picture before, when something large has to come first."""
        self.strip.render()
        turn = detecting.take_turn()
        if await detecting.engine.needs_little(detecting.model, ASKED_FROM):
            await self.run()
            return
        photo = None
        for file in self.files:
            photo = await frames.open(file)
            if photo is not None:
                break
        if turn != detecting.turn:
            self._end()
        elif photo is None:
            self.unreadable = len(self.files)
            self._end()
        else:
            self._show(Waiting(self, detecting, photo, file.name, "photo"), photo)
            await detecting.again()

    async def run(self):
        """Detects in each file, until all are done or something else is asked for."""
        if self._running:
            return
        self._running = True
        turn = detecting.take_turn()
        if not await detecting.ready():
            self._running = False  # it can be asked for again
            return
        detecting.works += 1
        try:
            for file in self.files:
                if self._stopping or turn != detecting.turn:
                    break
                await self._look(file, turn)
                self.strip.render()
        finally:
            detecting.works -= 1
        self._end()
        if turn == detecting.turn:
            results_view.announce(detecting.results)

    def _end(self):
        self.over = True
        self.strip.render()

    def _show(self, subject, photo):
        photo.show(element("photo"))
        detecting.put(subject, PHOTO, photo.width, photo.height)

    async def _look(self, file, turn):
        """Detects in one file, unless something else is looked at by now."""
        photo = await frames.open(file)
        if photo is None:
            self.unreadable += 1
            return
        if turn != detecting.turn:
            photo.close()
            return
        self._show(Picture(detecting, photo, file.name, "photo"), photo)
        frame = await photo.capture()
        if turn != detecting.turn:
            if frame is not None:
                frame.close()
            return
        answer = await detecting.engine.bridge.ask(frame) if frame is not None else None
        if turn != detecting.turn:
            return
        made = None
        if answer is not None and detecting.answered(answer):
            made = await keeping.record(detecting)
        if made is None:
            self.unreadable += 1
            return
        self.done.append(made)
        self.strip.add(made)
        self.strip.render()
        if settings.get("history", True):
            history = await rooms.enter("history")
            if history:
                await history.keep(made[0], made[1])

    def cancel(self):
        """Ends it after the picture under way; or takes it away, once it is over."""
        self._stopping = True
        if not self._running:
            self._end()
        elif self.over:
            self.strip.clear()
            element("file").focus()

    def leave(self):
        """Another one takes its place."""
        self._stopping = True
        self.strip.clear()


_batch = None


async def run(files):
    """Looks at several pictures."""
    global _batch
    if _batch is not None:
        _batch.leave()
    rooms.mount("batch", element("work"))
    _batch = Batch(files)
    element("batch-cancel").addEventListener("click", lambda _event: _batch.cancel())
    element("batch-export").addEventListener("click", started(_export))
    element("batch-strip").addEventListener("click", started(_chosen))
    await _batch.begin()


async def _chosen(event):
    button = event.target.closest("button")
    if button and _batch.over:
        _batch.strip.mark(button)
        record, blob = _batch.done[int(button.dataset.index)]
        await detecting.show_record(record, blob)


async def _export(_event):
    room = await rooms.enter("export")
    if room:
        await room.show_for(_batch.done)


def _language_changed():
    if _batch is not None:
        _batch.strip.language_changed()


listen(_language_changed)
