"""A picture sequence for Chromium's fake camera."""

from __future__ import annotations

from pathlib import Path

import cv2

from tools.errors import BuildError

SIZE = (640, 480)


def write_sequence(photo: Path, target: Path, frames: int = 60) -> None:
    """Writes an MJPEG stream of 640 x 480 pixels: a slow pan over a photo, there and back."""
    read = cv2.imread(str(photo))
    if read is None:
        raise BuildError("photo-unreadable", file=str(photo))
    picture = cv2.resize(read, (704, 528), interpolation=cv2.INTER_AREA)
    with target.open("wb") as stream:
        for index in range(frames):
            step = min(index, frames - index) * 2
            x, y = min(step, 64), min(step, 48)
            view = picture[y : y + SIZE[1], x : x + SIZE[0]]
            stream.write(cv2.imencode(".jpg", view, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes())
