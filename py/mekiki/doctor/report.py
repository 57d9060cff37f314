"""Puts together what the doctor says of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mekiki.doctor.graph import Graph, Reader
from mekiki.doctor.sizes import chosen, declared, is_dynamic, real_inputs
from mekiki.doctor.step import Shape
from mekiki.doctor.walk import Refusal, Walk
from mekiki.errors import MekikiError
from mekiki.onnx_check import MOST_FIELDS, check_onnx
from mekiki.onnx_facts import onnx_facts
from mekiki.wire import Message, WireError

RUNS, NEEDS_HELP, CANNOT = "runs", "needs-help", "cannot"


def examine(
    data: bytes, name: str, sizes: Mapping[str, Sequence[int]] | None = None
) -> dict[str, object]:
    """Examines an ONNX file without loading it.

    Raises:
        MekikiError: `model-too-large` or `model-unreadable`: no graph can be read from it.
    """
    facts = onnx_facts(data, name)
    message = Message(data, MOST_FIELDS)
    try:
        graph = Reader(message).graph()
    except WireError as error:
        if message.fields_left < 0:
            raise MekikiError("model-too-large", fields=MOST_FIELDS) from error
        raise MekikiError("model-unreadable", model=name, detail=str(error)) from error
    inputs = real_inputs(graph)
    shapes = {value.name: chosen(value, sizes) for value in inputs}
    dynamic = is_dynamic(inputs)
    fixed = Walk(graph, False, False).run(shapes)
    as_is = fixed.refusals
    if dynamic or any(0 in declared(value)[1:] for value in inputs):
        read = Walk(graph, dynamic, True).run({value.name: declared(value) for value in inputs})
        as_is = read.refusals
    as_is = as_is or Walk(graph, dynamic, False).run(_set(shapes)).refusals
    refusals = [*_of_file(data, name), *_of_ends(graph, fixed), *as_is]
    verdict = CANNOT if refusals else RUNS
    return {
        "facts": facts,
        "verdict": verdict,
        "findings": [
            {"code": each.code, "severity": "blocks", "data": each.data, "advice": each.advice}
            for each in refusals
        ],
        "estimate": {
            "gflops": None,
            "weights_bytes": 0,
            "activations_bytes": None,
            "input": {key: list(shape) for key, shape in shapes.items()},
        },
    }


def _set(shapes: Mapping[str, Shape]) -> dict[str, Shape]:
    """The shapes once they are set: OpenCV makes a column of a vector."""
    return {
        name: (*shape, 1) if len(shape) == 1 else shape or (1, 1) for name, shape in shapes.items()
    }


def _of_file(data: bytes, name: str) -> list[Refusal]:
    try:
        check_onnx(data, name)
    except MekikiError as error:
        return [Refusal("file-refused", None, dict(error.data))]
    return []


def _of_ends(graph: Graph, walk: Walk) -> list[Refusal]:
    found = []
    for value in graph.outputs:
        if value.shape is None:
            found.append(Refusal("output-without-shape", "infer-shapes", {"output": value.name}))
        elif walk.known.get(value.name) and walk.known[value.name].constant:
            found.append(Refusal("output-constant", None, {"output": value.name}))
    return found
