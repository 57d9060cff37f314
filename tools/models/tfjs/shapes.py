"""Operations that change a tensor's size or shape."""

from __future__ import annotations

import math

from tools.models.tfjs.registry import Operation, handles
from tools.models.tfjs.values import (
    TO_NCHW,
    TO_NHWC,
    Tensor,
    onnx_axis,
)

RESIZING = {"ResizeBilinear": "linear", "ResizeNearestNeighbor": "nearest"}


@handles("Pad")
def pad(operation: Operation) -> Tensor:
    """Adds zeros; BlazeFace adds channels this way."""
    tensor = operation.tensor(0)
    paddings = [(int(before), int(after)) for before, after in operation.constant(1)]
    # ONNX lists all that comes before, then all that comes after, in its own axis order.
    order = TO_NCHW if len(tensor.shape) == 4 else range(len(tensor.shape))
    pads = [paddings[axis][side] for side in (0, 1) for axis in order]
    zero = operation.onnx.add_floats(0.0)
    name = operation.onnx.add_node(
        "Pad", [tensor.name, operation.onnx.add_integers(pads), zero], mode="constant"
    )
    padded = zip(tensor.shape, paddings, strict=True)
    return Tensor(name, tuple(length + before + after for length, (before, after) in padded))


@handles("ConcatV2")
def concatenate(operation: Operation) -> Tensor:
    """Joins tensors along the axis that the last input names."""
    last = len(operation.inputs) - 1
    tensors = [operation.tensor(index) for index in range(last)]
    rank = len(tensors[0].shape)
    axis = operation.integers(last)[0] % rank
    name = operation.onnx.add_node(
        "Concat", [tensor.name for tensor in tensors], axis=onnx_axis(axis, rank)
    )
    shape = list(tensors[0].shape)
    shape[axis] = sum(tensor.shape[axis] for tensor in tensors)
    return Tensor(name, tuple(shape))


@handles("Reshape")
def reshape(operation: Operation) -> Tensor:
    """Elements keep the order in which TensorFlow has them, so a picture goes back to NHWC first.

    Raises:
        BuildError: `tfjs-reshape` when the number of elements would change.
    """
    tensor = operation.tensor(0)
    asked = operation.integers(1)
    count = math.prod(tensor.shape)
    known = math.prod(length for length in asked if length != -1)
    shape = tuple(count // known if length == -1 else length for length in asked)
    if math.prod(shape) != count:
        raise operation.refusal("tfjs-reshape", shape=tensor.shape, asked=asked)
    name = tensor.name
    if len(tensor.shape) == 4:
        name = operation.onnx.add_node("Transpose", [name], perm=TO_NHWC)
    name = operation.onnx.add_node("Reshape", [name, operation.onnx.add_integers(shape)])
    if len(shape) == 4:
        name = operation.onnx.add_node("Transpose", [name], perm=TO_NCHW)
    return Tensor(name, shape)


@handles("Mean")
def mean(operation: Operation) -> Tensor:
    """The mean of each channel of a picture, which stays a picture of one pixel."""
    tensor = operation.tensor(0)
    axes = sorted(axis % len(tensor.shape) for axis in operation.integers(1))
    keeps = operation.node.flag("keep_dims")
    if len(tensor.shape) != 4 or axes != [1, 2] or not keeps:
        raise operation.refusal("tfjs-mean", shape=tensor.shape, axes=axes, keep_dims=keeps)
    name = operation.onnx.add_node("GlobalAveragePool", [tensor.name])
    batch, _, _, channels = tensor.shape
    return Tensor(name, (batch, 1, 1, channels))


@handles(*RESIZING)
def resize(operation: Operation) -> Tensor:
    """Pixel i of the result is taken at i / scale, TensorFlow's oldest and default way.

    With `half_pixel_centers` at (i + 0.5) / scale - 0.5; for nearest neighbours that is refused,
    because ONNX rounds it otherwise, and so is `align_corners`: no model of ours has them.
    """
    halves, mode = operation.node.flag("half_pixel_centers"), RESIZING[operation.node.op]
    if operation.node.flag("align_corners"):
        raise operation.refusal("tfjs-resize", option="align_corners")
    if halves and mode != "linear":
        raise operation.refusal("tfjs-resize", option="half_pixel_centers")
    picture = operation.tensor(0)
    batch, height, width, channels = picture.shape
    rows, columns = operation.integers(1)
    scales = operation.onnx.add_floats((1, 1, rows / height, columns / width))
    name = operation.onnx.add_node(
        "Resize",
        [picture.name, "", scales],  # the empty input is the region of interest, which is unused
        mode=mode,
        coordinate_transformation_mode="half_pixel" if halves else "asymmetric",
        nearest_mode="floor",
    )
    return Tensor(name, (batch, rows, columns, channels))
