"""The same detector on CPython, with the OpenCV of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.detector import Detector
from mekiki.errors import MekikiError
from mekiki.loader import load_model
from tools.paths import MODELS


class Native:
    """A model, ready."""

    def __init__(self, model: str, graph: Path, threshold: float | None) -> None:
        """Reads the model.

        Args:
            model: its id.
            graph: the ONNX file that the site brings.
            threshold: what is below it is not told; None for the model's own.

        Raises:
            MekikiError: it cannot be read.
        """
        spec, decode = load_model(MODELS / model)
        self._score = spec.score
        self._detector = Detector(spec, decode, graph.read_bytes())
        self.threshold = spec.score.threshold if threshold is None else threshold

    def lowest(self, class_id: int) -> float:
        """The lowest score that is told of a class."""
        return float(self._score.lowest(self.threshold, np.array([class_id], np.int32))[0])

    def detect(self, bgr: NDArray[np.uint8]) -> dict[str, Any]:
        """As the page's event has it: `found` with `width`, `height` and `detections`, or `error`.

        Args:
            bgr: uint8 (height, width, 3).
        """
        try:
            rgba: Any = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGBA)
            plain = self._detector.detect(rgba).detections.to_plain()
        except MekikiError as error:
            return {"error": f"{error.code} {error.data}"}
        shown = []
        for each in plain:
            if each["score"] >= self.lowest(each["class_id"]):
                x, y, width, height = each["box"]
                each["box"] = {"x": x, "y": y, "width": width, "height": height}
                shown.append(each)
        height, width = bgr.shape[:2]
        return {
            "found": {
                "width": width,
                "height": height,
                "threshold": self.threshold,
                "detections": shown,
            }
        }
