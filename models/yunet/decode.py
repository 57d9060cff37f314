"""YuNet, by the class that OpenCV has for it: cv2.FaceDetectorYN runs it, decodes and suppresses.

https://docs.opencv.org/4.x/df/d20/classcv_1_1FaceDetectorYN.html; the model is
https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet.
"""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.network import Forward
from mekiki.shapes import Shapes
from mekiki.spec import ModelSpec

MOST = 1000  # candidates before suppression


def load(onnx: bytes, spec: ModelSpec) -> Forward:
    """Reads the model; what it gives is `faces`, float32 (N, 15), as `detect` describes it."""
    size = (spec.input.width, spec.input.height)
    content = np.frombuffer(onnx, np.uint8)
    nothing = np.zeros(0, np.uint8)
    detector = cv2.FaceDetectorYN.create(
        "onnx", content, nothing, size, spec.score.floor, spec.nms.iou, MOST
    )

    def forward(blob: NDArray[np.float32]) -> Mapping[str, NDArray[np.float32]]:
        # It wants the picture itself: BGR, whole numbers, the channels of a pixel together.
        picture = np.ascontiguousarray(blob[0].transpose(1, 2, 0)).astype(np.uint8)
        _, faces = detector.detect(picture)
        return {"faces": np.zeros((0, 15), np.float32) if faces is None else faces}

    return forward


def decode(outputs: Mapping[str, NDArray[np.float32]], _spec: ModelSpec) -> Candidates:
    """Decodes rows of x, y, width, height, five points x, y, and the score; in input pixels."""
    faces = outputs["faces"]
    boxes = np.hstack((faces[:, :2], faces[:, :2] + faces[:, 2:4]))
    places = faces[:, 4:14].reshape(-1, 5, 2)
    scores = faces[:, 14].copy()
    sure = np.broadcast_to(scores[:, None, None], (len(faces), 5, 1))  # they have none of their own
    points = np.concatenate((places, sure), axis=2)
    return Candidates(boxes, scores, np.zeros(len(faces), np.int32), Shapes(points=points))
