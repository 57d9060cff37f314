"""Transposed convolution, which makes a picture larger."""

from __future__ import annotations

from tools.models.tfjs.registry import Operation, handles
from tools.models.tfjs.values import Tensor


@handles("Conv2DBackpropInput")
def transposed_convolution(operation: Operation) -> Tensor:
    """Kernels are (height, width, out, in) in TensorFlow, (in, out, height, width) in ONNX.

    TensorFlow says how large the result is, ONNX how much is cut from it and added to it; the
    padding is that of the convolution that would undo this one.

    Raises:
        BuildError: `tfjs-window` for a padding or an axis order that is not converted.
    """
    node, picture = operation.node, operation.tensor(2)
    asked, kernels = operation.integers(0), operation.constant(1)
    padding, order = node.string("padding", "VALID"), node.string("data_format", "NHWC")
    dilations = node.integers("dilations") or [1, 1, 1, 1]
    if padding not in ("SAME", "VALID") or order != "NHWC" or max(dilations) > 1:
        raise operation.refusal("tfjs-window", padding=padding, data_format=order)
    strides = node.integers("strides")[1:3]
    cut, extra, odd = [], [], []
    for axis in (0, 1):
        full = (picture.shape[1 + axis] - 1) * strides[axis] + kernels.shape[axis]
        surplus = max(full - asked[1 + axis], 0) if padding == "SAME" else 0
        cut.append(surplus // 2)
        odd.append(surplus % 2 > 0)
        extra.append(asked[1 + axis] - (full - surplus))
    name = operation.onnx.add_node(
        "ConvTranspose",
        [picture.name, operation.onnx.add_floats(kernels.transpose(3, 2, 0, 1))],
        kernel_shape=kernels.shape[:2],
        strides=strides,
        pads=[*cut, *cut],
        output_padding=extra,
    )
    if any(odd):  # cv2.dnn cuts as much from the end as from the beginning
        bounds = ([0, 0], asked[1:3], [2, 3])
        name = operation.onnx.add_node("Slice", [name, *map(operation.onnx.add_integers, bounds)])
    return Tensor(name, (picture.shape[0], asked[1], asked[2], kernels.shape[2]))
