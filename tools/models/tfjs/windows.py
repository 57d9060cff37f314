"""Operations that slide a window over a picture: convolution and pooling."""

from __future__ import annotations

from dataclasses import dataclass

from tools.models.tfjs.elementwise import activate
from tools.models.tfjs.registry import Operation, handles
from tools.models.tfjs.values import Tensor
from tools.models.tfjs.weights import Array

POOLING = {"MaxPool": "MaxPool", "AvgPool": "AveragePool"}


@dataclass(frozen=True)
class Window:
    """A kernel's way over a picture; pairs are (vertical, horizontal).

    Attributes:
        kernel: its size, pixels.
        strides: pixels from one place to the next.
        dilations: pixels from one tap to the next.
        pads: pixels added at top, left, bottom, right: ONNX's order.
        output: how many places it comes to.
    """

    kernel: tuple[int, int]
    strides: tuple[int, int]
    dilations: tuple[int, int]
    pads: tuple[int, int, int, int]
    output: tuple[int, int]


def _pads_and_output(
    length: int, kernel: int, stride: int, dilation: int, same: bool
) -> tuple[int, int, int]:
    """Pixels added before and after one axis, and its output length.

    TensorFlow's formula: https://www.tensorflow.org/api_docs/python/tf/nn, notes on padding.
    ONNX's auto_pad=SAME_UPPER says the same, but not every engine takes it with dilation.
    """
    reach = (kernel - 1) * dilation + 1
    if not same:
        return 0, 0, (length - reach) // stride + 1
    output = -(-length // stride)
    total = max((output - 1) * stride + reach - length, 0)
    return total // 2, total - total // 2, output


def _window(operation: Operation, picture: Tensor, kernel: tuple[int, int]) -> Window:
    node = operation.node
    padding, order = node.string("padding", "VALID"), node.string("data_format", "NHWC")
    if padding not in ("SAME", "VALID") or order != "NHWC":
        raise operation.refusal("tfjs-window", padding=padding, data_format=order)
    _, stride_y, stride_x, _ = node.integers("strides")
    _, dilation_y, dilation_x, _ = node.integers("dilations") or (1, 1, 1, 1)
    _, height, width, _ = picture.shape
    same = padding == "SAME"
    top, bottom, rows = _pads_and_output(height, kernel[0], stride_y, dilation_y, same)
    left, right, columns = _pads_and_output(width, kernel[1], stride_x, dilation_x, same)
    return Window(
        kernel=kernel,
        strides=(stride_y, stride_x),
        dilations=(dilation_y, dilation_x),
        pads=(top, left, bottom, right),
        output=(rows, columns),
    )


@handles("Conv2D", "_FusedConv2D")
def convolution(operation: Operation) -> Tensor:
    """Kernels are (height, width, in, out) in TensorFlow, (out, in, height, width) in ONNX."""
    kernels = operation.constant(1)
    return _convolve(operation, kernels.transpose(3, 2, 0, 1), groups=1)


@handles("DepthwiseConv2dNative", "FusedDepthwiseConv2dNative")
def depthwise_convolution(operation: Operation) -> Tensor:
    """Kernels are (height, width, in, multiplier); ONNX has one group for each input channel."""
    kernels = operation.constant(1)
    height, width, channels, multiplier = kernels.shape
    weights = kernels.transpose(2, 3, 0, 1).reshape(channels * multiplier, 1, height, width)
    return _convolve(operation, weights, groups=channels)


def _convolve(operation: Operation, weights: Array, groups: int) -> Tensor:
    """Adds a Conv of `weights` (out, in / groups, height, width), its bias and activation."""
    picture = operation.tensor(0)
    window = _window(operation, picture, (weights.shape[2], weights.shape[3]))
    inputs = [picture.name, operation.onnx.add_floats(weights)]
    fused = operation.node.strings("fused_ops")
    if "BiasAdd" in fused:
        fused.remove("BiasAdd")
        inputs.append(operation.onnx.add_floats(operation.constant(2)))
    name = operation.onnx.add_node(
        "Conv",
        inputs,
        kernel_shape=window.kernel,
        strides=window.strides,
        dilations=window.dilations,
        pads=window.pads,
        group=groups,
    )
    for function in fused:
        name = activate(operation, name, function)
    return Tensor(name, (picture.shape[0], *window.output, weights.shape[0]))


@handles(*POOLING)
def pooling(operation: Operation) -> Tensor:
    """Padding counts for nothing in either: TensorFlow and ONNX agree on that."""
    picture = operation.tensor(0)
    _, height, width, _ = operation.node.integers("ksize")
    window = _window(operation, picture, (height, width))
    name = operation.onnx.add_node(
        POOLING[operation.node.op],
        [picture.name],
        kernel_shape=window.kernel,
        strides=window.strides,
        pads=window.pads,
    )
    return Tensor(name, (picture.shape[0], *window.output, picture.shape[3]))
