"""What the person is looking at, its way to the engine, and the engine's answer on the page."""

import asyncio
import json

from pyscript.js_modules import frames

import catalogue
import message
import results as results_view
import rooms
import saver
import settings
from downloading import ASKED_FROM
from page import element, show, window
from photo import Picture
from stage import NOTHING, PHOTO, Stage

LIST_EVERY_MS = 250  # a list that changes with every live frame cannot be read


class Detecting:
    """Holds the subject: what is on the stage, and can be looked at again.

    A subject has again(), still() and stop(); see mpy/photo.py for the simplest. Much here waits:
    for a file, a permission, a download. Who wants to become the subject takes a turn, and after
    each wait asks whether its turn is still the last one.
    """

    def __init__(self, engine, results):
        self.engine = engine
        self.results = results
        self.model = catalogue.default_model
        self.stage = Stage()
        self.subject = None
        self.turn = 0
        self.works = 0  # under way that take long and should not be cut off: many photos, a video
        self._listed = 0
        self._frames = 0

    def take_turn(self):
        """Makes what is asked for now the last thing asked for; returns its turn."""
        self.turn += 1
        return self.turn

    def put(self, subject, kind, width, height):
        """Makes this the subject, and ends the one before."""
        previous, self.subject = self.subject, subject
        if previous is not None and previous is not subject:
            previous.stop()
        self.results.fresh()
        self.can_save(False)
        self.stage.present(kind, width, height)
        results_view.render(self.results)
        results_view.clear_timings()

    def clear(self):
        """Takes away what is shown."""
        self.take_turn()
        self.put(None, NOTHING, 0, 0)

    def input_size(self):
        """The model's input that the person chose, (width, height), or its usual one."""
        model = catalogue.model(self.model)
        if self.engine.careful:
            return tuple(min(model["sizes"], key=lambda size: size[0] * size[1]))
        size = settings.get("input:" + self.model)
        return tuple(size if size in model["sizes"] else model["sizes"][0])

    # --- what can be looked at

    async def files(self, files):
        """Takes files that were chosen, dropped, pasted, shared or opened with the app."""
        if not files:
            return
        message.close_error()
        first = files[0]
        if first.name.lower().endswith(".onnx"):
            room = await rooms.enter("own")
            if room:
                await room.inspect(first)
        elif len(files) > 1:
            room = await rooms.enter("batch")
            if room:
                await room.run(files)
        elif first.type.startswith("video/"):
            room = await rooms.enter("video")
            if room:
                await room.run(first)
        else:
            await self.photo(first)

    async def photo(self, file):
        """Shows a picture file and detects in it."""
        await self._open(file, file.name, "photo", self.take_turn())

    async def sample(self, name):
        """Shows one of the built-in samples and detects in it."""
        turn = self.take_turn()
        found = [each for each in catalogue.samples if each["id"] == name]
        if not found:
            message.tell_error("sample-unknown", {"id": name})
            return
        try:
            response = await window.fetch(catalogue.address(found[0]["url"]))
            file = await response.blob() if response.ok else None
        except Exception:
            file = None
        if turn != self.turn:
            return
        if file is None:
            message.tell_error("sample-failed", {})
        else:
            await self._open(file, name + ".jpg", "sample", turn)

    async def show_record(self, record, blob):
        """Shows a picture of before, with what was found then."""
        turn = self.take_turn()
        photo = await frames.open(blob)
        if turn != self.turn or photo is None:
            return
        self._show(photo, record["name"], record["source"])
        answer = {"ms": {}, "heap": 0}
        answer.update(record)
        self.answered(json.dumps(answer))
        results_view.announce(self.results)

    async def _open(self, file, name, source, turn):
        photo = await frames.open(file)
        if turn != self.turn:
            if photo is not None:
                photo.close()
        elif photo is not None:
            self._show(photo, name, source)
            await self.again()
        else:
            message.tell_error("not-an-image", {})
            if self.stage.shows == PHOTO and self.results.answer is None:
                await self.again()  # what was shown before stays, and its turn was taken away

    def _show(self, photo, name, source):
        photo.show(element("photo"))
        self.put(Picture(self, photo, name, source), PHOTO, photo.width, photo.height)

    # --- the engine and its answers

    async def again(self, asked=False):
        """Detects in what is shown, for example with another model.

        asked: the person wants just this, so the data saver has nothing to say.
        """
        free = asked or not saver.on() or await self.engine.needs_little(self.model, ASKED_FROM)
        if self.subject is not None and free:
            await self.subject.again()
        elif asked:
            await self.ready()
        else:
            await self.engine.look(self.model)

    async def ready(self):
        """Gets the engine ready; when it is not, nothing that another model found is left."""
        ready = await self.engine.ensure(self.model, self.input_size())
        if ready:
            if not saver.on():
                asyncio.create_task(self.engine.keep_samples())
        else:
            self.results.answer = None
            self.stage.draw([])
            results_view.render(self.results)
        return ready

    def answered(self, text, live=False, latency=None):
        """Shows an answer of the engine, JSON text; returns whether it was one.

        live: whether the next one comes at once. latency: ms since its frame was taken.
        """
        started = window.performance.now()
        answer = json.loads(text)
        if "error" in answer:
            self.failed(answer["error"])
            return False
        self.results.answer = answer
        self.stage.draw(self.results.visible())
        now = window.performance.now()
        answer["ms"]["draw"] = now - started
        if latency is not None:
            answer["latency"] = latency + answer["ms"]["draw"]
        self.results.publish()
        if not window.performance.getEntriesByName("detection:first").length:
            window.performance.mark("detection:first")
        self.can_save(True)
        self._frames += 1
        if not live or now - self._listed >= LIST_EVERY_MS:
            per_second = int(self._frames * 1000 / (now - self._listed) + 0.5) if live else 0
            self._listed, self._frames = now, 0
            results_view.render(self.results, live)
            results_view.render_timings(answer, per_second)
        return True

    def failed(self, error):
        """Tells an error that a picture was answered with."""
        if self.engine.is_fatal(error):
            self.engine.failed(error)
        else:
            message.tell_error(error["code"], error["data"])

    def can_save(self, possible):
        """Whether there is something to save and share."""
        for name in ("save", "share"):
            element(name).disabled = not possible
        for name in ("tools", "results"):
            show(name, self.subject is not None)

    def shown_changed(self):
        """Shows the last answer again: another threshold, other classes, another language."""
        self.stage.draw(self.results.visible())
        results_view.render(self.results)

    def language_changed(self):
        """Writes everything again, in the other language."""
        self.shown_changed()
        results_view.render_timings(self.results.answer)
