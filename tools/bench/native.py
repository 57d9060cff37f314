"""A native engine on one thread, in a process of its own: questions and answers as JSON lines.

usage: python -m tools.bench.native opencv|onnxruntime
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np

from tools.bench.forward import Network, encoded


class _Network(Protocol):
    def run(self, times: int) -> list[float]: ...

    def encoded_outputs(self) -> list[dict[str, Any]]: ...


def _onnxruntime() -> Any:  # noqa: ANN401
    """The library, which has no types; the process of OpenCV does without it."""
    import onnxruntime  # type: ignore[import-untyped]

    return onnxruntime


class OrtNetwork:
    """A network in onnxruntime, all graph optimisations on, with its input."""

    def __init__(self, onnx: bytes, blob: bytes, shape: list[int], name: str) -> None:
        """Reads the network.

        Args:
            onnx: content of the file.
            blob: the input, float32.
            shape: the input's.
            name: the input's.
        """
        onnxruntime = _onnxruntime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3  # errors; its warnings tell of initialisers that it folded
        self._session = onnxruntime.InferenceSession(onnx, options, ["CPUExecutionProvider"])
        self._feeds = {name: np.frombuffer(blob, np.float32).reshape(shape)}
        self._results: list[Any] = []

    def run(self, times: int) -> list[float]:
        """Milliseconds of each of `times` forward passes."""
        milliseconds = []
        for _ in range(times):
            started = time.perf_counter()
            self._results = self._session.run(None, self._feeds)
            milliseconds.append((time.perf_counter() - started) * 1000)
        return milliseconds

    def encoded_outputs(self) -> list[dict[str, Any]]:
        """What the last pass gave."""
        names = [output.name for output in self._session.get_outputs()]
        return encoded(names, self._results)


def _load(engine: str, argument: dict[str, Any]) -> _Network:
    onnx, blob = (Path(argument[key]).read_bytes() for key in ("onnx", "blob"))
    if engine == "onnxruntime":
        return OrtNetwork(onnx, blob, argument["shape"], argument["input"])
    return Network(onnx, blob, argument["shape"], argument["input"], argument["outputs"])


def _version(engine: str) -> str:
    if engine == "onnxruntime":
        return str(_onnxruntime().__version__)
    return str(cv2.__version__)


def main() -> None:
    """Answers until standard input ends."""
    engine = sys.argv[1]
    cv2.setNumThreads(1)
    network: _Network | None = None
    print(json.dumps(_version(engine)), flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        value: Any = None
        if question["operation"] == "load":
            network = _load(engine, question["argument"])
        elif network is None:
            raise RuntimeError("asked before a network was loaded")
        elif question["operation"] == "run":
            value = network.run(question["argument"])
        else:
            value = network.encoded_outputs()
        print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main()
