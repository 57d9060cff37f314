"""The outlines of a mask, with few points: they are sent to the page and kept in the history."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Rings = tuple[NDArray[np.float32], ...]

TOLERANCE = 1.0  # px of the input, how far the outline may be from the mask's edge
SPECK = 0.0002  # of the picture's area; what is smaller is noise
MOST_POINTS = 1500  # of one mask; the largest outlines come first
HALF = 127  # of 255


def outlines(mask: NDArray[np.uint8], width: int, height: int) -> Rings:
    """The outlines of a mask; a hole is an outline inside of another.

    Args:
        mask: uint8 (rows, columns), 0 or 1, of any size.
        width: of the picture that it covers, pixels.
        height: likewise.

    Returns:
        Float32 (M, 2), x and y in that picture's pixels, the longest first.
    """
    if mask.shape != (height, width):
        # The edge of a coarse mask lies between its pixels: smooth, not in steps.
        grown = cv2.resize(mask * np.uint8(255), (width, height), interpolation=cv2.INTER_LINEAR)
        mask = (grown > HALF).astype(np.uint8)
    found, _ = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    least = SPECK * width * height
    rings = [cv2.approxPolyDP(ring, TOLERANCE, True) for ring in found if _area(ring) >= least]
    rings = sorted((ring for ring in rings if len(ring) >= 3), key=_area, reverse=True)
    within = np.cumsum([len(ring) for ring in rings]) <= MOST_POINTS
    kept = [ring for ring, fits in zip(rings, within, strict=True) if fits]
    # A contour runs through the middles of pixels, which are half a pixel from their corners.
    return tuple(ring.reshape(-1, 2).astype(np.float32) + np.float32(0.5) for ring in kept)


def _area(ring: cv2.typing.MatLike) -> float:
    return cv2.contourArea(ring)


def bounds(rings: Rings) -> NDArray[np.float32]:
    """The box x0, y0, x1, y1 around outlines, of which there is one at least."""
    points = np.concatenate(rings)
    return np.concatenate((points.min(axis=0), points.max(axis=0)))
