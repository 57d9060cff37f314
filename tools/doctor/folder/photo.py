"""What a model finds on the sample photos, and what of it small weights keep."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.decoder import Decode
from mekiki.detection import Detections
from mekiki.detector import Detector
from mekiki.spec import ModelSpec
from tools.errors import BuildError
from tools.paths import APP

SURE = 0.1  # above the threshold: what lies nearer may be on its other side with other weights
KEPT = 0.7  # overlap (IoU) of a box with that of the exact weights
MOST_EXPECTED = 4  # detections that are written down

Found = list[dict[str, Any]]


def samples() -> list[str]:
    """Names of the photos in app/samples."""
    return sorted(path.stem for path in (APP / "samples").glob("*.jpg"))


def photo_named(given: str) -> str:
    """The sample that a name or path means.

    Raises:
        BuildError: `photo-unknown`: other photos may have no licence that lets them be given on.
    """
    name = Path(given).stem
    if name not in samples():
        do = "put it into app/samples and its licence into LICENCES.md there"
        raise BuildError("photo-unknown", photo=given, samples=", ".join(samples()), do=do)
    return name


def find(spec: ModelSpec, decode: Decode, onnx: bytes, photos: Sequence[str]) -> dict[str, Found]:
    """What is found on each photo well above its threshold, the most certain first."""
    detector = Detector(spec, decode, onnx)
    return {name: _sure(detector.detect(_read(name)).detections, spec) for name in photos}


def keeps(exact: dict[str, Found], small: dict[str, Found]) -> bool:
    """Whether everything is found again: of the same label and about the same box."""
    return all(
        any(each["label"] == wanted["label"] and _iou(each, wanted) >= KEPT for each in small[name])
        for name, found in exact.items()
        for wanted in found
    )


def expected(found: dict[str, Found], photo: str | None) -> dict[str, Any]:
    """`expected` of a model.json, from the photo that is wanted or the one that shows most."""
    name = photo or max(found, key=lambda each: len(found[each]))
    return {
        "sample": name,
        "detections": [
            {"label": each["label"], "box": [round(side) for side in each["box"]]}
            for each in found[name][:MOST_EXPECTED]
        ],
    }


def _sure(detections: Detections, spec: ModelSpec) -> Found:
    lowest = spec.score.lowest(spec.score.threshold, detections.class_ids)
    # Where the threshold is near 1, half of what is left above it.
    above = np.minimum(lowest + SURE, (1 + lowest) / 2)
    return detections.take(detections.scores >= above).to_plain()


def _read(name: str) -> NDArray[np.uint8]:
    picture = cv2.imread(str(APP / "samples" / f"{name}.jpg"), cv2.IMREAD_COLOR)
    assert picture is not None
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGBA), np.uint8)


def _iou(one: dict[str, Any], other: dict[str, Any]) -> float:
    (ax, ay, aw, ah), (bx, by, bw, bh) = one["box"], other["box"]
    width, height = min(ax + aw, bx + bw) - max(ax, bx), min(ay + ah, by + bh) - max(ay, by)
    shared = max(width, 0.0) * max(height, 0.0)
    return float(shared / max(aw * ah + bw * bh - shared, 1e-9))
