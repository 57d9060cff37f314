"""The edge between the worker's JavaScript (py/worker.mjs) and the detector.

The one module that is written for Pyodide. It takes numbers, text and one JavaScript byte array,
answers with JSON text, and lets no exception through: the worker must survive all of them.
"""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.detector import Detector
from mekiki.errors import MekikiError
from mekiki.loader import load_model
from mekiki.onnx_check import check_onnx, check_size

MODELS = Path("/mekiki/models")


class JsBytes(Protocol):
    """What Pyodide makes of a JavaScript Uint8Array."""

    def __len__(self) -> int:
        """How many bytes there are."""
        ...

    def to_bytes(self) -> bytes:
        """A copy of the bytes."""
        ...


class _State:
    """What lives as long as the worker."""

    frame: NDArray[np.uint8] = np.zeros((1, 1, 4), np.uint8)
    detector: Detector | None = None


def _answer(work: Callable[[], dict[str, object]]) -> str:
    """Runs `work` and puts its result, or what went wrong, into JSON text."""
    try:
        answer = work()
    except MekikiError as error:
        answer = {"error": {"code": error.code, "data": error.data}}
    except MemoryError:
        answer = {"error": {"code": "out-of-memory", "data": {}}}
    except Exception as error:
        lines = traceback.format_exception_only(error)
        last = traceback.extract_tb(error.__traceback__)[-1]
        data = {"detail": "".join(lines).strip(), "file": last.filename, "line": last.lineno}
        answer = {"error": {"code": "python-error", "data": data}}
    return json.dumps(answer)


def about() -> str:
    """Versions of what runs here, as JSON text."""
    versions = {"python": sys.version.split()[0], "numpy": np.__version__, "cv2": cv2.__version__}
    return json.dumps(versions)


def frame_array(width: int, height: int) -> NDArray[np.uint8]:
    """The array (height, width, 4) uint8 RGBA that the worker copies each frame into."""
    _State.frame = np.zeros((height, width, 4), np.uint8)
    return _State.frame


def load(model_id: str, onnx: JsBytes) -> str:
    """Makes the model in `/mekiki/models/<model_id>` the one that detects."""

    def work() -> dict[str, object]:
        started = time.perf_counter()
        spec, decode = load_model(MODELS / model_id)
        check_size(len(onnx))  # before the copy: the WebAssembly heap grows, and never shrinks
        data = onnx.to_bytes()
        check_onnx(data, spec.id)
        _State.detector = Detector(spec, decode, data)
        return {"model": model_id, "ms": (time.perf_counter() - started) * 1000}

    return _answer(work)


def detect(
    width: int, height: int, source_width: int, source_height: int, before: str, heap: int
) -> str:
    """Detects in the frame array.

    Args:
        width: of the frame array, pixels.
        height: of the frame array, pixels.
        source_width: of the picture it was made from; boxes are given in its pixels.
        source_height: likewise.
        before: JSON text of the milliseconds spent before this call, by stage.
        heap: bytes of the WebAssembly heap.

    Returns:
        JSON text: model, width, height, detections, ms by stage, heap.
    """

    def work() -> dict[str, object]:
        if _State.detector is None:
            raise MekikiError("model-not-loaded")
        result = _State.detector.detect(_State.frame)
        detections = result.detections.scaled(source_width / width, source_height / height)
        return {
            "model": _State.detector.spec.id,
            "width": source_width,
            "height": source_height,
            "detections": detections.to_plain(),
            "ms": {**json.loads(before), **result.timings},
            "heap": heap,
        }

    return _answer(work)
