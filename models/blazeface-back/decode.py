"""BlazeFace for the back camera, 256 px: anchors on two grids, all of the same size.

Formulas: BlazeFace, https://arxiv.org/abs/1907.05047, with the anchor layout of MediaPipe's
face_detection_back graph. Where MediaPipe blends overlapping boxes we keep the best.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.grids import boxes_around, grid_points, sigmoid
from mekiki.shapes import Shapes
from mekiki.spec import ModelSpec

# Cells along a side, which the outputs are named by, and anchors in each cell.
GRIDS = ((16, 2), (8, 6))


@lru_cache(maxsize=4)
def _anchors(width: int, height: int) -> NDArray[np.float32]:
    """The anchors' centres (896, 2), in input pixels, in the order of the outputs."""
    centres = [
        np.repeat(grid_points(cells, cells, 0.5) / np.float32(cells), count, axis=0)
        for cells, count in GRIDS
    ]
    return np.concatenate(centres) * np.array((width, height), np.float32)


def decode(outputs: Mapping[str, NDArray[np.float32]], spec: ModelSpec) -> Candidates:
    """Decodes the logits `score16` (1, 512, 1), `score8` (1, 384, 1) and their `reg16`, `reg8`.

    A row of `reg*` (1, N, 16) is the box's centre x, y from the anchor, width and height, then
    six key points; in input pixels.
    """
    anchors = _anchors(spec.input.width, spec.input.height)
    logits = np.concatenate((outputs["score16"].ravel(), outputs["score8"].ravel()))
    regressions = np.concatenate((outputs["reg16"][0], outputs["reg8"][0]))
    scores = sigmoid(logits)
    kept = np.flatnonzero(scores >= spec.score.floor)
    centres = anchors[kept] + regressions[kept, 0:2]
    boxes = boxes_around(centres, regressions[kept, 2:4])
    places = anchors[kept, np.newaxis] + regressions[kept, 4:16].reshape(-1, 6, 2)
    sure = np.broadcast_to(scores[kept, np.newaxis, np.newaxis], (len(kept), 6, 1))
    points = np.concatenate((places, sure), axis=2)  # they have no score of their own
    return Candidates(boxes, scores[kept], np.zeros(len(kept), np.int32), Shapes(points=points))
