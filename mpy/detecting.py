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
    """Brings pictures to the engine and its answers to the page."""

    def __init__(self, engine, results):
        self.engine = engine
        self.results = results
        self.model = catalogue.default_model
        self.stage = Stage()
        self.camera = Camera(self._camera_lost)
        self._stop_live = None
        self._turn = 0  # grows with every new subject, so that late answers are known as such
        self._listed = 0
        self._frames = 0

    # --- photos

    async def photo(self, file):
        """Shows a picture file and detects in it."""
        self.stop_camera()
        self._turn += 1
        turn = self._turn
        shown = json.loads(await frames.show(file, element("photo")))
        if turn != self._turn:
            return
        if "error" in shown:
            self._clear()
            message.tell_error(shown["error"]["code"], shown["error"]["data"])
            return
        self._fresh(PHOTO, shown["width"], shown["height"])
        await self.again()

    async def sample(self, name):
        """Shows one of the built-in samples and detects in it."""
        found = [each for each in catalogue.samples if each["id"] == name]
        if not found:
            message.tell_error("sample-unknown", {"id": name})
            return
        try:
            response = await window.fetch(catalogue.address(found[0]["url"]))
            file = await response.blob()
            ok = response.ok
        except Exception:
            ok = False
        if ok:
            await self.photo(file)
        else:
            message.tell_error("sample-failed", {})

    async def again(self):
        """Detects once more in what is shown, for example with another model."""
        turn = self._turn
        if not await self._ready() or turn != self._turn:
            return
        if self.stage.shows == PHOTO:
            frame = await frames.captureImage(element("photo"))
            answer = await self.engine.bridge.submit(frame)
            if turn == self._turn and answer is not None:
                self._answered(json.loads(answer))
                results_view.announce(self.results)
        elif self.stage.shows == VIDEO and self._stop_live is None:
            bridge = self.engine.bridge
            self._stop_live = frames.live(element("video"), bridge, self._live_answered)

    # --- the camera

    async def start_camera(self):
        """Starts the camera and detects in it until it is stopped."""
        self.stop_camera()
        self._turn += 1
        turn = self._turn
        started = await self.camera.start()
        if isinstance(started, dict):
            message.tell_error(started["code"], started["data"])
            return
        if turn != self._turn:  # a photo was chosen while the browser asked for permission
            self.camera.stop()
            return
        self._fresh(VIDEO, started[0], started[1])
        self._camera_button(True)
        await self.again()

    def stop_camera(self):
        """Stops the camera, if it runs; its picture goes away."""
        if self._stop_live is not None:
            self._stop_live()
            self._stop_live = None
        self.camera.stop()
        if self.stage.shows == VIDEO:
            self._turn += 1
            self._clear()
        self._camera_button(False)

    def _camera_lost(self):
        self.stop_camera()
        message.tell_error("camera-unplugged", {})

    def _camera_button(self, running):
        element("camera").setAttribute("aria-pressed", "true" if running else "false")
        show("camera-start", not running)
        show("camera-stop", running)

    def _live_answered(self, text):
        answer = json.loads(text)
        self._frames += 1
        if self.stage.shows == VIDEO:
            video = element("video")
            self.stage.width, self.stage.height = video.videoWidth, video.videoHeight
            self._answered(answer, live=True)

    # --- answers

    async def _ready(self):
        message.close()
        ready = await self.engine.ensure(self.model)
        if ready:
            asyncio.create_task(self.engine.keep_samples())
        return ready

    def _answered(self, answer, live=False):
        if "error" in answer:
            error = answer["error"]
            if self.engine.is_fatal(error):
                self.stop_camera()
                self.engine.failed(error)
            else:
                message.tell_error(error["code"], error["data"])
            return
        self.results.answer = answer
        started = window.performance.now()
        self.stage.draw(self.results.visible())
        now = window.performance.now()
        answer["ms"]["draw"] = now - started
        self.results.publish()
        if not window.performance.getEntriesByName("detection:first").length:
            window.performance.mark("detection:first")
        show("save")
        element("save").disabled = False
        if not live or now - self._listed >= LIST_EVERY_MS:
            per_second = int(self._frames * 1000 / (now - self._listed) + 0.5) if live else 0
            self._listed, self._frames = now, 0
            results_view.render(self.results)
            results_view.render_timings(answer, per_second)

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

    def _clear(self):
        self._fresh(NOTHING, 0, 0)
