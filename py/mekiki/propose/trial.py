"""Runs an unknown graph once on a grey picture, to see what it gives."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Mapping, Sequence
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from mekiki.doctor import examine, fix_sizes
from mekiki.errors import MekikiError
from mekiki.onnx_check import check_onnx
from mekiki.propose.facts import propose
from mekiki.propose.picture import picture_input
from mekiki.tensors import describe_tensors

MOST_GFLOPS = 200  # a phone takes half a minute, and nobody knows that it does not hang
GREY = 0.5

Json = dict[str, Any]


def try_out(data: bytes, name: str) -> Json:
    """Looks at a file, runs it once and proposes how to use it.

    Args:
        data: content of an ONNX file.
        name: of the file.

    Returns:
        `sha256` as text, `ms` of the run, its `outputs` (`describe_tensors`), and `proposals`.

    Raises:
        MekikiError: `model-unreadable`, `model-too-large`, `model-input-unsupported`,
            `model-cannot-run` with the doctor's `findings`, `model-too-slow`, `forward-failed`.
    """
    check_onnx(data, name)
    facts = examine(data, name)["facts"]
    assert isinstance(facts, dict)
    picture = picture_input(facts)
    report = examine(data, name, {picture.name: picture.shape})
    if not could_run(report):
        findings = [each for each in _findings(report) if each["severity"] == "blocks"]
        raise MekikiError("model-cannot-run", model=name, findings=findings)
    work = report["estimate"]["gflops"]  # type: ignore[index]
    if work is not None and work > MOST_GFLOPS:
        raise MekikiError("model-too-slow", model=name, gflops=round(work))
    ready = fix_sizes(data, {picture.name: picture.shape}) if picture.open else data
    outputs, ms = _run(ready, name, picture.name, picture.shape)
    sha256 = hashlib.sha256(data).hexdigest()
    proposals = propose(facts, outputs, sha256)
    return {"sha256": sha256, "ms": ms, "outputs": outputs, "proposals": proposals}


def _findings(report: Mapping[str, Any]) -> list[Json]:
    return list(report["findings"])


def could_run(report: Mapping[str, Any]) -> bool:
    """Whether it runs as it is, or once its sizes are fixed, which the engine does."""
    blocks = [each for each in _findings(report) if each["severity"] == "blocks"]
    return report["verdict"] == "runs" or all(each["advice"] == "fix-size" for each in blocks)


def _run(data: bytes, name: str, picture: str, shape: list[int]) -> tuple[list[Json], float]:
    blob = np.full(shape, GREY, np.float32)
    try:
        net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
        names = net.getUnconnectedOutLayersNames()
        net.setInput(blob, picture)
        started = time.perf_counter()
        arrays = cast(Sequence[NDArray[np.float32]], net.forward(names))
        ms = (time.perf_counter() - started) * 1000
    except cv2.error as error:
        raise MekikiError("forward-failed", model=name, detail=str(error)) from error
    return describe_tensors(dict(zip(names, arrays, strict=True))), ms
