"""A model that is ready to detect."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mekiki.attributes import merge_attributes
from mekiki.decoder import Decode, Decoder
from mekiki.detection import Detections
from mekiki.errors import MekikiError, own_code
from mekiki.network import Blob, Forward, Network, Outputs
from mekiki.nms import suppress
from mekiki.placement import Placement
from mekiki.preprocess import Preprocessor
from mekiki.spec import ModelSpec
from mekiki.tensors import describe_tensors

MOST_DETECTIONS = 200


@dataclass(frozen=True)
class Result:
    """What one frame gave.

    Attributes:
        detections: at or above the spec's score floor, at most 200.
        timings: milliseconds of `preprocess`, `forward` and `decode` (with suppression).
        tensors: the outputs in numbers, of a model of the task `tensors`; else None.
    """

    detections: Detections
    timings: dict[str, float]
    tensors: list[dict[str, Any]] | None = None


class Detector:
    """Runs one model on one frame after the other.

    An error in a frame leaves it fit for the next.
    """

    def __init__(self, spec: ModelSpec, decode: Decode, onnx: bytes | NDArray[np.uint8]) -> None:
        """Reads the model.

        Args:
            spec: facts of the model.
            decode: turns its outputs, by name, into candidates in input pixels; a `Decoder` may
                also bring its own way to run the model.
            onnx: content of the ONNX file.

        Raises:
            MekikiError: `model-unreadable`, `model-outputs-missing`, `decode-failed`.
        """
        self.spec = spec
        self._decode = decode
        self._forward = _forward(spec, decode, onnx)
        self._preprocess = Preprocessor(spec.input)

    def detect(self, rgba: NDArray[np.uint8]) -> Result:
        """Detects in a frame, uint8 (height, width, 4), RGBA, any size from 1 x 1.

        Raises:
            MekikiError: `frame-invalid`, `frame-empty`, `forward-failed`, `decode-failed`,
                `label-missing`.
        """
        started = time.perf_counter()
        placement = self._preprocess(rgba)
        preprocessed = time.perf_counter()
        outputs = self._forward(self._preprocess.blob)
        forwarded = time.perf_counter()
        detections = self._detections(outputs, placement)
        tensors = describe_tensors(outputs) if self.spec.task == "tensors" else None
        decoded = time.perf_counter()
        timings = {
            "preprocess": (preprocessed - started) * 1000,
            "forward": (forwarded - preprocessed) * 1000,
            "decode": (decoded - forwarded) * 1000,
        }
        return Result(detections, timings, tensors)

    def _detections(self, outputs: Outputs, placement: Placement) -> Detections:
        """Decodes, suppresses, and goes back to the frame's pixels."""
        with own_code("decode-failed", self.spec.id):
            candidates = self._decode(outputs, self.spec)
        kept = suppress(candidates, self.spec.nms)
        boxes = placement.boxes_to_source(kept.boxes)
        width, height = placement.source_width, placement.source_height
        np.clip(boxes, 0, np.array((width, height, width, height), np.float32), out=boxes)
        # A box that lies in the padding has no area left once it is clipped to the frame.
        visible = np.flatnonzero((boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1]))
        boxes, kept = boxes[visible], kept.take(visible)
        self._check_labels(kept.class_ids)
        shapes = kept.shapes.moved(placement.points_to_source).clipped(width, height)
        found = Detections(boxes, kept.scores, kept.class_ids, self.spec.labels, shapes)
        if self.spec.attributes is not None:
            found = merge_attributes(found, self.spec.attributes)
        return found.take(np.arange(min(len(found), MOST_DETECTIONS)))

    def _check_labels(self, class_ids: NDArray[np.int32]) -> None:
        largest = int(class_ids.max(initial=0))
        if largest >= len(self.spec.labels):
            raise MekikiError("label-missing", model=self.spec.id, class_id=largest)


def _forward(spec: ModelSpec, decode: Decode, onnx: bytes | NDArray[np.uint8]) -> Forward:
    """What runs the graph: OpenCV, or the model's own code."""
    if not isinstance(decode, Decoder) or decode.load is None:
        return Network(onnx, spec)
    with own_code("model-unreadable", spec.id):
        own = decode.load(bytes(onnx), spec)

    def forward(blob: Blob) -> Outputs:
        with own_code("forward-failed", spec.id):
            return own(blob)

    return forward
