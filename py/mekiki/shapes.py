"""What a detection has beside its box: key points, a turned rectangle, the outline of a mask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
Polygons = tuple[tuple[Points, ...], ...]
Move = Callable[[Points], Points]


@dataclass(frozen=True)
class Shapes:
    """The shapes of N detections, each kind for all of them or for none, in pixels.

    Attributes:
        points: float32 (N, K, 3), x, y and score of the model's K key points.
        quads: float32 (N, 4, 2), the corners of a turned rectangle, clockwise.
        polygons: for each detection the outlines (M, 2) of its mask; what lies in an even number
            of them is outside, so that a hole is an outline too.
    """

    points: Points | None = None
    quads: Points | None = None
    polygons: Polygons | None = None

    def take(self, indices: NDArray[Any]) -> Shapes:
        """Those of the detections at `indices` (whole numbers or a mask), in that order."""
        points = None if self.points is None else self.points[indices]
        quads = None if self.quads is None else self.quads[indices]
        if self.polygons is None:
            return Shapes(points, quads)
        order = np.arange(len(self.polygons))[indices].tolist()
        return Shapes(points, quads, tuple(self.polygons[index] for index in order))

    def moved(self, move: Move) -> Shapes:
        """The same somewhere else: `move` takes x, y (..., 2) there."""
        points = quads = polygons = None
        if self.points is not None:
            points = np.concatenate((move(self.points[..., :2]), self.points[..., 2:]), axis=-1)
        if self.quads is not None:
            quads = move(self.quads)
        if self.polygons is not None:
            polygons = tuple(tuple(move(each) for each in rings) for rings in self.polygons)
        return Shapes(points, quads, polygons)

    def clipped(self, width: float, height: float) -> Shapes:
        """With quads and outlines inside a frame; a key point may well lie outside of it."""
        most = np.array((width, height), np.float32)
        inside = Shapes(None, self.quads, self.polygons).moved(lambda xy: np.clip(xy, 0, most))
        return Shapes(self.points, inside.quads, inside.polygons)

    def to_plain(self, index: int) -> dict[str, Any]:
        """Those of one detection, as the keys `points`, `quad` and `polygons` of a dict."""
        plain: dict[str, Any] = {}
        if self.points is not None:
            plain["points"] = _rounded(self.points[index], 3)
        if self.quads is not None:
            plain["quad"] = _rounded(self.quads[index], 1)
        if self.polygons is not None:
            plain["polygons"] = [_rounded(ring.ravel(), 1) for ring in self.polygons[index]]
        return plain


def _rounded(values: Points, digits: int) -> list[Any]:
    """Short numbers for JSON: an outline has hundreds, and nobody sees a thousandth of a pixel."""
    rounded: list[Any] = np.round(values.astype(np.float64), digits).tolist()
    return rounded


NO_SHAPES = Shapes()
