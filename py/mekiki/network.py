"""Runs a model's graph: OpenCV does, or what a model's own code offers instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.errors import MekikiError
from mekiki.spec import ModelSpec

Blob = NDArray[np.float32]
Outputs = Mapping[str, NDArray[np.float32]]
Forward = Callable[[Blob], Outputs]

EVERY = ("*",)  # as the outputs of a spec: all, whatever they are called


def _without_memory(error: cv2.error) -> bool:
    # -4 is cv::Error::StsNoMem; an exception of C++ itself has no code of OpenCV's.
    return error.code == -4 or "bad_alloc" in str(error)


class Network:
    """An ONNX graph in cv2.dnn. An error in one pass leaves it fit for the next."""

    def __init__(self, onnx: bytes | NDArray[np.uint8], spec: ModelSpec) -> None:
        """Reads the graph, and checks that it has the outputs that the spec names.

        Raises:
            MekikiError: `model-unreadable`, `model-outputs-missing`.
            MemoryError: OpenCV finds none for it.
        """
        self._spec = spec
        self._held: Sequence[NDArray[np.float32]] | None = None
        try:
            self._net = cv2.dnn.readNetFromONNX(np.frombuffer(onnx, np.uint8))
            found = self._net.getUnconnectedOutLayersNames()
        except cv2.error as error:
            if _without_memory(error):
                raise MemoryError from error
            raise MekikiError("model-unreadable", model=spec.id, detail=str(error)) from error
        self._names = tuple(found) if spec.outputs == EVERY else spec.outputs
        missing = [name for name in self._names if name not in found]
        if missing:
            raise MekikiError(
                "model-outputs-missing", model=spec.id, missing=missing, found=list(found)
            )

    def __call__(self, blob: Blob) -> Outputs:
        """The outputs by name, for an input (1, 3, H, W). Their memory is used again next time.

        Raises:
            MekikiError: `forward-failed`.
            MemoryError: OpenCV finds none for it.
        """
        names = self._names
        held, self._held = self._held, None  # a failing pass may leave them half written
        try:
            self._net.setInput(blob, self._spec.input.name)
            outputs = self._net.forward(names, held) if held else self._net.forward(names)
        except cv2.error as error:
            if _without_memory(error):
                raise MemoryError from error
            raise MekikiError("forward-failed", model=self._spec.id, detail=str(error)) from error
        # cv2's type hints leave the element type open; ONNX outputs of these nets are float32.
        self._held = cast(Sequence[NDArray[np.float32]], outputs)
        return dict(zip(names, self._held, strict=True))
