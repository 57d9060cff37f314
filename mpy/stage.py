"""The picture and the boxes over it."""

import overlay
import shapes
from page import element, show, window

NOTHING, PHOTO, VIDEO = "nothing", "photo", "video"
NEAR = 16  # CSS px from the middle of what is drawn as a point: a fingertip


class Stage:
    """Shows nothing, a photo, or a video, and the detections of the last answer."""

    def __init__(self):
        self.shows = NOTHING
        self.width = self.height = 0  # of the source, pixels
        self._detections = []
        self._selected = None
        self._canvas = element("overlay")
        self._context = self._canvas.getContext("2d")
        window.addEventListener("resize", lambda _event: self.redraw())

    def present(self, kind, width=0, height=0):
        """Changes what is shown; the boxes of before go away."""
        self.shows, self.width, self.height = kind, width, height
        element("stage").dataset.shows = kind
        show("welcome", kind == NOTHING)
        show("picture", kind != NOTHING)
        show("photo", kind == PHOTO)
        show("video", kind == VIDEO)
        self.draw([])

    def draw(self, detections):
        """Draws these detections instead of those before."""
        self._detections, self._selected = detections, None
        self.redraw()

    def select(self, index):
        """Brings one of the detections out, or none."""
        self._selected = index
        self.redraw()

    def at(self, x, y):
        """The index of the smallest detection under a point of the page (CSS px), or None."""
        bounds = self._canvas.getBoundingClientRect()
        scale = self.width / bounds.width
        x = (x - bounds.left) * scale
        y = (y - bounds.top) * self.height / bounds.height
        best = None
        for index, each in enumerate(self._detections):
            area = 0 if each.get("dot") else each["box"][2] * each["box"][3]
            if (best is None or area < best[0]) and shapes.hit(each, x, y, NEAR * scale):
                best = area, index
        return None if best is None else best[1]

    def detection(self, index):
        """One of the detections that are drawn."""
        return self._detections[index]

    def redraw(self):
        """Draws again, at the size that the picture has on the screen now."""
        if self.shows == NOTHING:
            return
        canvas, unit = self._canvas, window.devicePixelRatio or 1
        width, height = int(canvas.clientWidth * unit), int(canvas.clientHeight * unit)
        if canvas.width != width or canvas.height != height:
            canvas.width, canvas.height = width, height
        else:
            self._context.clearRect(0, 0, width, height)
        if self.width:
            scales = width / self.width, height / self.height
            overlay.draw(
                self._context, self._detections, scales[0], scales[1], unit, self._selected
            )
