"""Puts together what the doctor says of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mekiki.doctor import structure
from mekiki.doctor.estimate import activations_bytes, gflops, weights_bytes
from mekiki.doctor.findings import WARNS, Finding, merged, verdict
from mekiki.doctor.graph import Graph, read_graph
from mekiki.doctor.inexact import inexact
from mekiki.doctor.sizes import as_set, chosen, declared, is_dynamic, real_inputs
from mekiki.doctor.step import Shape
from mekiki.doctor.walk import Refusal, Walk
from mekiki.onnx_facts import onnx_facts


def examine(
    data: bytes, name: str, sizes: Mapping[str, Sequence[int]] | None = None
) -> dict[str, object]:
    """Examines an ONNX file without loading it. Whatever the file holds, it ends soon.

    Args:
        data: content of the file.
        name: of the file, for the report.
        sizes: a shape for each input whose lengths the file leaves open; what is not given is
            guessed: one picture of three colours and 640 x 640, and 1 for anything else.

    Returns:
        What JSON can hold:
        `facts`: of `onnx_facts`.
        `verdict`: `runs`, `needs-help` (it does not run, but would once what the findings advise
        is done) or `cannot`.
        `findings`: each a `code` in kebab-case, `severity` (`blocks`, `warns` or `notes`), `data`
        for the words, and `advice`, a code or None.
        `estimate`: `gflops` and `activations_bytes` (None where they are not known; see
        `estimate.py` for what is counted), `weights_bytes`, and `input`: the shapes, by name, that
        all this is about.

    Raises:
        MekikiError: `model-too-large`, or `model-unreadable` with what is wrong as `detail`, where
            no graph can be read.
    """
    facts = onnx_facts(data, name)
    graph = read_graph(data, name)
    shapes = {value.name: chosen(value, sizes) for value in real_inputs(graph)}
    fixed = Walk(graph, False, False).run(shapes)
    findings = [
        *structure.of_form(data, name, graph),
        *_of_operators(graph, fixed, shapes),
        *structure.of_ends(graph, fixed),
    ]
    memory, work = activations_bytes(graph, fixed), gflops(graph, fixed)
    weights = weights_bytes(fixed)
    findings += [
        *_inexact(graph),
        *structure.of_inputs(graph, shapes),
        *structure.of_weights(graph),
        *structure.of_cost(work, None if memory is None else memory + weights),
    ]
    findings = merged(findings)
    return {
        "facts": facts,
        "verdict": verdict(findings),
        "findings": [each.to_dict() for each in findings],
        "estimate": {
            "gflops": work,
            "weights_bytes": weights,
            "activations_bytes": memory,
            "input": {key: list(shape) for key, shape in shapes.items()},
        },
    }


def _of_operators(graph: Graph, fixed: Walk, shapes: Mapping[str, Shape]) -> Iterator[Finding]:
    """Where OpenCV would stop: as the file is, and once its sizes are fixed."""
    yield from (_finding(each) for each in fixed.refusals)
    inputs = real_inputs(graph)
    dynamic = is_dynamic(inputs)
    as_is: list[Refusal] = []
    if dynamic or any(0 in declared(value)[1:] for value in inputs):
        start = {value.name: declared(value) for value in inputs}
        as_is = Walk(graph, dynamic, True).run(start).refusals
    # The way with its sizes fixed is the same one where nothing is open and nothing a vector.
    if not as_is and (dynamic or as_set(shapes) != shapes):
        as_is = Walk(graph, dynamic, False).run(as_set(shapes)).refusals
    known = {id(each.node) for each in fixed.refusals}
    more = [each for each in as_is if id(each.node) not in known]
    opened = next((value for value in inputs if 0 in declared(value)), None)
    if opened is None or not more:
        yield from (_finding(each) for each in more)
        return
    operators = sorted({str(each.data.get("operator", "")) for each in more})
    shape = [each if isinstance(each, int) else each or "?" for each in opened.shape or ()]
    told = {"input": opened.name, "shape": shape, "operators": ", ".join(operators)}
    yield Finding("input-open", advice="fix-size", data=told)


def _finding(refusal: Refusal) -> Finding:
    return Finding(refusal.code, advice=refusal.advice, data=refusal.data)


def _inexact(graph: Graph) -> Iterator[Finding]:
    for node in graph.nodes:
        if node.domain in ("", "ai.onnx") and (
            reason := inexact(node, graph.opset or 0, graph.producer)
        ):
            told = {"operator": node.operator, "option": reason, "reason": reason}
            yield Finding("operator-inexact", WARNS, data=told)
