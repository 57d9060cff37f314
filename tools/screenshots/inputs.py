"""What the screens show: the sample photos, a video that pans over one of them."""

from __future__ import annotations

from pathlib import Path

import cv2

from tools.errors import BuildError
from tools.paths import APP

SAMPLES = APP / "samples"
PHOTOS = tuple(SAMPLES / f"{name}.jpg" for name in ("dog", "astronaut", "cat", "coffee"))
_VIDEO_SIZE = (640, 480)


def write_video(target: Path, frames: int = 12) -> Path:
    """Writes a WebM of one second: a slow pan over the dog.

    Raises:
        BuildError: `video-not-written`.
    """
    photo = cv2.imread(str(SAMPLES / "dog.jpg"))
    writer = cv2.VideoWriter(str(target), cv2.VideoWriter.fourcc(*"VP80"), 12, _VIDEO_SIZE)
    if photo is None or not writer.isOpened():
        raise BuildError("video-not-written", file=str(target))
    photo = cv2.resize(photo, (704, 528), interpolation=cv2.INTER_AREA)
    for index in range(frames):
        writer.write(photo[index : index + 480, 2 * index : 2 * index + 640])
    writer.release()
    return target
