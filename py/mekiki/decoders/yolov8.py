"""YOLOv8 and those that kept its head without an object score: YOLOv9, YOLO11, YOLO12, YOLO-World.

A candidate is cx, cy, w, h in pixels of the input and the probabilities of the C classes, as
(1, 4 + C, N) or its transpose. The export has applied grids, strides and sigmoids: `Detect` in
https://github.com/ultralytics/ultralytics/blob/main/ultralytics/nn/modules/head.py, and `DDetect`
of https://github.com/WongKinYiu/yolov9.

Options of `decoder`:
    classes: `best`, one candidate of the likeliest class (default), or `all`, one of each class at
        or above the floor: for models whose classes say several things of one object.
    coordinates: `pixels` (default), or `normalised` to 0..1 of the input.
    keypoints: how many key points follow the classes, x, y and score each (`Pose` in head.py).
    keypoint_values: 2 where they have no score.
"""

from __future__ import annotations

import numpy as np

from mekiki.decoders.reading import (
    choice,
    columns,
    in_pixels,
    kept_best,
    keypoints_of,
    output,
    points_of,
)
from mekiki.detection import Candidates
from mekiki.grids import boxes_around
from mekiki.network import Outputs
from mekiki.shapes import NO_SHAPES, Shapes
from mekiki.spec import ModelSpec


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes the first output, float32 (1, 4 + C + points, N) or (1, N, 4 + C + points)."""
    keypoints, values = keypoints_of(spec)
    classes = len(spec.labels)
    parts = f"4 of a box, {classes} classes" + (f", {keypoints} key points" if keypoints else "")
    table = columns(output(outputs, spec), 4 + classes + keypoints * values, parts)
    probabilities = table[4 : 4 + classes]
    if choice(spec, "classes", ("best", "all")) == "all":
        found, cells = np.nonzero(probabilities >= spec.score.floor)
        class_ids = found.astype(np.int32)
    else:
        cells, class_ids = kept_best(probabilities, spec.score.floor)
    scores = probabilities[class_ids, cells]
    scale = np.array(in_pixels(spec), np.float32)
    boxes = boxes_around(table[0:2, cells].T * scale, table[2:4, cells].T * scale)
    shapes = NO_SHAPES
    if keypoints:
        values_found = table[4 + classes :, cells].T
        shapes = Shapes(points=points_of(values_found.reshape(-1, keypoints, values), scale))
    return Candidates(boxes, scores, class_ids, shapes)
