"""Videos for the tests: a sample photo that moves on a known path."""

from pathlib import Path

import cv2
import numpy as np

from tools.paths import APP

SIZE = (320, 240)
FPS = 12
FRAMES = 24
STEP = (4, 2)  # pixels that the view moves over the photo from frame to frame


def view(index: int, size: tuple[int, int] = SIZE) -> np.ndarray:
    """Frame `index` of the pan, BGR."""
    photo = cv2.imread(str(APP / "samples" / "dog.jpg"))
    width, height = size
    scale = max((width + 110) / photo.shape[1], (height + 60) / photo.shape[0])
    photo = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
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


def turned(source: Path, target: Path) -> Path:
    """A copy of an MP4 with the note that a phone held upright leaves: turn by 90 degrees."""
    data = bytearray(source.read_bytes())
    header = data.index(b"tkhd")
    matrix = (
        header + 4 + 40
    )  # version 0: https://developer.apple.com/documentation/quicktime-file-format/track_header_atom
    one = 1 << 16
    quarter = (0, one, 0, -one, 0, 0, 0, 0, 1 << 30)
    data[matrix : matrix + 36] = b"".join(each.to_bytes(4, "big", signed=True) for each in quarter)
    target.write_bytes(data)
    return target
