"""Tries what is known to help, one after the other, and keeps what does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import onnx
from onnx import helper

from mekiki.doctor import examine
from mekiki.doctor.findings import BLOCKS, RUNS
from mekiki.errors import MekikiError
from tools.doctor.mending import means
from tools.errors import BuildError
from tools.models.fp16 import store_weights_as_fp16

Report = dict[str, Any]
Work = Callable[[onnx.ModelProto, Report], onnx.ModelProto | None]
Sizes = Mapping[str, Sequence[int]]
# In this order: later ones need what earlier ones found. Each with what it did, in words.
ORDER = (
    (means.write_opset, "wrote the opset that it is taken for"),
    (means.write_sizes, "wrote the sizes of the inputs"),
    (means.drop_unused_inputs, "left out inputs that nothing uses"),
    (means.name_apart, "gave each operator a name of its own"),
    (means.write_options, "wrote options out that were left to their default"),
    (means.cut_suppression, "cut off non-maximum suppression: boxes and scores are the outputs"),
    (means.infer_shapes, "wrote the shapes of the outputs"),
    (means.simplify, "simplified: constants are computed beforehand"),
    (means.infer_shapes, "wrote the shapes of the outputs"),
)
SWELLING = 1.1  # how much larger simplifying may make a file that runs already


@dataclass
class Mended:
    """A file and what was done to it.

    Attributes:
        model: what became of it.
        report: the doctor's, of that.
        changes: what was done, in words.
        original: the file as it was, with every tensor that is an output now as an output.
    """

    model: onnx.ModelProto
    report: Report
    original: onnx.ModelProto
    changes: list[str] = field(default_factory=list)


def mend(path: Path, sizes: Sizes) -> Mended:
    """Mends a copy of a file as far as it goes; the report tells what remains.

    Args:
        path: the file, whose weights may be in other files beside it.
        sizes: shapes of the inputs that it leaves open; guessed where they are not given.

    Raises:
        BuildError: the file cannot be read.
    """
    try:
        model = onnx.load(path)
    except Exception as error:  # protobuf's own, and whatever weights elsewhere bring about
        raise BuildError("model-file-unreadable", file=path, detail=error) from error
    before = path.read_bytes()
    mended = Mended(model, _examine(model, path.name, sizes), means.copied(model))
    if before != model.SerializeToString() and _codes(before, path.name) & {"weights-outside"}:
        mended.changes.append("put the weights into the file")
    for work, words in ORDER:
        _try(mended, work, words, sizes)
    for opset, model in _others(mended):
        if _is_better(report := _examine(model, path.name, sizes), mended.report):
            mended.model, mended.report = model, report
            mended.changes.append(f"converted to opset {opset}")
    _watch(mended)
    return mended


def halve(mended: Mended) -> None:
    """Stores its weights as float16."""
    name = str(mended.report["facts"]["name"])
    mended.model = store_weights_as_fp16(mended.model)
    mended.report = _examine(mended.model, name, {})
    mended.changes.append("stored the weights as float16")


def _try(mended: Mended, work: Work, words: str, sizes: Sizes) -> None:
    try:
        changed = work(mended.model, mended.report)
        if changed is None:
            return
        report = _examine(changed, str(mended.report["facts"]["name"]), sizes)
    except Exception:  # onnx and onnxruntime raise what they like; then this means does not help
        return
    runs = mended.report["verdict"] == RUNS
    if work is means.write_sizes:
        kept = len(_blocks(report)) <= len(_blocks(mended.report))
    elif work is means.simplify and runs:
        kept = report["verdict"] == RUNS and _is_smaller(report["facts"], mended.report["facts"])
    else:
        kept = not runs and _is_better(report, mended.report)
    if kept:
        mended.model, mended.report = changed, report
        mended.changes.append(words)


def _others(mended: Mended) -> Iterator[tuple[int, onnx.ModelProto]]:
    """In other opsets, for as long as it does not run."""
    for opset, model in means.other_opsets(mended.model):
        if mended.report["verdict"] == RUNS:
            return
        yield opset, model


def _examine(model: onnx.ModelProto, name: str, sizes: Sizes) -> Report:
    try:
        return dict(examine(model.SerializeToString(), name, sizes))
    except MekikiError as error:
        raise BuildError(error.code, **error.data) from error


def _codes(data: bytes, name: str) -> set[object]:
    return {each["code"] for each in dict(examine(data, name))["findings"]}  # type: ignore[attr-defined]


def _blocks(report: Report) -> list[object]:
    return [each for each in report["findings"] if each["severity"] == BLOCKS]


def _is_better(report: Report, old: Report) -> bool:
    return report["verdict"] == RUNS or len(_blocks(report)) < len(_blocks(old))


def _is_smaller(facts: Report, old: Report) -> bool:
    fewer: bool = facts["nodes"] < old["nodes"]
    return fewer and bool(facts["bytes"] <= old["bytes"] * SWELLING)


def _watch(mended: Mended) -> None:
    """Makes outputs of the original what has become one."""
    graph = mended.original.graph
    made = {name for node in graph.node for name in node.output}
    known = {info.name for info in graph.output}
    for info in mended.model.graph.output:
        if info.name in made - known:
            graph.output.append(
                helper.make_tensor_value_info(info.name, onnx.TensorProto.FLOAT, None)
            )
