"""The edge between the worker's JavaScript (py/worker.mjs) and the detector.

The one module that is written for Pyodide. It takes numbers, text and one JavaScript byte array,
answers with JSON text, and lets no exception through: the worker must survive all of them.
"""

from __future__ import annotations

import gc
import hashlib
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

from mekiki.detection import Detections, Tracked
from mekiki.detector import Detector
from mekiki.errors import MekikiError
from mekiki.loader import load_model, write_model
from mekiki.onnx_check import check_onnx, check_size
from mekiki.tracker import Tracker

MODELS = Path("/mekiki/models")
OWN = Path("/mekiki/own")  # models that the person brought: folders of the same form


# What is no object that moves through the picture is not followed from frame to frame.
UNTRACKED = ("mask", "classification", "tensors")


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
    tracker: Tracker | None = None
    tracked: tuple[int, int, int] | None = None  # session, width and height of its frames


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


def memory(heap: int) -> str:
    """What the engine holds, as JSON text: `heap` in bytes, as it was told, and Python's `objects`.

    Objects are counted after a collection: what they are of, a leak adds some with every frame.
    """
    gc.collect()
    return json.dumps({"heap": heap, "objects": len(gc.get_objects())})


def frame_array(width: int, height: int) -> NDArray[np.uint8]:
    """The array (height, width, 4) uint8 RGBA that the worker copies each frame into."""
    _State.frame = np.zeros((height, width, 4), np.uint8)
    return _State.frame


def too_large(byte_count: int) -> str:
    """Whether a model file is too large to be read: the error as JSON text, or no text.

    For before a file is brought into memory.
    """

    def work() -> dict[str, object]:
        check_size(byte_count)
        return {}

    refusal = _answer(work)
    return refusal if "error" in refusal else ""


def inspect(name: str, onnx: JsBytes) -> str:
    """What an ONNX file says of itself, and what the doctor says of it. Nothing is loaded.

    Returns:
        JSON text: see `onnx_facts`; with them `report` (`mekiki.doctor.examine`, without the facts)
        and `sha256` of the file.
    """

    def work() -> dict[str, object]:
        from mekiki.doctor import examine  # takes its time, and few starts of the engine need it

        check_size(len(onnx))
        data = onnx.to_bytes()
        report = examine(data, name)
        facts = report.pop("facts")
        assert isinstance(facts, dict)
        return {**facts, "report": report, "sha256": hashlib.sha256(data).hexdigest()}

    return _answer(work)


def propose(name: str, onnx: JsBytes) -> str:
    """Runs an ONNX file once, and proposes how to use it; the model in use stays.

    Returns:
        JSON text: see `mekiki.propose.try_out`.
    """

    def work() -> dict[str, object]:
        from mekiki.propose import try_out  # likewise

        check_size(len(onnx))
        return try_out(onnx.to_bytes(), name)

    return _answer(work)


def put_own(facts: str, decode: str) -> str:
    """Writes a model that the person brought, so that `load` finds it.

    Args:
        facts: text of its model.json, with its labels inside.
        decode: text of its decode.py; empty for a model whose facts name a decoder of ours.

    Returns:
        JSON text: model.
    """
    return _answer(lambda: {"model": write_model(OWN, facts, decode)})


def load(model_id: str, onnx: JsBytes, width: int = 0, height: int = 0, own: bool = False) -> str:
    """Makes a model the one that detects.

    Args:
        model_id: name of its folder in `/mekiki/models`.
        onnx: content of its ONNX file.
        width: of the input, one of the sizes that the model offers, pixels; 0 for the first one.
        height: likewise.
        own: whether it is one that `put_own` wrote.

    Returns:
        JSON text: model, input (width and height in use), ms.
    """

    def work() -> dict[str, object]:
        started = time.perf_counter()
        spec, decode = load_model((OWN if own else MODELS) / model_id)
        if width or height:
            spec = spec.at(width, height)
        check_size(len(onnx))  # before the copy: the WebAssembly heap grows, and never shrinks
        data = onnx.to_bytes()
        check_onnx(data, spec.id)
        if spec.input.fixed:
            from mekiki.doctor import fix_sizes  # likewise

            data = fix_sizes(data, {spec.input.name: spec.input.shape})
        _State.detector = Detector(spec, decode, data)
        _State.tracker = None
        size = [spec.input.width, spec.input.height]
        return {"model": model_id, "input": size, "ms": (time.perf_counter() - started) * 1000}

    return _answer(work)


def detect(
    width: int,
    height: int,
    source_width: int,
    source_height: int,
    before: str,
    heap: int,
    track: str = "null",
) -> str:
    """Detects in the frame array.

    Args:
        width: of the frame array, pixels.
        height: of the frame array, pixels.
        source_width: of the picture it was made from; boxes are given in its pixels.
        source_height: likewise.
        before: JSON text of the milliseconds spent before this call, by stage.
        heap: bytes of the WebAssembly heap.
        track: JSON text. For a picture of a live camera or a video `time` (of the frame, seconds),
            `threshold` (the lowest score shown) and `session` (a whole number; numbers of objects
            start at 1 again in another one); null for a picture by itself.

    Returns:
        JSON text: model, width, height, detections, ms by stage, heap. With `track` also its time,
        and with the detections of objects that were seen before their number `track`, and
        `velocity`, pixels of the source a second of the box's x, y, width and height. What a
        classification says is of the picture as a `whole`; a model of the task `tensors` answers
        with its `tensors`.
    """

    def work() -> dict[str, object]:
        if _State.detector is None:
            raise MekikiError("model-not-loaded")
        spec = _State.detector.spec
        result = _State.detector.detect(_State.frame)
        answer: dict[str, object] = {"model": spec.id, "width": source_width}
        answer["height"] = source_height
        ms = {**json.loads(before), **result.timings}
        found: Detections | Tracked = result.detections
        live = json.loads(track)
        if live is not None:
            answer["time"] = live["time"]
            if spec.task not in UNTRACKED:
                started = time.perf_counter()
                tracker = _tracker(live["session"], width, height)
                lowest = spec.score.lowest(live["threshold"], result.detections.class_ids)
                found = tracker.update(result.detections, live["time"], lowest)
                ms["track"] = (time.perf_counter() - started) * 1000
        plain = found.scaled(source_width / width, source_height / height).to_plain()
        if spec.task == "classification":
            plain = [{**each, "whole": True} for each in plain]
        if result.tensors is not None:
            answer["tensors"] = result.tensors
        return {**answer, "detections": plain, "ms": ms, "heap": heap}

    return _answer(work)


def _tracker(session: int, width: int, height: int) -> Tracker:
    """The tracker of this session; a new one when the frames have another size."""
    if _State.tracker is None or _State.tracked != (session, width, height):
        _State.tracker, _State.tracked = Tracker(width, height), (session, width, height)
    return _State.tracker
