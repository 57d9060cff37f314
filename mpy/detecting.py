"""What the person is looking at: a photo or the camera, and the detections on it."""

import asyncio
import json

from pyscript.js_modules import frames

import catalogue
import message
import results as results_view
from camera import Camera
from page import element, show, window
from stage import NOTHING, PHOTO, VIDEO, Stage

LIST_EVERY_MS = 250  # a list that changes with every live frame cannot be read


class Detecting:
    """Brings pictures to the engine and its answers to the page.

    Much here waits: for a file, a permission, a download. Every new subject takes a turn, and who
    comes back from waiting asks whether its turn is still the last one.
    """

    def __init__(self, engine, results):
        self.engine = engine
        self.results = results
        self.model = catalogue.default_model
        self.stage = Stage()
        self.camera = Camera(self._camera_lost)
        self.shown_photo = None  # a Photo of app/frames.mjs
        self._stop_live = None
        self._starting_camera = False
        self._turn = 0
        self._listed = 0
        self._frames = 0

    def _take_turn(self):
        self._turn += 1
        return self._turn

    # --- photos

    async def photo(self, file):
        """Shows a picture file and detects in it."""
        await self._open(file, self._take_turn())

    async def sample(self, name):
        """Shows one of the built-in samples and detects in it."""
        turn = self._take_turn()
        found = [each for each in catalogue.samples if each["id"] == name]
        if not found:
            message.tell_error("sample-unknown", {"id": name})
            return
        try:
            response = await window.fetch(catalogue.address(found[0]["url"]))
            file = await response.blob() if response.ok else None
        except Exception:
            file = None
        if turn != self._turn:
            return
        if file is None:
            message.tell_error("sample-failed", {})
        else:
            await self._open(file, turn)

    async def _open(self, file, turn):
        photo = await frames.open(file)
        if turn != self._turn:
            if photo is not None:
                photo.close()
            return
        if photo is None:
            message.tell_error("not-an-image", {})
            if self.stage.shows == PHOTO and self.results.answer is None:
                await self.again()  # what was shown before stays, and its turn was taken away
            return
        self._stop_camera()
        photo.show(element("photo"))
        previous, self.shown_photo = self.shown_photo, photo
        if previous is not None:
            previous.close()
        self._fresh(PHOTO, photo.width, photo.height)
        await self.again()

    async def again(self):
        """Detects once more in what is shown, for example with another model."""
        turn = self._turn
        if not await self._ready() or turn != self._turn:
            return
        if self.stage.shows == PHOTO:
            frame = await self.shown_photo.capture()
            if turn != self._turn:
                if frame is not None:
                    frame.close()
            elif frame is None:
                message.tell_error("frame-invalid", {})
            else:
                answer = await self.engine.bridge.ask(frame)
                if turn == self._turn:
                    self._answered(answer)
                    results_view.announce(self.results)
        elif self.stage.shows == VIDEO and self._stop_live is None:
            bridge = self.engine.bridge
            self._stop_live = frames.live(element("video"), bridge, self._live_answered)

    async def _ready(self):
        ready = await self.engine.ensure(self.model)
        if ready:
            asyncio.create_task(self.engine.keep_samples())
        else:
            # What another model found must not stay under this one's name.
            self._pause_live()
            self.results.answer = None
            self.stage.draw([])
            results_view.render(self.results)
        return ready

    # --- the camera

    async def start_camera(self):
        """Starts the camera and detects in it until it is stopped."""
        if self._starting_camera:
            return
        turn = self._take_turn()
        self._starting_camera = True
        try:
            started = await self.camera.start()
        finally:
            self._starting_camera = False
        if turn != self._turn:  # a photo was chosen while the browser asked for permission
            self.camera.stop()
        elif isinstance(started, dict):
            message.tell_error(started["code"], started["data"])
        else:
            self._fresh(VIDEO, started[0], started[1])
            self._camera_button(True)
            await self.again()

    def stop_camera(self):
        """Stops the camera; its picture goes away."""
        self._take_turn()
        self._stop_camera()
        self._fresh(NOTHING, 0, 0)

    def _stop_camera(self):
        self._pause_live()
        self.camera.stop()
        self._camera_button(False)

    def _pause_live(self):
        if self._stop_live is not None:
            self._stop_live()
            self._stop_live = None

    def _camera_lost(self):
        self.stop_camera()
        message.tell_error("camera-unplugged", {})

    def _camera_button(self, running):
        element("camera").dataset.running = "true" if running else "false"
        show("camera-start", not running)
        show("camera-stop", running)

    def camera_runs(self):
        """Whether the button stops the camera now."""
        return element("camera").dataset.running == "true"

    def _live_answered(self, text):
        self._frames += 1
        if self.stage.shows == VIDEO:
            video = element("video")
            self.stage.width, self.stage.height = video.videoWidth, video.videoHeight
            self._answered(text, live=True)

    # --- answers

    def _answered(self, text, live=False):
        started = window.performance.now()
        answer = json.loads(text)
        if "error" in answer:
            self.failed(answer["error"])
            return
        self.results.answer = answer
        self.stage.draw(self.results.visible())
        now = window.performance.now()
        answer["ms"]["draw"] = now - started
        self.results.publish()
        if not window.performance.getEntriesByName("detection:first").length:
            window.performance.mark("detection:first")
        element("save").disabled = False
        if not live or now - self._listed >= LIST_EVERY_MS:
            per_second = int(self._frames * 1000 / (now - self._listed) + 0.5) if live else 0
            self._listed, self._frames = now, 0
            results_view.render(self.results)
            results_view.render_timings(answer, per_second)

    def failed(self, error):
        """Tells an error that a frame was answered with; the camera would only repeat it."""
        if self.stage.shows == VIDEO:
            self.stop_camera()
        if self.engine.is_fatal(error):
            self.engine.failed(error)
        else:
            message.tell_error(error["code"], error["data"])

    def threshold_changed(self):
        """Shows the last answer again, at the new threshold."""
        self.stage.draw(self.results.visible())
        results_view.render(self.results)

    def language_changed(self):
        """Writes everything again, in the other language."""
        self.threshold_changed()
        results_view.render_timings(self.results.answer)

    def _fresh(self, kind, width, height):
        self.results.answer = None
        element("save").disabled = True
        self.stage.present(kind, width, height)
        results_view.render(self.results)
        results_view.clear_timings()
