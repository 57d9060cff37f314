"""End-to-end detectors: YOLOv10, YOLO26, and others exported with their suppression inside.

A row is a finished detection: `v10Detect` and `postprocess` in
https://github.com/ultralytics/ultralytics/blob/main/ultralytics/nn/modules/head.py, `ONNX_ORT` in
https://github.com/WongKinYiu/yolov7/blob/main/models/experimental.py, and the flat predictions of
https://github.com/Deci-AI/super-gradients/blob/master/documentation/source/models_export.md.

Options of `decoder`:
    row: what a row (1, N, 6 or 7) is, see `ROWS`; by default `box-score-class`. A box is
        x0, y0, x1, y1.
    coordinates: `pixels` (default), or `normalised` to 0..1 of the input.
    keypoints: how many key points follow, as in YOLO26-pose.
    keypoint_values: 3 of each (default), or 2 where they have no score.
"""

from __future__ import annotations

import numpy as np

from mekiki.decoders.reading import choice, columns, in_pixels, keypoints_of, output, points_of
from mekiki.detection import Candidates
from mekiki.network import Outputs
from mekiki.shapes import NO_SHAPES, Shapes
from mekiki.spec import ModelSpec

# Columns of the box, the score and the class, and how many there are.
ROWS = {
    "box-score-class": (0, 4, 5, 6),
    "box-class-score": (0, 5, 4, 6),
    "batch-box-class-score": (1, 6, 5, 7),  # YOLOv7
    "batch-box-score-class": (1, 5, 6, 7),  # YOLO-NAS
}


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes the first output, float32 (1, N, 6 or 7 + points) or without the leading 1."""
    row = choice(spec, "row", tuple(ROWS))
    box, score, class_id, width = ROWS[row]
    keypoints, values = keypoints_of(spec)
    parts = f"{row}, {keypoints} key points" if keypoints else row
    rows = columns(output(outputs, spec), width + keypoints * values, parts).T
    # Rows that are not needed have score 0, or class -1.
    kept = np.flatnonzero((rows[:, score] >= spec.score.floor) & (rows[:, class_id] >= 0))
    class_ids = rows[kept, class_id].round()
    kept, class_ids = kept[class_ids < 2**31], class_ids[class_ids < 2**31]
    scale = np.array(in_pixels(spec), np.float32)
    boxes = rows[kept, box : box + 4] * np.tile(scale, 2)
    shapes = NO_SHAPES
    if keypoints:
        shapes = Shapes(points=points_of(rows[kept, width:].reshape(-1, keypoints, values), scale))
    return Candidates(boxes, rows[kept, score], class_ids.astype(np.int32), shapes)
