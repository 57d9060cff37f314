"""One network in OpenCV, timed: the same code in Pyodide and on CPython, with every wheel.

The browser's worker (page/cv2.mjs) runs this file as it is, so it imports nothing of the project.
"""

from __future__ import annotations

import base64
import statistics
import time
from collections.abc import Sequence
from typing import Any

import cv2
import numpy as np


def encoded(names: Sequence[str], arrays: Sequence[Any]) -> list[dict[str, Any]]:
    """Outputs as JSON can hold them: name, shape, and float32 values in base64."""
    return [
        {
            "name": name,
            "shape": list(array.shape),
            "data": base64.b64encode(array.astype(np.float32).tobytes()).decode(),
        }
        for name, array in zip(names, arrays, strict=True)
    ]


class Network:
    """A network with its input."""

    def __init__(
        self,
        onnx: bytes | memoryview,
        blob: bytes | memoryview,
        shape: Sequence[int],
        name: str,
        outputs: Sequence[str],
    ) -> None:
        """Reads the network; the first forward pass is still to come.

        Args:
            onnx: content of the file.
            blob: the input, float32.
            shape: the input's.
            name: the input's.
            outputs: names of what is asked for.
        """
        self._net = cv2.dnn.readNetFromONNX(np.frombuffer(onnx, np.uint8))
        self._blob = np.frombuffer(blob, np.float32).reshape(tuple(shape)).copy()
        self._name = name
        self._names = list(outputs)
        self._results: Sequence[Any] = ()

    def run(self, times: int) -> list[float]:
        """Milliseconds of each of `times` forward passes, outputs as arrays included."""
        milliseconds = []
        for _ in range(times):
            started = time.perf_counter()
            self._net.setInput(self._blob, self._name)
            self._results = self._net.forward(self._names)
            milliseconds.append((time.perf_counter() - started) * 1000)
        return milliseconds

    def encoded_outputs(self) -> list[dict[str, Any]]:
        """What the last pass gave."""
        return encoded(self._names, self._results)

    def profile(self, times: int) -> list[dict[str, Any]]:
        """Each layer's name, type, shapes, and its median milliseconds over `times` passes.

        Layers that another one has taken over (fused) take 0.
        """
        passes = []
        for _ in range(times):
            self.run(1)
            _, ticks = self._net.getPerfProfile()
            passes.append(np.ravel(ticks) * 1000 / cv2.getTickFrequency())
        ids, inputs, outputs = self._net.getLayersShapes(list(self._blob.shape))
        shapes = dict(zip(np.ravel(ids).tolist(), zip(inputs, outputs, strict=True), strict=True))
        names = self._net.getLayerNames()  # without the input, whose id is 0
        layers = []
        for index, (name, times_taken) in enumerate(
            zip(names, zip(*passes, strict=True), strict=True)
        ):
            layer = self._net.getLayer(self._net.getLayerId(name))
            taken, given = shapes[index + 1]
            layers.append(
                {
                    "name": name.removeprefix("onnx_node!"),
                    "type": layer.type,
                    "inputs": [np.ravel(shape).tolist() for shape in taken],
                    "outputs": [np.ravel(shape).tolist() for shape in given],
                    "weights": [list(blob.shape) for blob in layer.blobs],
                    "milliseconds": float(statistics.median(times_taken)),
                }
            )
        return layers
