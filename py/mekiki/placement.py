"""Where a picture lies inside a model's input, and the way back. Plain arithmetic, no pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mekiki.spec import InputSpec


@dataclass(frozen=True)
class Placement:
    """A picture resized to width x height and pasted at (left, top); all in input pixels."""

    source_width: int
    source_height: int
    left: int
    top: int
    width: int
    height: int

    @classmethod
    def of(cls, spec: InputSpec, source_width: int, source_height: int) -> Placement:
        """Places a picture by the model's resize rule."""
        if spec.resize == "stretch":
            return cls(source_width, source_height, 0, 0, spec.width, spec.height)
        width, height = _fitted_size(spec, source_width, source_height)
        left = top = 0
        if spec.align == "centre":
            left = (spec.width - width) // 2
            top = (spec.height - height) // 2
        return cls(source_width, source_height, left, top, width, height)

    def boxes_to_source(self, boxes: NDArray[np.float32]) -> NDArray[np.float32]:
        """Boxes (N, 4) x0, y0, x1, y1 from input pixels to source pixels, not clipped."""
        points = self.points_to_source(boxes.reshape(-1, 2, 2))
        return points.reshape(-1, 4)

    def points_to_source(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points (..., 2) x, y from input pixels to source pixels, not clipped.

        Each axis is divided by its own true scale. YOLOX's own code divides both by the one scale
        it had before it rounded the size: the same to 0.3 % for camera pictures, but wrong for
        very long ones, whose short side was rounded up to a whole pixel.
        """
        scale = (self.source_width / self.width, self.source_height / self.height)
        offset = np.array((self.left, self.top), np.float32)
        return (points - offset) * np.array(scale, np.float32)


def _fitted_size(spec: InputSpec, source_width: int, source_height: int) -> tuple[int, int]:
    """The largest size of the source's shape that fits into the input, at least 1 x 1 px.

    Whole-number arithmetic on purpose: `int(source_width * (416 / source_width))`, as YOLOX
    writes it, is 415 for some widths, such as 720.
    """
    if source_width * spec.height >= source_height * spec.width:
        height = _divided(spec.width * source_height, source_width, spec.rounding)
        return spec.width, max(1, height)
    width = _divided(spec.height * source_width, source_height, spec.rounding)
    return max(1, width), spec.height


def _divided(numerator: int, denominator: int, rounding: str) -> int:
    """The quotient, rounded down or to the nearest whole number (halves to even, as `round`)."""
    if rounding == "down":
        return numerator // denominator
    return round(numerator / denominator)
