"""NanoDet-Plus: for each cell of four grids the distances to the box's sides, as distributions.

Formulas: Generalized Focal Loss, https://arxiv.org/abs/2006.04388, section 3.2: a distance is the
mean of a softmax over 0..7 strides; cells and strides as in
https://github.com/opencv/opencv_zoo/tree/main/models/object_detection_nanodet. Colours are in the
order that NanoDet was trained with (BGR), which the zoo's own demo swaps.

Written from those pages: the file itself was not at hand, nor the names of its outputs, which are
therefore told apart by their shapes.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.grids import grid_points
from mekiki.spec import ModelSpec

STEPS = 8  # of a distance: 0 to 7 strides
STRIDES = (8, 16, 32, 64)
SIDES = np.array((-1, -1, 1, 1), np.float32)

Array = NDArray[np.float32]


def decode(outputs: Mapping[str, Array], spec: ModelSpec) -> Candidates:
    """Decodes for each stride class probabilities (1, cells, 80) and distances (1, cells, 4 * 8).

    Distances are logits, those of the left, top, right and bottom side after one another.
    """
    classes = _by_cells(outputs, len(spec.labels))
    distances = _by_cells(outputs, 4 * STEPS)
    if len(classes) != len(STRIDES) or len(distances) != len(STRIDES):
        shapes = [list(each.shape) for each in outputs.values()]
        raise ValueError(f"expected classes and distances for {len(STRIDES)} strides, not {shapes}")
    levels = [
        _level(*each, spec.score.floor) for each in zip(STRIDES, classes, distances, strict=True)
    ]
    boxes, scores, class_ids = (np.concatenate(parts) for parts in zip(*levels, strict=True))
    return Candidates(boxes, scores, class_ids)


def _by_cells(outputs: Mapping[str, Array], width: int) -> list[Array]:
    """The outputs with so many numbers a cell, those with the most cells first."""
    found = [each.reshape(-1, width) for each in outputs.values() if each.shape[-1] == width]
    return sorted(found, key=len, reverse=True)


def _level(
    stride: int, probabilities: Array, distances: Array, floor: float
) -> tuple[Array, Array, NDArray[np.int32]]:
    """Boxes, scores and class ids of one grid, which is a square."""
    side = round(len(probabilities) ** 0.5)
    centres = grid_points(side, side, 0.0) * stride + np.float32(0.5 * (stride - 1))
    scores = probabilities.max(axis=1)
    kept = np.flatnonzero(scores >= floor)
    logits = distances[kept].reshape(-1, 4, STEPS)
    weights = np.exp(logits - logits.max(axis=2, keepdims=True))
    steps = (weights * np.arange(STEPS, dtype=np.float32)).sum(axis=2) / weights.sum(axis=2)
    boxes = np.tile(centres[kept], 2) + SIDES * steps * stride
    class_ids = probabilities[kept].argmax(axis=1).astype(np.int32)
    return boxes.astype(np.float32), scores[kept], class_ids
