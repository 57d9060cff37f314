"""Thumbnails of the samples."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

SIDE = 160


def write_thumbnail(photo: Path, target: Path) -> None:
    """Writes the middle of a photo as a square WebP picture of 160 pixels."""
    with Image.open(photo) as picture:
        small = ImageOps.fit(picture.convert("RGB"), (SIDE, SIDE), Image.Resampling.LANCZOS)
        small.save(target, "WEBP", quality=62, method=6)
