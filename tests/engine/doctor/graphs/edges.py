"""Small graphs that OpenCV stops at, each for one reason, with what the doctor has to say."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import onnx
from onnx import TensorProto

from tests.engine.doctor.graphs.drawing import Drawing

SHAPE = (1, 4, 8, 8)

# By name: how it is made, the code, and the advice.
EDGES: dict[str, tuple[Callable[[], bytes], str, str | None]] = {}

Draw = Callable[[Drawing, str], str]


def _edge(name: str, code: str, advice: str | None, draw: Draw, *, shape=SHAPE, opset=17, **output):
    """Registers a graph of one input."""

    def make() -> bytes:
        net = Drawing(name, opset)
        return net.model(draw(net, net.input("x", shape)), **output)

    EDGES[name] = (make, code, advice)


def _resize(*factors: float, **attributes) -> Draw:
    return lambda net, x: net.node("Resize", x, "", net.constant(factors), **attributes)


def _shared(net: Drawing, x: str) -> str:
    weights = net.random(*SHAPE)
    first = net.node("Concat", x, weights, axis=1)
    return net.node("Concat", first, weights, axis=1)


def _twice_named(net: Drawing, x: str) -> str:
    y = net.node("Relu", x)
    z = net.node("Sigmoid", y)
    net.nodes[1].name = net.nodes[0].name
    return z


def _mask(net: Drawing, x: str) -> str:
    """The second output of Dropout makes OpenCV read what is not there."""
    kept, mask = net.nodes_of("Dropout", x, count=2)
    return net.node("Mul", kept, net.node("Cast", mask, to=TensorProto.FLOAT))


def _unused(net: Drawing, x: str) -> str:
    net.input("z", SHAPE)
    return net.node("Relu", x)


def _columns(net: Drawing, x: str) -> str:
    """A Shape is flat and a constant beside it a column: OpenCV makes a table of the two."""
    least = net.node("Min", net.node("Shape", x), net.ints(9, 9, 9, 9))
    return net.node("Reshape", x, least)


def _by_weights(net: Drawing, x: str) -> str:
    weights = net.node("Tanh", net.random(4, 4, 3, 3))
    return net.node("Conv", x, weights, kernel_shape=[3, 3])


_edge("no such operator", "operator-unsupported", None, lambda net, x: net.node("Trilu", x))
_edge(
    "Loop without its graph",
    "operator-unsupported",
    "export-without-loop",
    lambda net, x: net.node("Loop", net.constant(1, np.int64), "", x),
)
_edge("cubic", "operator-option", None, _resize(1, 1, 2, 2, mode="cubic"))
_edge("mode left out", "option-missing", "write-option", _resize(1, 1, 2, 2))
_edge(
    "resized by three axes",
    "operator-rank",
    None,
    _resize(1, 1, 2, mode="nearest"),
    shape=(1, 4, 8),
)
# OpenCV reads beside an array here: mostly that ends the process, sometimes it is an error.
_edge(
    "Einsum in capitals ends the process",
    "operator-option",
    None,
    lambda net, x: net.node("Einsum", x, net.random(8, 5), equation="BCHW,WD->BCHD"),
)
_edge(
    "Einsum without an arrow",
    "operator-option",
    None,
    lambda net, x: net.node("Einsum", x, net.random(8, 5), equation="nchw,wd"),
)
_edge("mask of Dropout ends the process", "output-not-made", None, _mask)
_edge(
    "Clip by what is computed",
    "input-not-constant",
    None,
    lambda net, x: net.node("Clip", x, net.node("ReduceMin", x, keepdims=0)),
)
_edge("weights from Tanh", "constant-unfolded", "simplify", _by_weights)
_edge(
    "square root of a scalar",
    "constant-unfolded",
    "simplify",
    lambda net, x: net.node("Div", x, net.node("Sqrt", net.constant(64.0))),
)
_edge("one constant in two Concats", "constant-unfolded", "simplify", _shared)
_edge("column and row", "operator-shapes", "simplify", _columns)
_edge(
    "constant as a number",
    "constant-form",
    "simplify",
    lambda net, x: net.node("Add", x, net.node("Constant", value_float=1.0)),
)
_edge(
    "weights of truth values",
    "constant-kind",
    "simplify",
    lambda net, x: net.node(
        "Where", net.constant(np.ones((1, 4, 1, 1)), np.bool_), x, net.constant(0.0)
    ),
)
_edge(
    "two axes at once",
    "operator-option",
    None,
    lambda net, x: net.node("Unsqueeze", x, net.ints(0, 3)),
)
_edge(
    "axes of Pad",
    "operator-inputs",
    None,
    lambda net, x: net.node("Pad", x, net.ints(1, 1), net.constant(0.0), net.ints(2)),
    opset=18,
)
_edge(
    "pads below zero",
    "operator-option",
    None,
    lambda net, x: net.node("Pad", x, net.ints(0, 0, -1, -1, 0, 0, -1, -1)),
)
_edge(
    "backwards",
    "operator-option",
    None,
    lambda net, x: net.node("Slice", x, net.ints(-1), net.ints(-9), net.ints(3), net.ints(-1)),
)
_edge(
    "more than there are",
    "operator-shapes",
    None,
    lambda net, x: net.nodes_of("TopK", x, net.ints(99), count=2)[0],
)
_edge(
    "scales of groups",
    "operator-shapes",
    "other-opset",
    lambda net, x: net.node("GroupNormalization", x, net.random(2), net.random(2), num_groups=2),
    opset=18,
)
_edge(
    "uneven pads of a deconvolution",
    "operator-option",
    None,
    lambda net, x: net.node("ConvTranspose", x, net.random(4, 2, 3, 3), pads=[0, 1, 1, 0]),
)
_edge(
    "deconvolution of a line",
    "operator-rank",
    None,
    lambda net, x: net.node("ConvTranspose", x, net.random(4, 2, 3)),
    shape=(1, 4, 8),
)
_edge("one name for two", "name-twice", "simplify", _twice_named)
_edge("input that nobody uses", "input-unused", "simplify", _unused)
_edge(
    "output of unknown shape",
    "output-without-shape",
    "infer-shapes",
    lambda net, x: net.node("Relu", x),
    infer=False,
)
_edge("no opset", "opset-missing", "other-opset", lambda net, x: net.node("Relu", x))
_edge(
    "text as a type",
    "operator-unsupported",
    None,
    lambda net, x: net.node("StringNormalizer", x),
    kinds=[TensorProto.STRING],
)


def _without_opset(make: Callable[[], bytes]) -> Callable[[], bytes]:
    def made() -> bytes:
        model = onnx.load_from_string(make())
        del model.opset_import[:]
        return model.SerializeToString(deterministic=True)

    return made


make, *told = EDGES["no opset"]
EDGES["no opset"] = (_without_opset(make), *told)
