"""The room where a video file is looked at, picture by picture.

run(file) does everything: it opens the room's screen, and the person sees the work under way, can
stop it, and gets the annotated video and a JSON document of what was found.
"""

import asyncio
import json

from pyscript import when
from pyscript.js_modules import frames

import message
import rooms
from app import detecting, engine
from page import element

from . import view
from .job import Job

NAME = "video"

_room = {"open": False, "file": None, "work": None}


class Work:
    """A video from the file to what is kept of it, until another one or the end of the room."""

    def __init__(self, file):
        self.file = file
        self.turn = detecting.take_turn()
        self.job = None
        self.recording = self.document = None  # Blobs
        self.extension = ""
        self.waits = False  # for the engine
        self.over = False  # nobody looks at it any more

    def _left(self):
        """Whether the person has gone on to something else, so that nothing may be shown."""
        return self.over or detecting.turn != self.turn

    async def run(self):
        """Opens, looks, and shows what came of it."""
        view.title(self.file.name)
        view.stage("opening")
        if not await self._ready() or self._left():
            return
        video = await rooms.js(NAME, "video").open(self.file)
        if isinstance(video, str):
            if not self._left():
                failed = json.loads(video)["error"]
                view.stage("empty")
                view.error(failed["code"], failed["data"])
            return
        recorder = await rooms.js(NAME, "recording").record(video)
        self.job = Job(video, recorder, self.file)
        awake = rooms.js(NAME, "awake")
        try:
            if not self._left():
                view.stage("running")
                view.canvas(video.canvas)
                await awake.keep(True)
                error = await self.job.run(self._picture)
                await self._finish(error)
        finally:
            await awake.keep(False)
            await self.job.close()

    async def _ready(self):
        """Gets the engine ready, and says how far it is."""
        self.waits = True
        asyncio.create_task(self._say_engine())
        ready = await detecting.ready()
        self.waits = False
        if not ready and not self._left():
            view.stage("empty")
            view.error(engine.error["code"], engine.error["data"])
        return ready

    async def _say_engine(self):
        while self.waits and not self._left():
            view.engine()
            await asyncio.sleep_ms(100)

    def _picture(self, job):
        if self._left():
            job.stopped = True
        else:
            view.progress(job)

    async def _finish(self, error):
        job = self.job
        if error and engine.is_fatal(error):
            engine.failed(error)
        if self._left():
            return
        if error and not job.report.count:
            view.stage("empty")
            view.error(error["code"], error["data"])
            return
        recorder, job.recorder = job.recorder, None
        if recorder:
            self.extension = recorder.extension
            self.recording = await recorder.finish()
        self.document = job.report.blob(job.facts())
        if self._left():
            return
        view.stage("done")
        if error:
            view.error(error["code"], error["data"])
        if self.recording:
            rooms.js(NAME, "files").play(element("video-player"), self.recording)
        view.done(job, self.recording is not None, bool(recorder and recorder.muted))
        shared = self._shared()
        element("video-share").hidden = not rooms.js(NAME, "files").shareable(*shared)

    def stop(self):
        """Ends with the picture under way; what was done so far is shown."""
        if self.job and not self.job.stopped:
            self.job.stopped = True
            view.stopping()

    def leave(self):
        """Ends it, and nothing is shown any more."""
        self.over = True
        if self.job:
            self.job.stopped = True

    def running(self):
        """Whether there is something to stop."""
        return self.job is not None and self.document is None and not self.job.stopped

    def name(self, extension):
        """What a file made of the video is called."""
        return self.file.name.rsplit(".", 1)[0] + "-mekiki" + extension

    def _shared(self):
        if self.recording:
            return self.recording, self.name(self.extension)
        return self.document, self.name(".json")

    def save_video(self):
        """Offers the annotated video as a file."""
        frames.saveBlob(self.recording, self.name(self.extension))

    def save_json(self):
        """Offers the document as a file."""
        frames.saveBlob(self.document, self.name(".json"))

    async def share(self):
        """Hands the annotated video to another app; the document where there is no video."""
        if not await rooms.js(NAME, "files").share(*self._shared()):
            view.error("share-failed", {})


async def run(file):
    """Looks at a video file, in this room's screen."""
    _leave()
    detecting.clear()  # the camera stops: one thing at a time is looked at
    _room["file"] = file
    if _room["open"]:
        await _begin()
    else:
        await rooms.open(NAME)


async def show(dialog):
    """Called by the rooms when the screen is open."""
    _room["open"] = True
    if not _room.get("wired"):
        _room["wired"] = True
        _wire(dialog)
    await _begin()


def hidden():
    """Called by the rooms when the screen is closed: everything ends, and its memory is freed."""
    _room["open"] = False
    _leave()
    view.stage("empty")


def _leave():
    if _room["work"]:
        _room["work"].leave()
        _room["work"] = None
        rooms.js(NAME, "files").stop(element("video-player"))


async def _begin():
    file, _room["file"] = _room["file"], None
    if file is None:
        view.stage("empty")
        return
    work = _room["work"] = Work(file)
    try:
        await work.run()
    except Exception as error:
        rooms.close(NAME)
        message.tell_exception(error)


def _pressed(event):
    return event.target.closest("button")


def _wire(dialog):
    @when("click", "#video-stop")
    def stop_pressed(_event):
        _room["work"].stop()

    @when("click", "#video-save")
    def save_pressed(_event):
        _room["work"].save_video()

    @when("click", "#video-json")
    def json_pressed(_event):
        _room["work"].save_json()

    @when("click", "#video-share")
    async def share_pressed(_event):
        await _room["work"].share()

    @when("click", "#video-objects")
    def object_pressed(event):
        button = _pressed(event)
        if button:
            element("video-player").currentTime = float(button.dataset.time)

    @when("change", "#video-file")
    async def chosen(event):
        file = event.target.files.item(0)
        event.target.value = ""
        if file:
            await run(file)

    def back(event):
        # Esc and the back gesture keep ten minutes of work: they stop it, and its result is shown.
        if _room["work"] and _room["work"].running():
            event.preventDefault()
            _room["work"].stop()

    dialog.addEventListener("cancel", back)
