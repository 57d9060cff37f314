"""SSDLite: boxes relative to anchors on six grids, and a score for each of COCO's 90 ids.

Formulas: SSD, https://arxiv.org/abs/1512.02325, with the anchors of `ssd_anchor_generator` (scales
0.2 to 0.95, `reduce_boxes_in_lowest_layer`) and the box coder (10, 10, 5, 5) of TensorFlow's Object
Detection API, https://github.com/tensorflow/models/tree/master/research/object_detection.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.grids import boxes_around, grid_points
from mekiki.spec import ModelSpec

GRIDS = (19, 10, 5, 3, 2, 1)  # cells along a side
SCALES = (0.2, 0.35, 0.5, 0.65, 0.8, 0.95, 1.0)
LOWEST = ((0.1, 1.0), (0.2, 2.0), (0.2, 0.5))  # scale and width to height of the first grid
RATIOS = (1.0, 2.0, 0.5, 3.0, 0.3333)
# COCO numbers its 80 kinds of things 1 to 90; these ids are not used.
UNUSED = (12, 26, 29, 30, 45, 66, 68, 69, 71, 83)
USED = np.array([each for each in range(1, 91) if each not in UNUSED], np.intp)


@lru_cache(maxsize=1)
def _anchors() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Centres and sizes of the 1917 anchors, (1917, 2) each: x, y and width, height, 0..1."""
    centres, sizes = [], []
    for level, cells in enumerate(GRIDS):
        shapes = LOWEST if level == 0 else [(SCALES[level], ratio) for ratio in RATIOS]
        if level > 0:
            shapes.append(((SCALES[level] * SCALES[level + 1]) ** 0.5, 1.0))
        own = [(scale * ratio**0.5, scale / ratio**0.5) for scale, ratio in shapes]
        centres.append(np.repeat(grid_points(cells, cells, 0.5) / cells, len(own), axis=0))
        sizes.append(np.tile(np.array(own, np.float32), (cells * cells, 1)))
    return np.concatenate(centres), np.concatenate(sizes)


def decode(outputs: Mapping[str, NDArray[np.float32]], spec: ModelSpec) -> Candidates:
    """Decodes `boxes` (1, 4, 1917, 1), y, x, height, width, and `scores` (1, 1917, 91).

    Scores are probabilities, those of background first.
    """
    scores = outputs["scores"][0]
    likely = np.flatnonzero(scores[:, 1:].max(axis=1) >= spec.score.floor)
    kinds = scores[likely][:, USED]
    class_ids = kinds.argmax(axis=1)
    best = kinds[np.arange(len(kinds)), class_ids]
    kept = best >= spec.score.floor
    y, x, height, width = outputs["boxes"].reshape(4, -1)[:, likely[kept]]
    centres, sizes = (each[likely[kept]] for each in _anchors())
    size = np.array((spec.input.width, spec.input.height), np.float32)
    centres = centres + np.stack((x, y), axis=1) / 10 * sizes
    with np.errstate(over="ignore"):  # an infinite size is dropped by the suppression
        sizes = np.exp(np.stack((width, height), axis=1) / 5) * sizes
    return Candidates(
        boxes_around(centres * size, sizes * size), best[kept], class_ids[kept].astype(np.int32)
    )
