"""The simplest subject: a picture that does not move."""

import asyncio

import keeping
import results as results_view


class Still:
    """What can be saved and kept: something to draw, its size, and what was found in it."""

    def __init__(self, image, width, height, name, source):
        self.image = image  # what a canvas can draw
        self.width, self.height = width, height
        self.name = name
        self.source = source  # photo, camera, sample or video
        self.saved = None  # a coroutine function to call once it is saved, or None


class Picture:
    """A photo of app/frames.mjs on the stage."""

    def __init__(self, detecting, photo, name, source):
        self._detecting = detecting
        self._photo = photo
        self._name, self._source = name, source

    async def again(self):
        """Detects in it."""
        detecting = self._detecting
        turn = detecting.turn
        if not await detecting.ready() or turn != detecting.turn:
            return
        frame = await self._photo.capture()
        if turn != detecting.turn:
            if frame is not None:
                frame.close()
        elif frame is None:
            detecting.failed({"code": "frame-invalid", "data": {}})
        else:
            answer = await detecting.engine.bridge.ask(frame)
            if turn == detecting.turn and detecting.answered(answer):
                results_view.announce(detecting.results)
                if self._source == "photo":
                    asyncio.create_task(keeping.keep(detecting, await self.still()))

    async def still(self):
        """The picture itself: what was found in it is on the page."""
        photo = self._photo
        return Still(photo.image, photo.width, photo.height, self._name, self._source)

    def stop(self):
        """Frees the file's memory."""
        self._photo.close()
