"""Runs an ONNX file once, in a process of its own: some files end the process that loads them.

`python -m tools.doctor.trial opencv|onnxruntime FILE INPUTS.npz OUTPUTS.npz` prints a line of JSON:
`runs`, `stage` (`done`, or where it stopped), `error`, and `ms`, of the best of three passes.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from mekiki.errors import MekikiError
from mekiki.onnx_check import check_onnx

Arrays = Mapping[str, NDArray[np.float32]]
PASSES = 3


class StageError(Exception):
    """Where it stopped, and what was said there."""


def opencv(path: Path, inputs: Arrays) -> tuple[Callable[[], object], list[str]]:
    """A pass through cv2.dnn on one thread, and the names of its outputs."""
    cv2.setNumThreads(1)
    data = path.read_bytes()
    try:
        check_onnx(data, path.name)
    except MekikiError as error:
        raise StageError("check", str(error)) from error
    try:
        net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
        names = list(net.getUnconnectedOutLayersNames())
    except cv2.error as error:
        raise StageError("read", str(error)) from error

    def forward() -> object:
        try:
            for name, value in inputs.items():
                net.setInput(value, name)
            return net.forward(names)
        except cv2.error as error:
            raise StageError("forward", str(error)) from error

    return forward, names


def reference(path: Path, inputs: Arrays) -> tuple[Callable[[], object], list[str]]:
    """The same in onnxruntime, which takes each input in its own type."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])
    except Exception as error:  # whatever onnxruntime raises
        raise StageError("read", str(error)) from error
    given = {
        each.name: inputs.get(each.name, _nothing(each.shape)).astype(_kind(each.type))
        for each in session.get_inputs()
    }
    names = [each.name for each in session.get_outputs()]

    def forward() -> object:
        try:
            return session.run(names, given)
        except Exception as error:
            raise StageError("forward", str(error)) from error

    return forward, names


def _nothing(shape: list[object]) -> NDArray[np.float32]:
    """For an input that a mended copy has no more."""
    return np.zeros([each if isinstance(each, int) else 1 for each in shape], np.float32)


_KINDS = {"float": "float32", "double": "float64"}


def _kind(text: str) -> str:
    """The name in numpy of an element type, such as `tensor(float)`."""
    inner = text.removeprefix("tensor(").removesuffix(")")
    return _KINDS.get(inner, inner)


def run(kind: str, path: Path, inputs: Arrays, target: Path) -> dict[str, object]:
    """What became of it; its outputs are written to `target`."""
    try:
        forward, names = (opencv if kind == "opencv" else reference)(path, inputs)
        found, times = forward(), []
        for _ in range(PASSES):
            started = time.perf_counter()
            forward()
            times.append(time.perf_counter() - started)
    except StageError as error:
        stage, said = error.args
        return {"runs": False, "stage": stage, "error": said, "ms": None}
    assert isinstance(found, list | tuple)
    arrays = {name: np.asarray(each) for name, each in zip(names, found, strict=True)}
    np.savez(target, **arrays)  # type: ignore[arg-type]
    return {"runs": True, "stage": "done", "error": "", "ms": min(times) * 1000}


if __name__ == "__main__":
    engine, file, given, made = sys.argv[1:]
    with np.load(given) as archive:
        pictures = dict(archive)
    print(json.dumps(run(engine, Path(file), pictures, Path(made))))
