"""Operations whose value is known while converting: graphs work out their shapes with these."""

from __future__ import annotations

import numpy as np

from tools.models.tfjs.registry import Operation, handles
from tools.models.tfjs.values import Constant


@handles("Shape")
def shape(operation: Operation) -> Constant:
    """Shapes are fixed here, so the shape of a computed tensor is a constant."""
    return Constant(np.array(operation.inputs[0].shape, np.int32))


@handles("Pack")
def pack(operation: Operation) -> Constant:
    """Stacks constants, the numbers of a shape for one, along a new axis."""
    arrays = [operation.constant(index) for index in range(len(operation.inputs))]
    axis = operation.node.integer("axis", 0)
    stacked = np.stack(arrays, axis)
    if np.issubdtype(stacked.dtype, np.integer):
        return Constant(stacked.astype(np.int32))
    return Constant(stacked.astype(np.float32))


@handles("StridedSlice")
def strided_slice(operation: Operation) -> Constant:
    """Takes one number, or a run of them, out of a list of numbers.

    Raises:
        BuildError: `tfjs-slice` for a slice through several axes, or one that adds an axis.
    """
    array, node = operation.constant(0), operation.node
    begin, end, step = (operation.integers(index) for index in (1, 2, 3))
    odd = node.integer("ellipsis_mask", 0) or node.integer("new_axis_mask", 0)
    if array.ndim != 1 or len(begin) != 1 or odd:
        raise operation.refusal("tfjs-slice", shape=array.shape, begin=begin)
    # A bit of these masks says that the number given for its axis does not count.
    first = None if node.integer("begin_mask", 0) & 1 else begin[0]
    last = None if node.integer("end_mask", 0) & 1 else end[0]
    if node.integer("shrink_axis_mask", 0) & 1:
        return Constant(array[begin[0]])
    return Constant(array[first : last : step[0]])
