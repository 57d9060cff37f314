"""How much work and memory a picture takes, as far as shapes are known.

GFLOPs count two operations for each multiply-add of convolutions and products of matrices, as the
papers of most detectors do, and nothing else. OpenCV's own getFLOPS counts a convolution in groups
as if it had none, and products of matrices not at all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from mekiki.doctor.graph import Graph, Node
from mekiki.doctor.step import Known, Shape, words
from mekiki.doctor.walk import RULES, Walk

FLOAT_BYTES = 4
# Multiply-adds of these are not known here.
_UNCOUNTED = frozenset(["Attention", "QGemm", "QLinearConv", "QLinearMatMul"])
# Operators without a rule that hardly take time.
_CHEAP = frozenset(
    words("""
        NonMaxSuppression NonZero And Or Xor Trilu GatherND OneHot IsNaN IsInf Size Compress
        RoiAlign GridSample BitShift Unique EyeLike
    """)
)


class UncountedError(Exception):
    """The work of an operator is not known."""


def gflops(graph: Graph, walk: Walk) -> float | None:
    """10^9 operations for one input; None where an operator's work is not known."""
    total = 0
    try:
        for node in graph.nodes:
            total += 2 * _multiply_adds(node, walk.known)
    except (UncountedError, IndexError, ZeroDivisionError):
        return None
    return total / 1e9


def weights_bytes(walk: Walk) -> int:
    """What the constants that are used while it runs take in memory: floats have 32 bits there."""
    used = (walk.known.get(name) for name in walk.connected)
    return sum(
        _bytes(known.shape) // (FLOAT_BYTES if known.depth == "i1" else 1)
        for known in used
        if known is not None and known.constant
    )


def activations_bytes(graph: Graph, walk: Walk) -> int | None:
    """The most that tensors take at one time, each freed once nobody needs it any more.

    OpenCV reuses memory in a like manner. None where a shape is not known.
    """
    last = {name: place for place, node in enumerate(graph.nodes) for name in node.inputs}
    last |= {value.name: len(graph.nodes) for value in graph.outputs}
    inputs = {value.name: walk.known.get(value.name, Known()) for value in graph.inputs}
    held = {name: _bytes(known.shape) for name, known in inputs.items() if not known.constant}
    now = most = sum(held.values())
    ends: dict[int, list[str]] = {}
    for name, place in last.items():
        ends.setdefault(place, []).append(name)
    for place, node in enumerate(graph.nodes):
        for name in node.outputs:
            known = walk.known.get(name, Known())
            if not name or known.constant or known.absent or name in held:
                continue
            if known.shape is None:
                return None
            held[name] = _bytes(known.shape)
            now += held[name]
        most = max(most, now)
        now -= sum(held.pop(name, 0) for name in ends.get(place, ()))
    return most


def _bytes(shape: Shape | None) -> int:
    return 0 if shape is None else max(0, math.prod(shape)) * FLOAT_BYTES


def _multiply_adds(node: Node, known: Mapping[str, Known]) -> int:
    made = [known.get(name, Known()) for name in node.outputs]
    if made and made[0].constant:
        return 0  # computed once, while the file is read
    count = _COUNTED.get(node.operator)
    if node.domain not in ("", "ai.onnx") or node.operator in _UNCOUNTED:
        raise UncountedError
    if count is None:
        if node.operator not in RULES and node.operator not in _CHEAP:
            raise UncountedError
        return 0
    given = [known.get(name, Known()).shape for name in node.inputs]
    shapes = [shape for shape in (given[0], given[1], made[0].shape) if shape is not None]
    if len(shapes) < 3:
        raise UncountedError
    return count(node, shapes)


def _convolution(_: Node, shapes: Sequence[Shape]) -> int:
    return math.prod(shapes[2]) * math.prod(shapes[1][1:])


def _deconvolution(_: Node, shapes: Sequence[Shape]) -> int:
    return math.prod(shapes[0]) * math.prod(shapes[1][1:])


def _product(_: Node, shapes: Sequence[Shape]) -> int:
    return math.prod(shapes[2]) * shapes[0][-1]


def _gemm(node: Node, shapes: Sequence[Shape]) -> int:
    inner = shapes[0][-2] if node.integer("transA", 0) else shapes[0][-1]
    return math.prod(shapes[2]) * inner


def _recurrent(node: Node, shapes: Sequence[Shape]) -> int:
    """Each step: a product with the weights of the gates, for what comes in and for the state."""
    steps, batch = shapes[0][:2]
    hidden = node.integer("hidden_size", 0)
    rows = math.prod(shapes[1][:2])
    return steps * batch * rows * (shapes[1][2] + hidden)


def _einsum(node: Node, shapes: Sequence[Shape]) -> int:
    """Of two: once for each combination of letters."""
    terms = node.text("equation").replace(" ", "").split("->")[0].split(",")
    if len(terms) != 2 or "." in "".join(terms):
        raise UncountedError
    lengths: dict[str, int] = {}
    for term, shape in zip(terms, shapes, strict=False):
        for letter, length in zip(term, shape, strict=False):
            lengths[letter] = max(length, lengths.get(letter, 1))
    return math.prod(lengths.values())


_COUNTED: dict[str, Callable[[Node, Sequence[Shape]], int]] = {
    "Conv": _convolution,
    "ConvTranspose": _deconvolution,
    "MatMul": _product,
    "Gemm": _gemm,
    "LSTM": _recurrent,
    "GRU": _recurrent,
    "Einsum": _einsum,
}
