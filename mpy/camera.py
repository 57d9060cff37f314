"""The live camera: starts it, says why it did not start, stops it."""

from pyscript.ffi import to_js

from page import element, window

WANTED = {
    "audio": False,
    "video": {
        "facingMode": {"ideal": "environment"},
        "width": {"ideal": 640},
        "height": {"ideal": 480},
    },
}

# https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia names them.
_CODES = {
    "NotAllowedError": "camera-denied",
    "SecurityError": "camera-denied",
    "NotFoundError": "camera-missing",
    "OverconstrainedError": "camera-missing",
    "NotReadableError": "camera-busy",
    "AbortError": "camera-busy",
}


class Camera:
    """One stream at a time, shown in the <video>."""

    def __init__(self, on_lost):
        """on_lost is called when the device goes away by itself."""
        self._stream = None
        self._on_lost = on_lost

    async def start(self):
        """Starts the camera.

        Returns (width, height), or an error {"code", "data"}.
        """
        devices = getattr(window.navigator, "mediaDevices", None)
        if devices is None:
            return {"code": "camera-insecure", "data": {}}
        try:
            stream = await devices.getUserMedia(to_js(WANTED))
        except Exception as error:
            name = error.args[1] if len(error.args) > 1 else str(error)
            return {"code": _CODES.get(name, "camera-failed"), "data": {"detail": name}}
        self.stop()
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

    def _lost(self, _event):
        self.stop()
        self._on_lost()

    def stop(self):
        """Lets go of the camera, so that its light goes out."""
        if self._stream is None:
            return
        for track in self._stream.getTracks():
            track.stop()
        element("video").srcObject = None
        self._stream = None
