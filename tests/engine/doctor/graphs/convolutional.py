"""Networks of convolutions, small: written as PyTorch's exporter writes them."""

from __future__ import annotations

import numpy as np

from tests.engine.doctor.graphs.drawing import Drawing

SIDE = 64


def mobilenet_v2() -> bytes:
    """Inverted residuals: expand, filter each channel, project."""
    net = Drawing("mobilenet v2", opset=13)
    x = net.input("input", (1, 3, SIDE, SIDE))
    x = _clipped(net, net.conv(x, 3, 16, stride=2))
    for given, made, stride in ((16, 24, 2), (24, 24, 1), (24, 32, 2), (32, 32, 1)):
        wide = _clipped(net, net.conv(x, given, given * 6, 1))
        wide = _clipped(net, net.conv(wide, given * 6, given * 6, 3, stride, group=given * 6))
        narrow = net.conv(wide, given * 6, made, 1)
        x = net.node("Add", x, narrow) if given == made and stride == 1 else narrow
    x = net.node("Flatten", net.node("GlobalAveragePool", x), axis=1)
    return net.model(net.node("Gemm", x, net.random(10, 32), net.random(10), transB=1))


def _clipped(net: Drawing, x: str) -> str:
    return net.node("Clip", x, net.constant(0.0), net.constant(6.0))


def resnet18() -> bytes:
    """Basic blocks with batch normalisation left in."""
    net = Drawing("resnet 18", opset=11)
    x = net.input("data", (1, 3, SIDE, SIDE))
    x = net.node("Relu", net.batch_norm(net.conv(x, 3, 16, 7, 2), 16))
    x = net.node("MaxPool", x, kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    for given, made, stride in ((16, 16, 1), (16, 32, 2), (32, 64, 2)):
        y = net.node("Relu", net.batch_norm(net.conv(x, given, made, 3, stride), made))
        y = net.batch_norm(net.conv(y, made, made), made)
        same = given == made
        short = x if same else net.batch_norm(net.conv(x, given, made, 1, stride), made)
        x = net.node("Relu", net.node("Add", y, short))
    x = net.node("Flatten", net.node("GlobalAveragePool", x))
    x = net.node("Gemm", x, net.random(10, 64), net.random(10), transB=1)
    return net.model(net.node("Softmax", x, axis=1))


def shufflenet_v2() -> bytes:
    """Halves of the channels, and the shuffle as Reshape, Transpose, Reshape."""
    net = Drawing("shufflenet v2", opset=12)
    x = net.node("Relu", net.conv(net.input("x", (1, 3, SIDE, SIDE)), 3, 24, 3, 2))
    for _ in range(2):
        left, right = net.nodes_of("Split", x, count=2, axis=1)
        right = net.node("Relu", net.conv(right, 12, 12, 1))
        right = net.conv(right, 12, 12, 3, group=12)
        right = net.node("Relu", net.conv(right, 12, 12, 1))
        x = net.node("Concat", left, right, axis=1)
        x = net.node("Reshape", x, net.ints(1, 2, 12, SIDE // 2, SIDE // 2))
        x = net.node("Transpose", x, perm=[0, 2, 1, 3, 4])
        x = net.node("Reshape", x, net.ints(1, 24, SIDE // 2, SIDE // 2))
    x = net.node("ReduceMean", x, axes=[2, 3], keepdims=0)
    return net.model(net.node("Gemm", x, net.random(24, 10), net.random(10)))


def unet() -> bytes:
    """Down by pooling, up by transposed convolution, with what was there before beside it."""
    net = Drawing("u-net", opset=16)
    x = net.input("image", (1, 3, SIDE, SIDE))
    a = _twice(net, x, 3, 8)
    b = _twice(net, _halved(net, a), 8, 16)
    c = _twice(net, _halved(net, b), 16, 32)
    up = net.node("ConvTranspose", c, net.random(32, 16, 2, 2), net.random(16), strides=[2, 2])
    d = _twice(net, net.node("Concat", up, b, axis=1), 32, 16)
    up = net.node("ConvTranspose", d, net.random(16, 8, 2, 2), net.random(8), strides=[2, 2])
    e = _twice(net, net.node("Concat", up, a, axis=1), 16, 8)
    return net.model(net.node("Sigmoid", net.conv(e, 8, 1, 1)))


def _twice(net: Drawing, x: str, given: int, made: int) -> str:
    x = net.node("Relu", net.conv(x, given, made))
    return net.node("Relu", net.conv(x, made, made))


def _halved(net: Drawing, x: str) -> str:
    return net.node("MaxPool", x, kernel_shape=[2, 2], strides=[2, 2])


def efficientnet() -> bytes:
    """Swish, and channels weighed by what is in them."""
    net = Drawing("efficientnet", opset=13)
    x = _swish(net, net.conv(net.input("x", (1, 3, SIDE, SIDE)), 3, 16, 3, 2))
    for given, made, stride in ((16, 24, 2), (24, 24, 1)):
        y = _swish(net, net.conv(x, given, given * 4, 1))
        y = _swish(net, net.conv(y, given * 4, given * 4, 5, stride, group=given * 4))
        squeezed = net.node("ReduceMean", y, axes=[2, 3], keepdims=1)
        squeezed = _swish(net, net.conv(squeezed, given * 4, 4, 1))
        squeezed = net.node("Sigmoid", net.conv(squeezed, 4, given * 4, 1))
        y = net.conv(net.node("Mul", y, squeezed), given * 4, made, 1)
        x = net.node("Add", x, y) if given == made else y
    return net.model(net.node("GlobalAveragePool", x))


def _swish(net: Drawing, x: str) -> str:
    return net.node("Mul", x, net.node("Sigmoid", x))


def mobilenet_v3() -> bytes:
    """Hard swish and hard sigmoid as operators of their own, opset 14."""
    net = Drawing("mobilenet v3", opset=14)
    x = net.input("x", (1, 3, SIDE, SIDE))
    x = net.node("HardSwish", net.conv(x, 3, 16, 3, 2))
    gate = net.node("GlobalAveragePool", x)
    gate = net.node("Relu", net.conv(gate, 16, 8, 1))
    gate = net.node("HardSigmoid", net.conv(gate, 8, 16, 1), alpha=1 / 6)
    x = net.node("Mul", gate, x)
    x = net.node("Flatten", net.node("GlobalAveragePool", x), axis=1)
    return net.model(net.node("Gemm", x, net.random(16, 5), net.random(5)))


def densenet() -> bytes:
    """All that came before, concatenated; opset 9, where Dropout and BatchNormalization differ."""
    net = Drawing("densenet", opset=9)
    x = net.conv(net.input("x", (1, 3, SIDE, SIDE)), 3, 16, 3, 2)
    for step in range(3):
        channels = 16 + 8 * step
        y = net.node("Relu", net.batch_norm(x, channels))
        x = net.node("Concat", x, net.conv(y, channels, 8), axis=1)
    x = net.node("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2])
    x = net.node("Dropout", net.node("Flatten", net.node("GlobalAveragePool", x)), ratio=0.5)
    return net.model(net.node("Gemm", x, net.random(40, 10), net.random(10)))


def style_transfer() -> bytes:
    """Reflected edges, instance normalisation, nearest-neighbour upsampling by sizes of Shape."""
    net = Drawing("style transfer", opset=11)
    x = net.input("x", (1, 3, SIDE, SIDE))
    x = net.node("Pad", x, net.ints(0, 0, 4, 4, 0, 0, 4, 4), mode="reflect")
    x = net.conv(x, 3, 8, 9, pads=[0] * 4)
    x = net.node("Relu", net.node("InstanceNormalization", x, net.random(8), net.random(8)))
    sizes = []
    for axis in (2, 3):
        length = net.node("Gather", net.node("Shape", x), net.constant(axis, np.int64), axis=0)
        doubled = net.node("Mul", length, net.constant(2, np.int64))
        sizes.append(net.node("Unsqueeze", doubled, axes=[0]))
    head = net.node("Slice", net.node("Shape", x), net.ints(0), net.ints(2), net.ints(0))
    wanted = net.node("Concat", head, *sizes, axis=0)
    empty = net.constant([])
    x = net.node(
        "Resize",
        x,
        empty,
        empty,
        wanted,
        mode="nearest",
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    )
    return net.model(net.node("Tanh", net.conv(x, 8, 3)))


def super_resolution() -> bytes:
    """Pixels out of channels, PReLU, and a bilinear skip."""
    net = Drawing("super resolution", opset=13)
    x = net.input("x", (1, 3, SIDE, SIDE))
    y = net.node("PRelu", net.conv(x, 3, 16), net.random(16, 1, 1))
    y = net.node("DepthToSpace", net.conv(y, 16, 12), blocksize=2, mode="CRD")
    scales = net.constant([1, 1, 2, 2])
    skip = net.node(
        "Resize", x, "", scales, mode="linear", coordinate_transformation_mode="half_pixel"
    )
    return net.model(net.node("Add", y, skip))


def convnext() -> bytes:
    """Large depthwise kernels, layer normalisation with channels last, layer scale, Gelu by Erf."""
    net = Drawing("convnext", opset=17)
    x = net.conv(net.input("x", (1, 3, SIDE, SIDE)), 3, 16, 4, 4, pads=[0] * 4)
    y = net.conv(x, 16, 16, 7, group=16)
    y = net.node("Transpose", y, perm=[0, 2, 3, 1])
    y = net.node("LayerNormalization", y, net.random(16), net.random(16), axis=-1)
    y = gelu(net, net.linear(y, 16, 64))
    y = net.node("Mul", net.random(16), net.linear(y, 64, 16))
    x = net.node("Add", x, net.node("Transpose", y, perm=[0, 3, 1, 2]))
    return net.model(net.node("ReduceMean", x, axes=[-1, -2], keepdims=1))


def gelu(net: Drawing, x: str) -> str:
    """By Erf, as exporters write it below opset 20."""
    inner = net.node("Erf", net.node("Div", x, net.constant(2**0.5)))
    inner = net.node("Mul", x, net.node("Add", inner, net.constant(1.0)))
    return net.node("Mul", inner, net.constant(0.5))


GRAPHS = {
    function.__name__: function
    for function in (
        mobilenet_v2,
        resnet18,
        shufflenet_v2,
        unet,
        efficientnet,
        mobilenet_v3,
        densenet,
        style_transfer,
        super_resolution,
        convnext,
    )
}
