"""PP-OCR's text detection: a map of how likely each pixel is text, shrunk towards its middle.

Formulas: Real-time Scene Text Detection with Differentiable Binarization,
https://arxiv.org/abs/1911.08947, and `DBPostProcess` in ppocr/postprocess/db_postprocess.py of
https://github.com/PaddlePaddle/PaddleOCR: outlines of what is above 0.3, the smallest turned
rectangle around each, its mean probability, and grown by area * 1.6 / perimeter. There the growing
is of the polygon; of a rectangle it is the same but for its round corners.
"""

from __future__ import annotations

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.shapes import Shapes
from mekiki.spec import ModelSpec

TEXT = 0.3  # of a pixel
UNCLIP = 1.6
SMALLEST = 3  # pixels of the map, the shorter side before growing
MOST = 200


def _score(plane: NDArray[np.float32], contour: NDArray[np.int32]) -> float:
    """The mean probability inside an outline."""
    left, top, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillPoly(mask, [contour - (left, top)], 1)
    return float(cv2.mean(plane[top : top + height, left : left + width], mask)[0])


def decode(outputs: Mapping[str, NDArray[np.float32]], spec: ModelSpec) -> Candidates:
    """Decodes the one output (1, 1, H, W): the probability of text, as large as the input."""
    plane = outputs[spec.outputs[0]][0, 0]
    rows, columns = plane.shape
    mask = (plane > TEXT).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    largest = sorted(contours, key=len, reverse=True)[:MOST]
    quads, scores = [], []
    for contour in largest:
        centre, (width, height), angle = cv2.minAreaRect(contour)
        if min(width, height) < SMALLEST:
            continue
        score = _score(plane, contour)
        if score < spec.score.floor:
            continue
        grown = width * height * UNCLIP / (width + height)  # the distance, on both sides
        quads.append(cv2.boxPoints((centre, (width + grown, height + grown), angle)))
        scores.append(score)
    scale = np.array((spec.input.width / columns, spec.input.height / rows), np.float32)
    found = np.array(quads, np.float32).reshape(-1, 4, 2) * scale
    boxes = np.hstack((found.min(axis=1), found.max(axis=1)))
    class_ids = np.zeros(len(found), np.int32)
    return Candidates(boxes, np.array(scores, np.float32), class_ids, Shapes(quads=found))
