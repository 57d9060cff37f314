"""MoveNet: one person, whose joints are peaks of heat maps near where its centre says they are.

After https://blog.tensorflow.org/2021/05/next-generation-pose-detection-with-movenet-and-tensorflowjs.html
and the graph that Google published. The person in the middle of the picture is preferred, and a
peak near the regressed place of its joint: both by dividing by the distance.

What the page gets is one detection: its score is the mean of its joints', its box surrounds the
joints that are seen, with a margin, because joints lie inside of a person.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.grids import sigmoid
from mekiki.shapes import Shapes
from mekiki.spec import ModelSpec

NEAR = 1.8  # cells; what is added to a distance before it divides
SEEN = 0.3  # the score of a joint that counts for the box
MARGIN = 0.1  # of the box's sides


def _person(centre: NDArray[np.float32]) -> tuple[int, int]:
    """Row and column of the person's centre, in a map (H, W) of logits."""
    rows, columns = centre.shape
    y, x = np.ogrid[:rows, :columns]
    distances = np.hypot(y - rows / 2, x - columns / 2) + NEAR
    row, column = divmod(int((sigmoid(centre) / distances).argmax()), columns)
    return row, column


def decode(outputs: Mapping[str, NDArray[np.float32]], spec: ModelSpec) -> Candidates:
    """Decodes maps (1, C, 48, 48), with x and y in cells.

    `heat` (17) and `center` (1) are logits, `regress` (34) is where the joints of a person are seen
    from the centre, `offset` (34) where in its cell a joint is; y before x.
    """
    heat = sigmoid(outputs["heat"][0])
    joints, rows, columns = heat.shape
    row, column = _person(outputs["center"][0, 0])
    centre = np.array((row, column), np.float32)
    guess = outputs["regress"][0, :, row, column].reshape(joints, 2) + centre
    y, x = np.mgrid[:rows, :columns]
    distances = np.hypot(y - guess[:, 0, None, None], x - guess[:, 1, None, None]) + NEAR
    peaks = (heat / distances).reshape(joints, -1).argmax(axis=1)
    at, (top, left) = np.arange(joints), np.unravel_index(peaks, (rows, columns))
    offsets = outputs["offset"][0].reshape(joints, 2, rows, columns)[at, :, top, left]
    cells = np.stack((left + offsets[:, 1], top + offsets[:, 0]), axis=1)
    places = cells * (spec.input.width / columns, spec.input.height / rows)
    scores = heat[at, top, left]
    points = np.column_stack((places, scores)).astype(np.float32)[np.newaxis]
    seen = places[scores >= SEEN] if (scores >= SEEN).any() else places
    low, high = seen.min(axis=0), seen.max(axis=0)
    margin = (high - low) * MARGIN + 1  # one pixel at least: a single joint has no box
    box = np.concatenate((low - margin, high + margin)).astype(np.float32)[np.newaxis]
    score = scores.mean(keepdims=True, dtype=np.float32)
    found = Candidates(box, score, np.zeros(1, np.int32), Shapes(points=points))
    return found.take(score >= spec.score.floor)
