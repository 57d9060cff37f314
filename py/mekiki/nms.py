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
from mekiki.spec import LARGEST_INPUT, NmsSpec

MOST_CANDIDATES = 1000  # suppression compares pairs: a noisy picture must not take seconds
EVERY_SCORE = 0.0  # cv2's own threshold: decode has filtered already
REACH = 2.0 * LARGEST_INPUT  # px; how far outside the input boxes are told apart


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
    # cv2 keeps classes apart by moving class k to the right and down by k times the largest
    # coordinate. A box that lies left of and above the input would then touch the class before,
    # so all are moved inside; and a box of absurd size would move the others so far that they
    # lose their digits, so all are clipped. In float64, or the moving would change overlaps.
    corners = np.clip(candidates.boxes.astype(np.float64), -REACH, REACH) + REACH
    boxes = np.hstack((corners[:, :2], corners[:, 2:] - corners[:, :2]))
    kept = cv2.dnn.NMSBoxesBatched(
        boxes.tolist(), candidates.scores.tolist(), class_ids.tolist(), EVERY_SCORE, iou
    )
    return candidates.take(np.asarray(kept, np.intp))
