"""Looks at a video: every picture to the engine, boxes on it, into the report and the recording."""

import json

import overlay
import rooms
import settings
from app import detecting, engine, results

from .report import Report

_sessions = 0


class Job:
    """One video, from its first picture to its last, or to where it was stopped."""

    def __init__(self, video, recorder, file):
        """video, recorder: of app/rooms/video/; there may be no recorder (None)."""
        global _sessions
        _sessions += 1
        self._session = -_sessions  # of the tracker; the live camera counts the other way
        self.video = video
        self.recorder = recorder
        self.name = file.name
        self.report = Report(rooms.js("video", "files").text(), video.duration)
        self.model = detecting.model
        self.input = list(detecting.input_size())
        self.stopped = False  # by the person
        self.complete = False  # whether all of the video was looked at
        self.found = []  # in the picture that is shown

    async def run(self, on_picture):
        """Looks at every picture; on_picture(job) is called after each.

        Returns an error {"code", "data"} where it could not go on, else None.
        """
        canvas = self.video.canvas
        context = canvas.getContext("2d")
        scales = canvas.width / self.video.width, canvas.height / self.video.height
        unit = max(1, max(canvas.width, canvas.height) / 800)
        while not self.stopped:
            picture = json.loads(await self.video.next())
            if "end" in picture:
                self.complete = not self.stopped
                return None
            if "error" in picture:
                return picture["error"]
            time, duration = picture["time"], picture["duration"]
            frame = await self.video.frame(json.dumps(self._more(time)))
            answer = json.loads(await engine.bridge.ask(frame))
            if "error" in answer:
                return answer["error"]
            self.found = results.visible_of(answer)
            self.video.present()
            overlay.draw(context, self.found, scales[0], scales[1], unit)
            self.report.add(time, duration, self.found)
            if self.recorder and not await self.recorder.add(time, duration):
                self.recorder = None
            on_picture(self)
        return None

    def _more(self, time):
        if not settings.get("tracking", True):
            return {}
        track = {"time": time, "threshold": results.threshold, "session": self._session}
        return {"track": track}

    def facts(self):
        """What the JSON document says before its pictures, as (name, value) pairs."""
        return (
            ("format", "mekiki-video/1"),
            ("name", self.name),
            ("model", self.model),
            ("threshold", results.threshold),
            ("input", self.input),
            ("width", self.video.width),
            ("height", self.video.height),
            ("codec", self.video.codec),
            ("complete", self.complete),
        )

    async def close(self):
        """Frees the decoder, the encoder and the file."""
        self.stopped = True
        if self.recorder:
            await self.recorder.cancel()
        await self.video.close()
