"""What is wrong or remarkable about a file as a whole, whatever its operators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mekiki.doctor.findings import NOTES, WARNS, Finding
from mekiki.doctor.graph import FLOAT, FLOAT16, Graph
from mekiki.doctor.sizes import declared, real_inputs
from mekiki.doctor.step import Shape
from mekiki.doctor.walk import Walk
from mekiki.errors import MekikiError
from mekiki.onnx_check import check_onnx
from mekiki.onnx_facts import element_name
from mekiki.wire import WireError

HEAVY_GFLOPS = 10  # YOLOX-nano has 1.08, which a phone does five to ten times a second
LARGE_BYTES = 256 * 2**20  # of weights and activations


def of_form(data: bytes, name: str, graph: Graph) -> Iterator[Finding]:
    """What `check_onnx` refuses, each with a code of its own."""
    outside = [tensor.name for tensor in graph.constants.values() if tensor.external]
    if outside:
        told = {"tensor": outside[0], "count": len(outside)}
        yield Finding("weights-outside", advice="embed-weights", data=told)
    try:
        check_onnx(data, name)
    except MekikiError as error:
        cause = error.__cause__
        code = cause.code if isinstance(cause, WireError) else "damaged"
        if error.code == "model-too-large":
            yield Finding("input-too-large", data=dict(error.data))
        elif code == "damaged":
            yield Finding("file-refused", data={"detail": str(error.data.get("detail"))})
        elif code not in ("weights-outside", "operator-graph"):  # those are told already
            yield Finding(code, data=dict(cause.data) if isinstance(cause, WireError) else {})


def of_ends(graph: Graph, walk: Walk) -> Iterator[Finding]:
    """Inputs that nobody uses, and outputs that OpenCV does not give."""
    inner = any(each.code == "operator-graph" for each in walk.refusals)  # may use any of them
    for value in real_inputs(graph):
        if value.name not in walk.connected and not inner:
            yield Finding("input-unused", advice="simplify", data={"input": value.name})
    for value in graph.outputs:
        known = walk.known.get(value.name)
        if value.shape is None:
            told = {"output": value.name}
            yield Finding("output-without-shape", advice="infer-shapes", data=told)
        elif known and known.absent:
            yield Finding("output-not-made", data={"tensor": value.name})
        elif known and known.constant:
            yield Finding("output-constant", data={"output": value.name})


def of_inputs(graph: Graph, shapes: Mapping[str, Shape]) -> Iterator[Finding]:
    """What to know of the inputs before a picture is put in."""
    inputs = real_inputs(graph)
    if len(inputs) != 1:
        yield Finding("inputs-several", WARNS, data={"count": len(inputs)})
    for value in inputs:
        told = {"input": value.name, "shape": shapes[value.name]}
        if 0 in declared(value):
            yield Finding("input-guessed", NOTES, data=told)
        if value.kind not in (FLOAT, FLOAT16):
            kind = element_name(value.kind or 0)
            yield Finding("input-kind", WARNS, data={"input": value.name, "type": kind})
        if code := _no_picture(shapes[value.name]):
            yield Finding(code, WARNS, data=told)


def _no_picture(shape: Shape) -> str | None:
    if len(shape) == 4 and shape[0] == 1 and shape[1] == 3:
        return None
    last = len(shape) == 4 and shape[0] == 1 and shape[3] == 3
    return "input-channels-last" if last else "input-no-picture"


def of_weights(graph: Graph) -> Iterator[Finding]:
    """Half precision, which OpenCV widens."""
    if any(tensor.kind == FLOAT16 for tensor in graph.constants.values()):
        yield Finding("weights-half", NOTES)


def of_cost(gflops: float | None, memory: int | None) -> Iterator[Finding]:
    """What a phone has to bear."""
    if gflops is not None and gflops > HEAVY_GFLOPS:
        yield Finding("heavy", WARNS, "smaller-input", {"gflops": round(gflops, 1)})
    if memory is not None and memory > LARGE_BYTES:
        told = {"megabytes": round(memory / 1e6)}
        yield Finding("memory-large", WARNS, "smaller-input", told)
