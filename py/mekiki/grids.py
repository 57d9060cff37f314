"""Grids of anchor points and activations, shared by the decoders of the models."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

LARGEST_LOGIT = 80.0  # exp of it is near the largest float32


@lru_cache(maxsize=64)
def grid_points(columns: int, rows: int, offset: float) -> NDArray[np.float32]:
    """The cells' points, row by row: (column + offset, row + offset).

    Args:
        columns: of the grid.
        rows: of the grid.
        offset: 0 for a cell's corner, 0.5 for its centre.

    Returns:
        float32 (rows * columns, 2), in cells. Shared between calls, therefore read-only.
    """
    y, x = np.mgrid[:rows, :columns]
    points = np.stack((x.ravel(), y.ravel()), axis=1).astype(np.float32) + np.float32(offset)
    points.flags.writeable = False
    return points


def sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probabilities of logits, clipped to where float32 can hold their exponential."""
    clipped = np.clip(logits, -LARGEST_LOGIT, LARGEST_LOGIT)
    return np.float32(1) / (np.float32(1) + np.exp(-clipped))


def boxes_around(centres: NDArray[np.float32], sizes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Boxes (N, 4) x0, y0, x1, y1 from their centres (N, 2) and sizes (N, 2)."""
    half = sizes / 2
    with np.errstate(invalid="ignore"):  # an infinite box is dropped by the suppression
        return np.hstack((centres - half, centres + half))
