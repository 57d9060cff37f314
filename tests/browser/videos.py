"""Videos for the tests: a sample photo that moves on a known path."""

import functools
from pathlib import Path

import cv2
import numpy as np

from tools.paths import APP

SIZE = (320, 240)
FPS = 12
FRAMES = 24
STEP = (4, 2)  # pixels that the view moves over the photo from frame to frame


@functools.cache
def _photo(width: int, height: int) -> np.ndarray:
    """The dog, at least this large."""
    photo = cv2.imread(str(APP / "samples" / "dog.jpg"))
    scale = max(width / photo.shape[1], height / photo.shape[0])
    return cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def view(index: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    """Frame `index` of the pan, BGR."""
    width, height = size
    photo = _photo(width + 110, height + 60)
    x, y = (STEP[0] * index) % 100, (STEP[1] * index) % 50
    return photo[y : y + height, x : x + width]


def write_pan(
    target: Path,
    codec: str,
    *,
    size: tuple[int, int] = SIZE,
    fps: float = FPS,
    frames: int = FRAMES,
) -> Path:
    """Writes a pan over the dog; `codec` is a FourCC, the container follows the name."""
    writer = cv2.VideoWriter(str(target), cv2.VideoWriter.fourcc(*codec), fps, size)
    assert writer.isOpened()
    for index in range(frames):
        writer.write(view(index, size))
    writer.release()
    return target


def read(path: Path) -> tuple[list[np.ndarray], list[float]]:
    """Every picture of a video (BGR, as it is shown) and its time in seconds."""
    capture = cv2.VideoCapture(str(path))
    pictures, times = [], []
    while True:
        more, picture = capture.read()
        if not more:
            return pictures, times
        pictures.append(picture)
        times.append(capture.get(cv2.CAP_PROP_POS_MSEC) / 1000)


def turned_view(index: int) -> np.ndarray:
    """The same frame, turned by 90 degrees clockwise."""
    return cv2.rotate(view(index), cv2.ROTATE_90_CLOCKWISE)
