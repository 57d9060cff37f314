"""How each family of models wants its pictures, and the scores and overlaps it is used with."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

# torchvision's mean and standard deviation of ImageNet, of values 0..255.
_MEAN = [123.675, 116.28, 103.53]
_DEVIATION = [58.395, 57.12, 57.375]

_STRETCH: Json = {"resize": "stretch"}
_RGB: Json = {"colour": "RGB", "mean": [0, 0, 0]}
RECIPES: dict[str, Json] = {
    "yolo": _RGB
    | {"scale": 1 / 255, "resize": "letterbox", "align": "centre", "rounding": "nearest"}
    | {"pad": 114},
    "yolox": {"colour": "BGR", "scale": 1, "mean": [0, 0, 0], "resize": "letterbox"}
    | {"align": "top-left", "rounding": "down", "pad": 114},
    "unit": _RGB | {"scale": 1 / 255} | _STRETCH,
    "signed": _RGB | {"scale": 1 / 127.5, "mean": [127.5, 127.5, 127.5]} | _STRETCH,
    "bytes": _RGB | {"scale": 1} | _STRETCH,
    "imagenet": {"colour": "RGB", "scale": [1 / each for each in _DEVIATION], "mean": _MEAN}
    | _STRETCH,
}

_NO_SUPPRESSION: Json = {"iou": 1, "across_classes_iou": None}
_SUPPRESSION: Json = {"iou": 0.5, "across_classes_iou": None}


def scores(kind: str) -> Json:
    """The lowest score that is decoded, and the one that is shown at first."""
    if kind == "classification":
        return {"floor": 0.01, "threshold": 0.1}
    return {"floor": 0.1, "threshold": 0.5 if kind == "segmentation" else 0.35}


def suppression(kind: str) -> Json:
    """None for what is finished in the graph, or is no box."""
    boxes = kind in ("yolox", "yolov5", "yolov8", "yolov8seg", "ssd")
    return dict(_SUPPRESSION if boxes else _NO_SUPPRESSION)
