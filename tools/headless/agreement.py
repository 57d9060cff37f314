"""Whether the browser and the native engine found the same in the same pixels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

# Both sum in different orders, so the last digits differ; what is more is a fault of one of them.
SCORES = 0.005  # largest difference of two scores
OVERLAP = 0.98  # smallest IoU of two boxes

Detection = dict[str, Any]


def iou(one: dict[str, float], other: dict[str, float]) -> float:
    """Intersection over union of two boxes: x, y, width, height."""
    width, height = (
        min(one[at] + one[side], other[at] + other[side]) - max(one[at], other[at])
        for at, side in (("x", "width"), ("y", "height"))
    )
    shared = max(0.0, width) * max(0.0, height)
    union = one["width"] * one["height"] + other["width"] * other["height"] - shared
    return shared / union if union > 0 else 1.0


def compare(
    browser: Sequence[Detection], native: Sequence[Detection], lowest: Callable[[int], float]
) -> dict[str, Any]:
    """Pairs what has the same class by overlap, the surest first.

    Args:
        browser: what the page published.
        native: what the native engine found.
        lowest: the threshold of a class; what is just above it on one side may miss on the other.

    Returns:
        `pairs`, `score` and `box` (largest difference of scores, of box edges in pixels), `iou`
        (the smallest), `alone` (label, score and side of what has no partner), and `agrees`.
    """
    left = list(native)
    pairs: list[tuple[Detection, Detection]] = []
    alone: list[dict[str, Any]] = []
    for each in sorted(browser, key=lambda found: -found["score"]):
        same = [other for other in left if other["class_id"] == each["class_id"]]
        best = max(same, key=lambda other: iou(each["box"], other["box"]), default=None)
        if best is None or iou(each["box"], best["box"]) < 0.5:
            alone.append(_alone("browser", each, lowest))
        else:
            left.remove(best)
            pairs.append((each, best))
    alone += [_alone("native", each, lowest) for each in left]
    score = max((abs(a["score"] - b["score"]) for a, b in pairs), default=0.0)
    overlap = min((iou(a["box"], b["box"]) for a, b in pairs), default=1.0)
    return {
        "pairs": len(pairs),
        "score": score,
        "box": max((_edges(a["box"], b["box"]) for a, b in pairs), default=0.0),
        "iou": overlap,
        "alone": alone,
        "agrees": score <= SCORES and overlap >= OVERLAP and all(each["near"] for each in alone),
    }


def _alone(side: str, found: Detection, lowest: Callable[[int], float]) -> dict[str, Any]:
    near = found["score"] - lowest(found["class_id"]) <= SCORES
    return {"by": side, "label": found["label"], "score": found["score"], "near": near}


def _edges(one: dict[str, float], other: dict[str, float]) -> float:
    """Largest distance of two edges, in pixels."""
    return max(
        abs(one[at] + more * one[side] - other[at] - more * other[side])
        for at, side in (("x", "width"), ("y", "height"))
        for more in (0, 1)
    )
