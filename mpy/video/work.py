"""From a video file to what is kept of it: the engine, the job, the result on the screen."""

import asyncio
import json

from pyscript.js_modules import frames

import rooms
import saver
from app import detecting, engine
from downloading import ASKED_FROM
from page import element

from . import view
from .job import Job


def _js(name):
    return rooms.js("video", name)


class Work:
    """A video from the file to what is kept of it, until another one or the end of the room."""

    def __init__(self, file):
        self.file = file
        self.turn = detecting.take_turn()
        self.job = None
        self.recording = self.document = None  # Blobs
        self.extension = ""
        self._recorder = None  # once it is done
        self.allowed = False  # to bring the engine over the line
        self.waits = False  # for the engine
        self.over = False  # nobody looks at it any more

    def left(self):
        """Whether the person has gone on to something else, so that nothing may be shown."""
        return self.over or detecting.turn != self.turn

    async def run(self):
        """Opens, looks, and shows what came of it."""
        view.title(self.file.name)
        if not await self._allowed():
            return
        view.stage("opening")
        if not await self._ready() or self.left():
            return
        video = await _js("video").open(self.file)
        if isinstance(video, str):
            if not self.left():
                view.stage("empty")
                view.error(json.loads(video)["error"])
            return
        recorder = await _js("recording").record(video)
        self.job = Job(video, recorder, self.file)
        awake = _js("awake")
        try:
            if not self.left():
                view.stage("running")
                view.canvas(video.canvas)
                await awake.keep(True)
                error = await self.job.run(self._picture)
                await self._finish(error)
        finally:
            await awake.keep(False)
            await self.job.close()

    async def _allowed(self):
        """Asks first, when the data saver is on and something large has to come."""
        if not saver.on() or await engine.needs_little(detecting.model, ASKED_FROM):
            return True
        await engine.look(detecting.model)
        view.stage("asking")
        view.engine("video-asked")
        while not self.allowed and not self.left():
            await asyncio.sleep_ms(100)
        return not self.left()

    async def _ready(self):
        """Gets the engine ready, and says how far it is."""
        self.waits = True
        asyncio.create_task(self._say_engine())
        ready = await detecting.ready()
        self.allowed = False  # to bring the engine over the line
        self.waits = False
        if not ready and not self.left():
            view.stage("empty")
            view.error(engine.error)
        return ready

    async def _say_engine(self):
        while self.waits and not self.left():
            view.engine("video-said")
            await asyncio.sleep_ms(100)

    def _picture(self, job):
        if self.left():
            job.stopped = True
        else:
            view.progress(job)

    async def _finish(self, error):
        job = self.job
        if error and engine.is_fatal(error):
            engine.failed(error)
        if self.left():
            return
        if error and not job.report.count:
            view.stage("empty")
            view.error(error)
            return
        self._recorder, job.recorder = job.recorder, None
        if self._recorder:
            self.extension = self._recorder.extension
            self.recording = await self._recorder.finish()
        if self.left():
            self._free()
            return
        self.document = job.report.blob(job.facts())
        view.stage("done")
        if error:
            view.error(error)
        if self.recording:
            _js("files").play(element("video-player"), self.recording)
        view.done(job, self.recording is not None, self._muted())
        shared = self._shared()
        element("video-share").hidden = not _js("files").shareable(*shared)

    def _muted(self):
        return self._recorder is not None and self._recorder.muted

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
        if self.document:
            self._free()

    def _free(self):
        if self._recorder:
            self._recorder.free()

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
        if not await _js("files").share(*self._shared()):
            view.error({"code": "video-not-shared", "data": {}})
