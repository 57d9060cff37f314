"""Which box of one frame is which box of the next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BUFFER = 0.5  # parts of width and height that each side is moved out by


def buffered_overlaps(a: Floats, b: Floats) -> Floats:
    """Overlap (intersection over union) of boxes (N, 4) with boxes (M, 4), made larger before.

    Boxes x0, y0, x1, y1 get twice as wide and high (C-BIoU, https://arxiv.org/abs/2211.14317), so
    that a small object is still near itself when the phone was turned between two frames.

    Returns:
        float64 (N, M), 0..1; 1 only for the same box.
    """
    return overlaps(_larger(a), _larger(b))


def overlaps(a: Floats, b: Floats) -> Floats:
    """Overlap (intersection over union) of boxes (N, 4) x0, y0, x1, y1 with boxes (M, 4).

    Returns:
        float64 (N, M), 0..1.
    """
    low = np.maximum(a[:, np.newaxis, :2], b[:, :2])
    high = np.minimum(a[:, np.newaxis, 2:], b[:, 2:])
    sides = np.maximum(high - low, 0)
    shared = sides[..., 0] * sides[..., 1]
    both = _areas(a)[:, np.newaxis] + _areas(b) - shared
    found: Floats = shared / np.maximum(both, 1e-9)
    return found


def best_pairs(similarity: Floats, lowest: float) -> list[tuple[int, int]]:
    """Pairs a row with a column, each at most once, the most similar ones first.

    Greedy, not optimal: so the surest pair is never given up to make room for a doubtful one, it
    needs no solver, and with boxes that hardly compete it finds the same (CenterTrack,
    https://arxiv.org/abs/2004.01177, tracks with it too).

    Args:
        similarity: float64 (rows, columns).
        lowest: pairs below it are none.

    Returns:
        (row, column) by descending similarity.
    """
    rows, columns = np.nonzero(similarity >= lowest)
    order = np.argsort(-similarity[rows, columns], kind="stable")
    pairs: list[tuple[int, int]] = []
    taken_rows: set[int] = set()
    taken_columns: set[int] = set()
    for row, column in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        if row not in taken_rows and column not in taken_columns:
            taken_rows.add(row)
            taken_columns.add(column)
            pairs.append((row, column))
    return pairs


def _larger(boxes: Floats) -> Floats:
    margins = (boxes[:, 2:] - boxes[:, :2]) * BUFFER
    return np.hstack((boxes[:, :2] - margins, boxes[:, 2:] + margins))


def _areas(boxes: Floats) -> Floats:
    sides = boxes[:, 2:] - boxes[:, :2]
    areas: Floats = sides[:, 0] * sides[:, 1]
    return areas
