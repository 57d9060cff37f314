"""The camera itself: starts it, says why it did not start, stops it."""

import json

from pyscript.ffi import to_js

import rooms
import settings
from page import element, window

# https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia names them.
_CODES = {
    "NotAllowedError": "camera-denied",
    "SecurityError": "camera-denied",
    "NotFoundError": "camera-missing",
    "OverconstrainedError": "camera-missing",
    "NotReadableError": "camera-busy",
    "AbortError": "camera-busy",
}
# What cameras have, and how long a model's longer side may be for each.
_RESOLUTIONS = ((448, 640, 480), (736, 1280, 720), (100000, 1920, 1080))


def resolution(input_size):
    """The smallest usual camera picture that has enough pixels for a model's input."""
    longest = max(input_size)
    return next(each[1:] for each in _RESOLUTIONS if longest <= each[0])


def _wanted(size, lens):
    video = {"width": {"ideal": size[0]}, "height": {"ideal": size[1]}}
    if lens in ("user", "environment"):
        video["facingMode"] = {"ideal": lens}
    else:
        video["deviceId"] = {"exact": lens}
    return to_js({"audio": False, "video": video})


class Camera:
    """One stream at a time, shown in the <video>."""

    def __init__(self, on_lost):
        """on_lost is called when the device goes away by itself."""
        self._stream = None
        self._on_lost = on_lost

    async def start(self, size):
        """Starts the lens that was used last, for pictures of about this size.

        Returns (width, height), or an error {"code", "data"}.
        """
        devices = getattr(window.navigator, "mediaDevices", None)
        if devices is None:
            return {"code": "camera-insecure", "data": {}}
        lens = settings.get("lens", "environment")
        self.stop()  # phones do not open a second lens beside the first
        try:
            stream = await devices.getUserMedia(_wanted(size, lens))
        except Exception as error:
            name = error.args[1] if len(error.args) > 1 else str(error)
            if name == "OverconstrainedError" and lens not in ("user", "environment"):
                settings.put("lens", "environment")  # that lens is not there any more
                return await self.start(size)
            return {"code": _CODES.get(name, "camera-failed"), "data": {"detail": name}}
        self._stream = stream
        video = element("video")
        for track in stream.getVideoTracks():
            track.addEventListener("ended", self._lost)
        video.srcObject = stream
        try:
            await video.play()
        except Exception as error:
            self.stop()
            return {"code": "camera-failed", "data": {"detail": str(error.args[-1])}}
        return video.videoWidth, video.videoHeight

    def track(self):
        """The video track that runs, or None."""
        return self._stream.getVideoTracks()[0] if self._stream else None

    def _device(self):
        return rooms.js("live", "device")

    def offers(self):
        """What the track offers: {"torch", "zoom", "device"}."""
        return json.loads(self._device().offers(self.track()))

    async def lenses(self):
        """The cameras of this device: [{"id", "label"}]."""
        return json.loads(await self._device().cameras())

    async def apply(self, name, value):
        """Sets torch or zoom; returns whether the camera did it."""
        return bool(self._stream) and await self._device().apply(self.track(), name, value)

    async def resize(self, size):
        """Asks the running camera for pictures of about this size."""
        if self._stream:
            await self._device().resize(self.track(), size[0], size[1])

    def awake(self, wanted):
        """Keeps the screen on, or lets it dim again."""
        self._device().keepAwake(wanted)

    def _lost(self, _event):
        self.stop()
        self._on_lost()

    def release(self):
        """Lets go of the camera, so that its light goes out; the last picture stays."""
        if self._stream is None:
            return
        for track in self._stream.getTracks():
            track.removeEventListener("ended", self._lost)
            track.stop()
        self._stream = None

    def stop(self):
        """Lets go of the camera and its picture."""
        self.release()
        element("video").srcObject = None
