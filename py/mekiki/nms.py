"""Non-maximum suppression.

Whether a candidate is kept depends only on candidates of higher score, and ties go by position.
So filtering the result at a higher score equals suppressing only the candidates above it, and the
user interface can move its threshold without running the model again. Whatever is added here must
keep that true; tests/engine/test_nms.py holds it to it.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates
from mekiki.spec import NmsSpec

MOST_CANDIDATES = 1000  # suppression compares pairs: a noisy picture must not take seconds
EVERY_SCORE = -1.0  # cv2 drops scores at or below its threshold; decode has filtered already


def suppress(candidates: Candidates, spec: NmsSpec) -> Candidates:
    """Keeps the best of each group of overlapping boxes.

    Args:
        candidates: boxes of any finite coordinates; others are dropped.
        spec: overlaps (intersection over union) above which the lower score goes.

    Returns:
        The survivors, by descending score.
    """
    candidates = _best(candidates)
    candidates = _pass(candidates, candidates.class_ids, spec.iou)
    if spec.across_classes_iou is not None:
        one_class = np.zeros(len(candidates), np.int32)
        candidates = _pass(candidates, one_class, spec.across_classes_iou)
    return candidates


def _best(candidates: Candidates) -> Candidates:
    """The `MOST_CANDIDATES` of highest score that are numbers at all."""
    finite = np.isfinite(candidates.boxes).all(axis=1) & np.isfinite(candidates.scores)
    candidates = candidates.take(finite)
    order = np.argsort(-candidates.scores, kind="stable")
    return candidates.take(order[:MOST_CANDIDATES])


def _pass(candidates: Candidates, class_ids: NDArray[np.int32], iou: float) -> Candidates:
    """One greedy pass that compares boxes of the same class id."""
    if len(candidates) == 0:
        return candidates
    # cv2 keeps classes apart by moving class k to the right by k times the largest coordinate.
    # A box that reaches left of 0 would then touch the class before, so all are moved inside.
    # In float64, so that the moving does not change any overlap.
    corners = candidates.boxes.astype(np.float64).reshape(-1, 2, 2)
    corners -= corners.min(axis=(0, 1))
    boxes = np.hstack((corners[:, 0], corners[:, 1] - corners[:, 0]))
    kept = cv2.dnn.NMSBoxesBatched(
        boxes.tolist(), candidates.scores.tolist(), class_ids.tolist(), EVERY_SCORE, iou
    )
    return candidates.take(np.asarray(kept, np.intp))
