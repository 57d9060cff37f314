"""A model that is ready to detect."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Candidates, Detections
from mekiki.errors import MekikiError, describe
from mekiki.nms import suppress
from mekiki.placement import Placement
from mekiki.preprocess import Preprocessor
from mekiki.spec import ModelSpec

MOST_DETECTIONS = 200

Outputs = Mapping[str, NDArray[np.float32]]
Decode = Callable[[Outputs, ModelSpec], Candidates]


@dataclass(frozen=True)
class Result:
    """What one frame gave.

    Attributes:
        detections: at or above the spec's score floor, at most 200.
        timings: milliseconds of `preprocess`, `forward` and `decode` (with suppression).
    """

    detections: Detections
    timings: dict[str, float]


class Detector:
    """Runs one model on one frame after the other.

    An error in a frame leaves it fit for the next.
    """

    def __init__(self, spec: ModelSpec, decode: Decode, onnx: bytes | NDArray[np.uint8]) -> None:
        """Reads the model.

        Args:
            spec: facts of the model.
            decode: turns its outputs, by name, into candidates in input pixels.
            onnx: content of the ONNX file.

        Raises:
            MekikiError: `model-unreadable`, `model-outputs-missing`.
        """
        self.spec = spec
        self._decode = decode
        self._net = _read_net(onnx, spec)
        self._preprocess = Preprocessor(spec.input)
        self._outputs: Sequence[NDArray[np.float32]] | None = None

    def detect(self, rgba: NDArray[np.uint8]) -> Result:
        """Detects in a frame, uint8 (height, width, 4), RGBA, any size from 1 x 1.

        Raises:
            MekikiError: `frame-invalid`, `frame-empty`, `forward-failed`, `decode-failed`,
                `label-missing`.
        """
        started = time.perf_counter()
        placement = self._preprocess(rgba)
        preprocessed = time.perf_counter()
        outputs = self._forward()
        forwarded = time.perf_counter()
        detections = self._detections(outputs, placement)
        decoded = time.perf_counter()
        timings = {
            "preprocess": (preprocessed - started) * 1000,
            "forward": (forwarded - preprocessed) * 1000,
            "decode": (decoded - forwarded) * 1000,
        }
        return Result(detections, timings)

    def _forward(self) -> Outputs:
        """The outputs by name. Their memory is used again for the next frame."""
        names = self.spec.outputs
        held, self._outputs = self._outputs, None  # a failing pass may leave them half written
        try:
            self._net.setInput(self._preprocess.blob, self.spec.input.name)
            outputs = self._net.forward(names, held) if held else self._net.forward(names)
        except cv2.error as error:
            raise MekikiError("forward-failed", model=self.spec.id, detail=str(error)) from error
        # cv2's type hints leave the element type open; ONNX outputs of these nets are float32.
        self._outputs = cast(Sequence[NDArray[np.float32]], outputs)
        return dict(zip(names, self._outputs, strict=True))

    def _detections(self, outputs: Outputs, placement: Placement) -> Detections:
        """Decodes, suppresses, and goes back to the frame's pixels."""
        try:
            candidates = self._decode(outputs, self.spec)
        except MekikiError:
            raise
        except Exception as error:  # a decoder is a model's own code: anything may come out
            detail = describe(error)
            raise MekikiError("decode-failed", model=self.spec.id, detail=detail) from error
        kept = suppress(candidates, self.spec.nms)
        boxes = placement.boxes_to_source(kept.boxes)
        width, height = placement.source_width, placement.source_height
        np.clip(boxes, 0, np.array((width, height, width, height), np.float32), out=boxes)
        # A box that lies in the padding has no area left once it is clipped to the frame.
        visible = np.flatnonzero((boxes[:, 2] > boxes[:, 0]) & (boxes[:, 3] > boxes[:, 1]))
        visible = visible[:MOST_DETECTIONS]
        class_ids = kept.class_ids[visible]
        self._check_labels(class_ids)
        return Detections(boxes[visible], kept.scores[visible], class_ids, self.spec.labels)

    def _check_labels(self, class_ids: NDArray[np.int32]) -> None:
        largest = int(class_ids.max(initial=0))
        if largest >= len(self.spec.labels):
            raise MekikiError("label-missing", model=self.spec.id, class_id=largest)


def _read_net(onnx: bytes | NDArray[np.uint8], spec: ModelSpec) -> cv2.dnn.Net:
    """The net, checked to have the outputs that the spec names."""
    try:
        net = cv2.dnn.readNetFromONNX(np.frombuffer(onnx, np.uint8))
        found = net.getUnconnectedOutLayersNames()
    except cv2.error as error:
        raise MekikiError("model-unreadable", model=spec.id, detail=str(error)) from error
    missing = [name for name in spec.outputs if name not in found]
    if missing:
        raise MekikiError(
            "model-outputs-missing", model=spec.id, missing=missing, found=list(found)
        )
    return net
