"""The picture on which a model is tried, and what it finds there."""

import json

from pyscript.js_modules import frames

import catalogue
import overlay
import results as results_view
from app import detecting, engine
from page import element, window
from words import say

MOST_SIDE = 800  # px of the preview
LEAST_SIDE = 320  # a picture that is smaller is enlarged, so that labels have room
TIMEOUT_MS = 60000


class Preview:
    """One picture, and the answer of the model that is tried."""

    def __init__(self):
        self._photo = None
        self._canvas = None
        self.answer = None
        self._facts = None

    async def begin(self):
        """Takes the picture that is on the stage, or a sample."""
        if self._photo is not None:
            return
        still = await detecting.subject.still() if detecting.subject else None
        if still is not None:
            made = await frames.jpeg(still.image, still.width, still.height)
            if made is not None and await self.take(made.blob):
                return
        for address in (catalogue.samples[0]["url"], "thumbs/%s.webp" % catalogue.samples[0]["id"]):
            try:
                response = await window.fetch(catalogue.address(address))
                if response.ok and await self.take(await response.blob()):
                    return
            except Exception:  # there is no line, and it is not kept
                continue

    async def take(self, blob):
        """Takes this picture; returns whether the browser could open it."""
        photo = await frames.open(blob)
        if photo is None:
            return False
        self.close()
        self._photo = photo
        self.answer = None
        self.draw()
        return True

    async def look(self, argument, facts):
        """Has the worker load a model and look at the picture.

        argument: for the worker's operation `model`. Returns an error {"code", "data"}, or None.
        """
        told = json.loads(await engine.bridge.call("model", argument, TIMEOUT_MS))
        if "error" in told:
            return told["error"]
        frame = await self._photo.capture() if self._photo else None
        if frame is None:
            return {"code": "not-an-image", "data": {}}
        answer = json.loads(await engine.bridge.ask(frame))
        if "error" in answer:
            return answer["error"]
        self.answer, self._facts = answer, facts
        return None

    def draw(self, threshold=1):
        """Draws the picture, with what scores at least this."""
        photo = self._photo
        if photo is None:
            return
        side = max(photo.width, photo.height)
        scale = max(min(1, MOST_SIDE / side), LEAST_SIDE / side)
        size = max(1, int(photo.width * scale)), max(1, int(photo.height * scale))
        canvas = frames.drawn(photo.image, size[0], size[1])
        if canvas is None:
            return
        found = self._found(threshold)
        unit = max(1, max(size) / 500)
        context = canvas.getContext("2d")
        overlay.draw(context, found, size[0] / photo.width, size[1] / photo.height, unit)
        summary = results_view.summary(found)
        words = say("picture_alt", found=summary) if found else say("picture_alt_nothing")
        canvas.setAttribute("role", "img")
        canvas.setAttribute("aria-label", words)
        element("own-preview").replaceChildren(canvas)
        if self.answer is not None:
            element("own-found").textContent = self._said(summary)

    def _found(self, threshold):
        if self.answer is None:
            return []
        found = [e for e in self.answer["detections"] if e["score"] >= threshold]
        return catalogue.dressed_as(self._facts, found)

    def _said(self, summary):
        ms = int(self.answer["ms"]["forward"] + 0.5)
        if "tensors" in self.answer:
            shapes = [
                "%s %s" % (each["name"], " × ".join([str(n) for n in each["shape"]]))
                for each in self.answer["tensors"]
            ]
            return say("own_numbers", ms=ms, outputs=", ".join(shapes))
        if not summary:
            return say("own_nothing", ms=ms)
        return say("own_found", ms=ms, found=summary)

    def close(self):
        """Frees the picture."""
        if self._photo is not None:
            self._photo.close()
        self._photo = None
