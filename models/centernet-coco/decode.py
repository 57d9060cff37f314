"""CenterNet: an object is a peak in its class's heat map of centres.

Formulas: Objects as Points, https://arxiv.org/abs/1904.07850, section 4. This export gives the
distances from the centre to the four sides instead of width, height and a centre offset.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.spec import ModelSpec

MOST_PEAKS = 100


def _peaks(heatmap: NDArray[np.float32], floor: float) -> tuple[NDArray[np.intp], ...]:
    """Class, row, column of the cells at or above `floor` that no neighbour of 3 x 3 exceeds.

    Only the few cells above the floor are compared with their neighbours: the heat map has
    800,000. At the border the neighbours are clipped to cells that belong to the 3 x 3 anyway.
    """
    classes, rows, columns = heatmap.shape
    flat = np.flatnonzero(heatmap >= floor)
    class_ids, y, x = np.unravel_index(flat, (classes, rows, columns))
    values = heatmap[class_ids, y, x]
    is_peak = np.ones(len(flat), np.bool_)
    for dy in (-1, 0, 1):
        neighbour_y = np.clip(y + dy, 0, rows - 1)
        for dx in (-1, 0, 1):
            neighbour_x = np.clip(x + dx, 0, columns - 1)
            is_peak &= heatmap[class_ids, neighbour_y, neighbour_x] <= values
    best = np.argsort(-values[is_peak], kind="stable")[:MOST_PEAKS]
    return class_ids[is_peak][best], y[is_peak][best], x[is_peak][best]


def decode(outputs: Mapping[str, NDArray[np.float32]], spec: ModelSpec) -> Candidates:
    """Decodes `heatmap` (1, classes, H, W), probabilities, and `wh` (1, 4, H, W).

    `wh` is the distance from the cell's corner to left, top, right and bottom, in input pixels.
    """
    heatmap, distances = outputs["heatmap"][0], outputs["wh"][0]
    class_ids, y, x = _peaks(heatmap, spec.score.floor)
    scores = heatmap[class_ids, y, x]
    centre_x = x * (spec.input.width / heatmap.shape[2])
    centre_y = y * (spec.input.height / heatmap.shape[1])
    left, top, right, bottom = distances[:, y, x]
    sides = (centre_x - left, centre_y - top, centre_x + right, centre_y + bottom)
    boxes = np.stack(sides, axis=1).astype(np.float32)
    return Candidates(boxes, scores, class_ids.astype(np.int32))
