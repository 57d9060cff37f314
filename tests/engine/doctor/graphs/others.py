"""Sequences, whole numbers, half precision, and operators that few models have."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto, helper

from tests.engine.doctor.graphs.drawing import Drawing


def crnn() -> bytes:
    """A line of text: columns of a picture, read in both directions."""
    net = Drawing("crnn", opset=13)
    x = net.node("Relu", net.conv(net.input("x", (1, 1, 32, 64)), 1, 8, 3, 2))
    x = net.node("MaxPool", x, kernel_shape=[16, 1], strides=[16, 1])
    x = net.node("Transpose", net.node("Squeeze", x, net.ints(2)), perm=[2, 0, 1])
    y = net.node(
        "LSTM",
        x,
        net.random(2, 64, 8),
        net.random(2, 64, 16),
        net.random(2, 128),
        hidden_size=16,
        direction="bidirectional",
    )
    y = net.node("Reshape", net.node("Transpose", y, perm=[0, 2, 1, 3]), net.ints(0, 0, -1))
    return net.model(net.node("LogSoftmax", net.linear(y, 32, 11), axis=2))


def gru() -> bytes:
    net = Drawing("gru", opset=14)
    x = net.input("x", (12, 1, 6))
    y = net.node(
        "GRU",
        x,
        net.random(1, 24, 6),
        net.random(1, 24, 8),
        net.random(1, 48),
        "",
        net.constant(np.zeros((1, 1, 8))),
        hidden_size=8,
        linear_before_reset=1,
    )
    return net.model(net.linear(net.node("Squeeze", y, net.ints(1)), 8, 3))


def gru_without_state() -> bytes:
    """The first state is left out, which means zeros."""
    net = Drawing("gru without state", opset=14)
    x = net.input("x", (12, 1, 6))
    weights = net.random(1, 24, 6), net.random(1, 24, 8), net.random(1, 48)
    return net.model(net.node("GRU", x, *weights, hidden_size=8))


def _branch(name: str, operator: str):
    node = helper.make_node(operator, ["x"], [name])
    value = helper.make_tensor_value_info(name, TensorProto.FLOAT, (1, 3, 8, 8))
    return helper.make_graph([node], name, [], [value])


def branches() -> bytes:
    net = Drawing("branches", opset=13)
    net.input("x", (1, 3, 8, 8))
    flag = net.constant(True, np.bool_)
    branches = {"then_branch": _branch("a", "Relu"), "else_branch": _branch("b", "Sigmoid")}
    return net.model(net.node("If", flag, **branches))


def loop() -> bytes:
    net = Drawing("loop", opset=13)
    x = net.input("x", (1, 3, 8, 8))
    values = [
        helper.make_tensor_value_info(name, kind, shape)
        for name, kind, shape in (
            ("step", TensorProto.INT64, ()),
            ("on", TensorProto.BOOL, ()),
            ("state", TensorProto.FLOAT, (1, 3, 8, 8)),
            ("still", TensorProto.BOOL, ()),
            ("next", TensorProto.FLOAT, (1, 3, 8, 8)),
        )
    ]
    nodes = [
        helper.make_node("Identity", ["on"], ["still"]),
        helper.make_node("Relu", ["state"], ["next"]),
    ]
    body = helper.make_graph(nodes, "body", values[:3], values[3:])
    count, on = net.constant(3, np.int64), net.constant(True, np.bool_)
    return net.model(net.node("Loop", count, on, x, body=body))


def grid_sample() -> bytes:
    net = Drawing("grid sample", opset=16)
    x = net.input("x", (1, 3, 8, 8))
    return net.model(net.node("GridSample", x, net.random(1, 8, 8, 2)))


def scatter_nd() -> bytes:
    """A row of a tensor replaced, as assignments to slices are exported."""
    net = Drawing("scatter nd", opset=16)
    x = net.input("x", (1, 4, 6))
    row = net.node("Slice", x, net.ints(1), net.ints(2), net.ints(1))
    updates = net.node("Squeeze", net.node("Mul", row, net.constant(2.0)), net.ints(1))
    return net.model(net.node("ScatterND", x, net.constant([[0, 2]], np.int64), updates))


def quantised() -> bytes:
    """Scales and zero points around every operator: static int8 as onnxruntime writes it."""
    net = Drawing("quantised", opset=13)
    x = net.input("x", (1, 3, 16, 16))
    scale, zero = net.constant(0.02), net.constant(0, np.int8)

    def rounded(tensor: str) -> str:
        return net.node(
            "DequantizeLinear", net.node("QuantizeLinear", tensor, scale, zero), scale, zero
        )

    for given, made in ((3, 8), (8, 8)):
        weights = net.constant(net.rng.integers(-127, 128, (made, given, 3, 3)), np.int8)
        weights = net.node(
            "DequantizeLinear",
            weights,
            net.constant(np.full(made, 0.01)),
            net.constant(np.zeros(made), np.int8),
            axis=0,
        )
        bias = net.node(
            "DequantizeLinear",
            net.constant(np.arange(made), np.int32),
            net.constant(np.full(made, 0.0002)),
            net.constant(np.zeros(made), np.int32),
            axis=0,
        )
        x = net.node("Relu", net.node("Conv", rounded(x), weights, bias, pads=[1] * 4))
    return net.model(net.node("GlobalAveragePool", rounded(x)))


def quantised_dynamically() -> bytes:
    net = Drawing("quantised dynamically", opset=13)
    x = net.input("x", (1, 16))
    whole, scale, zero = net.nodes_of("DynamicQuantizeLinear", x, count=3)
    weights = net.constant(net.rng.integers(-127, 128, (16, 4)), np.int8)
    product = net.node("MatMulInteger", whole, weights, zero)
    product = net.node("Cast", product, to=TensorProto.FLOAT)
    return net.model(net.node("Mul", product, scale))


def half_precision() -> bytes:
    """Everything in float16, input and output too."""
    net = Drawing("half precision", opset=13)
    x = net.input("x", (1, 3, 16, 16), TensorProto.FLOAT16)
    weights = net.constant(net.rng.normal(0, 0.2, (8, 3, 3, 3)), np.float16)
    x = net.node("Relu", net.node("Conv", x, weights, pads=[1] * 4))
    x = net.node("Mul", x, net.constant(0.5, np.float16))
    return net.model(net.node("GlobalAveragePool", x), kinds=[TensorProto.FLOAT16])


def half_weights() -> bytes:
    """Weights in float16, widened by Cast: half the download."""
    net = Drawing("half weights", opset=13)
    x = net.input("x", (1, 3, 16, 16))
    weights = net.constant(net.rng.normal(0, 0.2, (8, 3, 3, 3)), np.float16)
    weights = net.node("Cast", weights, to=TensorProto.FLOAT)
    return net.model(net.node("Relu", net.node("Conv", x, weights, pads=[1] * 4)))


def own_domain() -> bytes:
    net = Drawing("own domain", opset=13)
    x = net.conv(net.input("x", (1, 3, 16, 16)), 3, 8)
    return net.model(net.node("DeformableConv", x, domain="mmdeploy"))


def fused_for_onnxruntime() -> bytes:
    """As its optimiser saves a graph: operators of com.microsoft."""
    net = Drawing("fused for onnxruntime", opset=13)
    x = net.input("x", (1, 3, 16, 16))
    x = net.node("FusedConv", x, net.random(8, 3, 1, 1), domain="com.microsoft", activation="Relu")
    return net.model(net.node("Gelu", x, domain="com.microsoft"))


def newest_opset() -> bytes:
    """Opset 22; Gelu, GroupNormalization and axes as inputs are operators of their own."""
    net = Drawing("newest opset", opset=22, ir=10)
    x = net.conv(net.input("x", (1, 3, 16, 16)), 3, 8)
    x = net.node("GroupNormalization", x, net.random(8), net.random(8), num_groups=2)
    x = net.node("ReduceMean", net.node("Gelu", x), net.ints(2, 3), keepdims=0)
    return net.model(net.node("Gemm", x, net.random(8, 5), net.random(5)))


def logic() -> bytes:
    """A mask made of comparisons joined by And."""
    net = Drawing("logic", opset=13)
    x = net.input("x", (1, 3, 16, 16))
    low = net.node("Greater", x, net.constant(0.2))
    high = net.node("Less", x, net.constant(0.8))
    both = net.node("Cast", net.node("And", low, high), to=TensorProto.FLOAT)
    return net.model(net.node("Mul", x, both))


def embedding() -> bytes:
    """Numbers of words, looked up in a table."""
    net = Drawing("embedding", opset=13)
    words = net.input("input_ids", (1, 7), TensorProto.INT64)
    x = net.node("Add", net.node("Gather", net.random(50, 16), words), net.random(1, 7, 16))
    return net.model(net.linear(x, 16, 4))


GRAPHS = {
    function.__name__: function
    for function in (
        crnn,
        gru,
        gru_without_state,
        branches,
        loop,
        grid_sample,
        scatter_nd,
        quantised,
        quantised_dynamically,
        half_precision,
        half_weights,
        own_domain,
        fused_for_onnxruntime,
        newest_opset,
        logic,
        embedding,
    )
}
