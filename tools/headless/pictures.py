"""The pictures of a folder."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.errors import BuildError

ENDINGS = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".avif"}
LARGEST_SIDE = 2048  # of a picture on its way to the worker; the same as in app/frames.mjs


def pictures_in(folder: Path) -> list[Path]:
    """Its pictures by name, not those of folders in it; of a file, itself.

    Raises:
        BuildError: `no-such-folder`, `no-pictures`.
    """
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise BuildError("no-such-folder", folder=folder)
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    if not found:
        raise BuildError("no-pictures", folder=folder, endings=" ".join(sorted(ENDINGS)))
    return found


def read(path: Path) -> NDArray[np.uint8] | None:
    """BGR, uint8 (height, width, 3), turned as EXIF says; None when OpenCV cannot read it."""
    data = np.frombuffer(path.read_bytes(), np.uint8)
    picture = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    return None if picture is None else np.asarray(picture, np.uint8)


def fitted(bgr: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture, made smaller when the page would do so: its way of doing it is not OpenCV's."""
    height, width = bgr.shape[:2]
    scale = LARGEST_SIDE / max(height, width)
    if scale >= 1:
        return bgr
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(bgr, size, interpolation=cv2.INTER_AREA), np.uint8)
