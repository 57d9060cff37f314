"""YOLOv5, and YOLOv6, YOLOv7 and YOLOX exported with the same finished rows.

A row is cx, cy, w, h in pixels of the input, the probability of an object and of each of the C
classes, (1, N, 5 + C). The export has applied anchors and sigmoids: `Detect` in
https://github.com/ultralytics/yolov5/blob/master/models/yolo.py; `IDetect.fuseforward` in
https://github.com/WongKinYiu/yolov7/blob/main/models/yolo.py.

Options of `decoder`:
    coordinates: `pixels` (default), or `normalised` to 0..1 of the input.
    keypoints: how many key points follow the classes, as in YOLOv7-pose.
    keypoint_values: 3 of each (default), or 2 where they have no score.
"""

from __future__ import annotations

import numpy as np

from mekiki.decoders.reading import columns, in_pixels, keypoints_of, output, points_of
from mekiki.detection import Candidates
from mekiki.grids import boxes_around
from mekiki.network import Outputs
from mekiki.shapes import NO_SHAPES, Shapes
from mekiki.spec import ModelSpec


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes the first output, float32 (1, N, 5 + C + points) or its transpose."""
    keypoints, values = keypoints_of(spec)
    classes = len(spec.labels)
    parts = f"4 of a box, object, {classes} classes"
    parts += f", {keypoints} key points" if keypoints else ""
    rows = columns(output(outputs, spec), 5 + classes + keypoints * values, parts).T
    # No class probability exceeds 1: the few rows whose object is likely are looked at further.
    likely = np.flatnonzero(rows[:, 4] >= spec.score.floor)
    probabilities = rows[likely, 5 : 5 + classes]
    class_ids = probabilities.argmax(axis=1).astype(np.int32)
    scores = rows[likely, 4] * probabilities.max(axis=1)
    kept = np.flatnonzero(scores >= spec.score.floor)
    cells = likely[kept]
    scale = np.array(in_pixels(spec), np.float32)
    boxes = boxes_around(rows[cells, 0:2] * scale, rows[cells, 2:4] * scale)
    shapes = NO_SHAPES
    if keypoints:
        found = rows[cells, 5 + classes :].reshape(-1, keypoints, values)
        shapes = Shapes(points=points_of(found, scale))
    return Candidates(boxes, scores[kept], class_ids[kept], shapes)
