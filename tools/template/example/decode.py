"""An example to be replaced: how blue each square of 4 x 4 is, made into boxes."""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.spec import ModelSpec


def decode(outputs: Mapping[str, NDArray[np.float32]], spec: ModelSpec) -> Candidates:
    """A box, in pixels of the input, around each patch of blue squares."""
    heat = outputs["heat"][0, 0]
    blue = np.asarray(heat > 0.5, np.uint8)
    count, areas, stats, _ = cv2.connectedComponentsWithStats(blue)
    boxes = 4 * np.asarray(stats[1:, :4], np.float32)  # the first is the background
    boxes[:, 2:] += boxes[:, :2]
    scores = np.array([heat[areas == each].max() for each in range(1, count)], np.float32)
    sure = scores >= spec.score.floor
    return Candidates(boxes[sure], scores[sure], np.zeros(int(sure.sum()), np.int32))
