"""The live camera as a subject: frames in, boxes over the moving picture, freezing, hiding."""

import asyncio

from pyscript import document
from pyscript.ffi import to_js
from pyscript.js_modules import frames

import keeping
import message
import results as results_view
import rooms
import settings
from app import detecting
from handlers import soon
from page import element, show, window
from photo import Still
from stage import VIDEO

from . import controls
from .camera import Camera, resolution
from .motion import moved

ANNOUNCE_EVERY_MS = 4000


class Live:
    """The camera, from its start to its end. There is one."""

    def __init__(self):
        self.camera = Camera(self._lost)
        self.on = False  # whether it is the subject
        self.frozen = None  # an ImageBitmap of the picture that is held
        self._loop = None  # the Live of app/rooms/live/live.mjs
        self._starting = False
        self._session = 0  # of the tracker: its numbers start anew with each
        self._numbers = set()  # of the objects that were seen in this session
        self._visible = []
        self._said, self._said_at = "", 0  # to a screen reader
        self._now = 0  # seconds, of the picture on the screen
        document.addEventListener("visibilitychange", self._visibility)

    def follows(self):
        """Whether objects are followed and numbered."""
        return bool(settings.get("tracking", True))

    # --- start and end

    async def toggle(self):
        """What the camera button does."""
        if self.on:
            detecting.clear()
        else:
            await self.start()

    async def start(self):
        """Starts the camera and detects in it until something else is looked at."""
        if self._starting:
            return
        turn = detecting.take_turn()
        self._starting = True
        try:
            started = await self.camera.start(resolution(detecting.input_size()))
        finally:
            self._starting = False
        if turn != detecting.turn:  # a photo was chosen while the browser asked for permission
            self.camera.stop()
        elif isinstance(started, dict):
            if self.on:
                detecting.clear()
            message.tell_error(started["code"], started["data"])
        else:
            await self._started(started)

    async def _started(self, size):
        self._thaw()
        detecting.put(self, VIDEO, size[0], size[1])
        self.on = True
        self._button()
        controls.mount(self)
        self.camera.awake(True)
        show("freeze")
        await controls.refresh(self)
        await detecting.again()

    async def restart(self):
        """Starts anew, with another lens or resolution."""
        self.pause()
        await self.start()

    def stop(self):
        """Something else is looked at."""
        self.pause()
        self._thaw()
        self.camera.stop()
        self.camera.awake(False)
        self.on = False
        self._button()
        controls.hide()
        show("freeze", False)

    def pause(self):
        """Stops detecting; the picture goes on."""
        if self._loop is not None:
            self._loop.stop()
            self._loop = None

    def _lost(self):
        detecting.clear()
        message.tell_error("camera-unplugged", {})

    def _button(self):
        element("camera").dataset.running = "true" if self.on else "false"
        show("camera-start", not self.on)
        show("camera-stop", self.on)

    # --- detecting

    async def again(self):
        """Detects from here on, or once more in the picture that is held."""
        self.pause()
        turn = detecting.turn
        if not await detecting.ready() or turn != detecting.turn:
            return
        if self.frozen:
            await self._look_at_frozen()
        elif self._loop is None and self.camera.track():
            await self.camera.resize(resolution(detecting.input_size()))
            self._new_session()
            bridge = detecting.engine.bridge
            start = rooms.js("live", "live").start
            self._loop = start(element("video"), bridge, self._answered, self._frame)
            self.follow_changed()

    def _new_session(self):
        self._session += 1
        self._numbers = set()

    def follow_changed(self):
        """Tells the frames to come whether, and from which score, to follow objects."""
        if self._loop is not None:
            self._loop.session = self._session
            self._loop.threshold = detecting.results.threshold
            self._loop.tracking = self.follows()

    def _answered(self, text, latency):
        video = element("video")
        detecting.stage.width, detecting.stage.height = video.videoWidth, video.videoHeight
        self._loop.threshold = detecting.results.threshold
        if not detecting.answered(text, True, latency):
            detecting.clear()  # the next frame would only say the same
            return
        self._visible = detecting.results.visible()
        self._draw()
        self._tell_new()
        self._announce()

    def _frame(self, time):
        self._now = time
        if self._visible:
            self._draw()

    def _draw(self):
        answer = detecting.results.answer
        if answer and "time" in answer:
            detecting.stage.draw(moved(self._visible, self._now - answer["time"]))

    def _announce(self):
        # A screen reader is told when other things are seen, and not more often than it can speak.
        said, now = results_view.summary(self._visible), window.performance.now()
        if said != self._said and now - self._said_at >= ANNOUNCE_EVERY_MS:
            self._said, self._said_at = said, now
            results_view.announce(detecting.results)

    def _tell_new(self):
        new = {each["track"] for each in self._visible if "track" in each} - self._numbers
        if not new:
            return
        self._numbers |= new
        if settings.get("haptics", False):
            rooms.js("live", "device").shake()
        if settings.get("sound", False):
            rooms.js("live", "device").tone()

    def shown_changed(self):
        """Other classes or another threshold are shown."""
        self._visible = detecting.results.visible()

    # --- holding the picture

    async def freeze(self):
        """Holds the picture and looks at just this one; or lets it go on."""
        if self.frozen:
            await self.resume()
            return
        self.pause()
        video = element("video")
        video.pause()
        self.frozen = await frames.freeze(video)
        self._freeze_button()
        if await detecting.ready():
            await self._look_at_frozen()

    async def resume(self):
        """Lets the picture go on."""
        self._thaw()
        if self.camera.track():
            await element("video").play()
            await self.again()
        else:
            await self.start()

    def _thaw(self):
        if self.frozen:
            self.frozen.close()
            self.frozen = None
        self._freeze_button()

    def _freeze_button(self):
        show("freeze-start", not self.frozen)
        show("freeze-stop", bool(self.frozen))
        element("stage").dataset.frozen = "true" if self.frozen else "false"

    async def _look_at_frozen(self):
        turn, frozen = detecting.turn, self.frozen
        text = await self._ask(frozen)
        if turn == detecting.turn and frozen is self.frozen and detecting.answered(text):
            results_view.announce(detecting.results)
            asyncio.create_task(keeping.keep(detecting, self._still()))

    async def _ask(self, bitmap):
        frame = await frames.captureBitmap(bitmap)
        if self.follows() and self._session:
            track = {"time": self._now, "threshold": detecting.results.threshold}
            track["session"] = self._session
            frame.message.track = to_js(track)
        return await detecting.engine.bridge.ask(frame)

    async def still(self):
        """The picture that is held; a moving one is held until it is saved."""
        if self.frozen:
            return self._still()
        await self.freeze()
        if not self.frozen:
            return None
        still = self._still()
        still.saved = self.resume
        return still

    def _still(self):
        return Still(self.frozen, self.frozen.width, self.frozen.height, "camera.jpg", "camera")

    # --- hidden and shown

    def _visibility(self, _event):
        if not self.on:
            return
        if document.hidden:
            self.pause()
            self.camera.release()
        elif not self.frozen:
            soon(self.start())


live = Live()
settings.listen("hidden", lambda _value: live.shown_changed())
