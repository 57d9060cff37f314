"""YOLOX: an anchor-free head on three grids, exported without its decoding.

Formulas: YOLOX, https://arxiv.org/abs/2107.08430, and `demo_postprocess` in yolox/utils of
https://github.com/Megvii-BaseDetection/YOLOX.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mekiki.decoders.reading import columns, output
from mekiki.detection import Candidates
from mekiki.grids import boxes_around, grid_points
from mekiki.network import Outputs
from mekiki.spec import ModelSpec

STRIDES = (8, 16, 32)


@lru_cache(maxsize=4)
def _cells(width: int, height: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Each cell's corner (N, 2), in cells of its own grid, and its stride (N, 1), in pixels."""
    grids = [grid_points(width // stride, height // stride, 0.0) for stride in STRIDES]
    lengths = [len(grid) for grid in grids]
    strides = np.repeat(np.array(STRIDES, np.float32), lengths)
    return np.concatenate(grids), strides[:, np.newaxis]


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes the first output, float32 (1, N, 5 + classes).

    A row is x, y from the cell's corner in cells, log width, log height in cells, and the
    probabilities of an object and of each class (the export applies the sigmoids).
    """
    classes = len(spec.labels)
    rows = columns(output(outputs, spec), 5 + classes, f"4 of a box, object, {classes} classes").T
    corners, strides = _cells(spec.input.width, spec.input.height)
    if len(rows) != len(corners):
        raise ValueError(f"expected a row for each of the {len(corners)} cells, not {len(rows)}")
    # No class probability exceeds 1, so a cell whose object probability is below the floor can
    # be left out before looking at its classes: few of thousands remain.
    likely = np.flatnonzero(rows[:, 4] >= spec.score.floor)
    class_probabilities = rows[likely, 5:]
    class_ids = class_probabilities.argmax(axis=1)
    scores = rows[likely, 4] * class_probabilities.max(axis=1)
    kept = np.flatnonzero(scores >= spec.score.floor)
    cells = likely[kept]
    centres = (rows[cells, 0:2] + corners[cells]) * strides[cells]
    sizes = np.exp(rows[cells, 2:4]) * strides[cells]
    return Candidates(boxes_around(centres, sizes), scores[kept], class_ids[kept].astype(np.int32))
