"""Attention: encoders, decoders, windows, and positions that are computed."""

from __future__ import annotations

import numpy as np

from tests.engine.doctor.graphs.convolutional import gelu
from tests.engine.doctor.graphs.drawing import Drawing

WIDTH, HEADS = 32, 4


def attention(net: Drawing, x: str, memory: str, length: int, other: int) -> str:
    """Several heads, each a product of queries and keys."""
    each = WIDTH // HEADS

    def heads(tensor: str, count: int) -> str:
        split = net.node(
            "Reshape", net.linear(tensor, WIDTH, WIDTH), net.ints(1, count, HEADS, each)
        )
        return net.node("Transpose", split, perm=[0, 2, 1, 3])

    query, key, value = heads(x, length), heads(memory, other), heads(memory, other)
    key = net.node("Transpose", key, perm=[0, 1, 3, 2])
    scores = net.node("Mul", net.node("MatMul", query, key), net.constant(each**-0.5))
    found = net.node("MatMul", net.node("Softmax", scores, axis=-1), value)
    found = net.node("Transpose", found, perm=[0, 2, 1, 3])
    return net.linear(net.node("Reshape", found, net.ints(1, length, WIDTH)), WIDTH, WIDTH)


def normalised(net: Drawing, x: str) -> str:
    return net.node("LayerNormalization", x, net.random(WIDTH), net.random(WIDTH), axis=-1)


def block(net: Drawing, x: str, length: int) -> str:
    """Attention to itself and two layers, each beside what went in."""
    y = normalised(net, x)
    x = net.node("Add", x, attention(net, y, y, length, length))
    wide = gelu(net, net.linear(normalised(net, x), WIDTH, WIDTH * 4))
    return net.node("Add", x, net.linear(wide, WIDTH * 4, WIDTH))


def patches(net: Drawing, side: int = 32, patch: int = 8) -> str:
    x = net.input("pixel_values", (1, 3, side, side))
    x = net.conv(x, 3, WIDTH, patch, patch, pads=[0] * 4)
    count = (side // patch) ** 2
    x = net.node("Reshape", x, net.ints(1, WIDTH, count))
    return net.node("Transpose", x, perm=[0, 2, 1])


def vit() -> bytes:
    """A token for the class before the patches, read out by Gather."""
    net = Drawing("vit", opset=17)
    x = net.node("Concat", net.random(1, 1, WIDTH), patches(net), axis=1)
    x = net.node("Add", x, net.random(1, 17, WIDTH))
    for _ in range(2):
        x = block(net, x, 17)
    x = net.node("Gather", normalised(net, x), net.constant(0, np.int64), axis=1)
    return net.model(net.node("Gemm", x, net.random(10, WIDTH), net.random(10), transB=1))


def vit_of_dynamic_batch() -> bytes:
    """The class token expanded to a batch that Shape tells, as PyTorch exports it."""
    net = Drawing("vit dynamic", opset=17)
    x = net.input("pixel_values", ("batch", 3, 32, 32))
    x = net.conv(x, 3, WIDTH, 8, 8, pads=[0] * 4)
    batch = net.node("Gather", net.node("Shape", x), net.constant(0, np.int64), axis=0)
    batch = net.node("Unsqueeze", batch, net.ints(0))
    shape = net.node("Concat", batch, net.ints(WIDTH), net.ints(16), axis=0)
    x = net.node("Transpose", net.node("Reshape", x, shape), perm=[0, 2, 1])
    token = net.node("Concat", batch, net.ints(1), net.ints(WIDTH), axis=0)
    x = net.node("Concat", net.node("Expand", net.random(1, 1, WIDTH), token), x, axis=1)
    return net.model(normalised(net, x))


def swin() -> bytes:
    """Windows of 4 x 4, shifted by halves: Slice and Concat in place of roll, six axes."""
    net = Drawing("swin", opset=16)
    x = patches(net, 64, 8)
    x = net.node("Reshape", x, net.ints(1, 8, 8, WIDTH))
    for axis in (1, 2):
        late = net.node("Slice", x, net.ints(2), net.ints(2**62), net.ints(axis))
        early = net.node("Slice", x, net.ints(0), net.ints(2), net.ints(axis))
        x = net.node("Concat", late, early, axis=axis)
    x = net.node("Reshape", x, net.ints(1, 2, 4, 2, 4, WIDTH))
    x = net.node("Transpose", x, perm=[0, 1, 3, 2, 4, 5])
    x = net.node("Reshape", x, net.ints(-1, 16, WIDTH))
    each = net.node("MatMul", x, net.node("Transpose", x, perm=[0, 2, 1]))
    mask = net.constant(np.where(np.arange(4 * 256).reshape(4, 16, 16) % 3, 0, -100))
    each = net.node("Softmax", net.node("Add", each, mask), axis=-1)
    x = net.node("MatMul", each, x)
    x = net.node("Reshape", x, net.ints(1, 2, 2, 4, 4, WIDTH))
    x = net.node("Transpose", x, perm=[0, 1, 3, 2, 4, 5])
    return net.model(net.node("Reshape", x, net.ints(1, 64, WIDTH)))


def detr() -> bytes:
    """Queries that are weights, attending to a picture; boxes and scores."""
    net = Drawing("detr", opset=17)
    memory = net.node("Add", patches(net), net.random(1, 16, WIDTH))
    memory = block(net, memory, 16)
    queries = net.node(
        "Add",
        net.node("Mul", net.node("ReduceMean", memory, axes=[1]), net.constant(0.0)),
        net.random(1, 10, WIDTH),
    )
    x = net.node("Add", queries, attention(net, queries, memory, 10, 16))
    logits = net.linear(normalised(net, x), WIDTH, 5)
    boxes = net.node("Sigmoid", net.linear(net.node("Relu", x), WIDTH, 4))
    return net.model(logits, boxes)


def detr_of_weights() -> bytes:
    """The queries' own products stand in the file, as exporters leave them."""
    net = Drawing("detr of weights", opset=17)
    memory = patches(net)
    queries = net.random(1, 10, WIDTH)
    x = net.node("Add", queries, attention(net, queries, memory, 10, 16))
    return net.model(net.linear(x, WIDTH, 5))


def normalisation_by_hand() -> bytes:
    """LayerNormalization below opset 17: six operators."""
    net = Drawing("layer norm by hand", opset=12)
    x = net.input("x", (1, 16, WIDTH))
    mean = net.node("ReduceMean", x, axes=[-1])
    less = net.node("Sub", x, mean)
    power = net.node("Pow", less, net.constant(2.0))
    deviation = net.node("ReduceMean", power, axes=[-1])
    deviation = net.node("Sqrt", net.node("Add", deviation, net.constant(1e-5)))
    x = net.node("Mul", net.node("Div", less, deviation), net.random(WIDTH))
    return net.model(net.node("Add", x, net.random(WIDTH)))


def einsum_attention() -> bytes:
    net = Drawing("einsum attention", opset=13)
    x = net.input("x", (1, 16, WIDTH))
    query, key = net.linear(x, WIDTH, WIDTH), net.linear(x, WIDTH, WIDTH)
    scores = net.node("Softmax", net.node("Einsum", query, key, equation="bqc,bkc->bqk"), axis=-1)
    return net.model(net.node("Einsum", scores, x, equation="bqk,bkc->bqc"))


def rotary_positions() -> bytes:
    """Sine and cosine of positions, computed from a Range in the file."""
    net = Drawing("rotary positions", opset=13)
    x = net.input("x", (1, 16, 8))
    steps = net.node(
        "Range", net.constant(0, np.int64), net.constant(16, np.int64), net.constant(1, np.int64)
    )
    steps = net.node("Unsqueeze", net.node("Cast", steps, to=1), net.ints(1))
    angles = net.node("Mul", steps, net.constant(np.ones((1, 4)) / 10))
    left, right = net.nodes_of("Split", x, net.ints(4, 4), count=2, axis=2)
    turned = net.node(
        "Sub",
        net.node("Mul", left, net.node("Cos", angles)),
        net.node("Mul", right, net.node("Sin", angles)),
    )
    return net.model(net.node("Concat", turned, right, axis=2))


GRAPHS = {
    function.__name__: function
    for function in (
        vit,
        vit_of_dynamic_batch,
        swin,
        detr,
        detr_of_weights,
        normalisation_by_hand,
        einsum_attention,
        rotary_positions,
    )
}
