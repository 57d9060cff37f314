"""A quarter of a model's size: weights are stored as int8 with a scale for each output channel.

Only the storage is small: the model computes in float32, from weights that are widened once, when
it is loaded. Activations stay as they are, so no pictures are needed to calibrate it.
"""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tools.models.static import raise_opset

# Operation: the axis of its weights along which the output's channels lie.
OUTPUT_AXIS = {"Conv": 0, "ConvTranspose": 1, "Gemm": 1, "MatMul": 1}
# Below this many numbers the names of the new node cost more bytes than int8 saves.
WORTHWHILE = 256


def store_weights_as_int8(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy of `model` that computes in float32 from int8 weights.

    Args:
        model: any valid model; of its Conv, ConvTranspose, Gemm and MatMul nodes, the weights that
            are float32 initialisers are rounded, all else (biases too) is kept.

    Returns:
        A checked model of opset 13 or more; the same argument gives the same bytes.
    """
    quantised = onnx.ModelProto()
    quantised.CopyFrom(raise_opset(model))
    graph = quantised.graph
    axes = _output_axes(graph)
    widened = []
    for tensor in list(graph.initializer):
        if tensor.name not in axes or tensor.data_type != TensorProto.FLOAT:
            continue
        array, axis = numpy_helper.to_array(tensor), axes[tensor.name]
        if array.size < WORTHWHILE:
            continue
        name, stored, scale = tensor.name, f"{tensor.name}_int8", f"{tensor.name}_scale"
        rounded, scales = quantise(array, axis)
        tensor.CopyFrom(numpy_helper.from_array(rounded, stored))
        graph.initializer.append(numpy_helper.from_array(scales, scale))
        widened.append(
            helper.make_node(
                "DequantizeLinear", [stored, scale], [name], f"widen_{name}", axis=axis
            )
        )
    nodes = [*widened, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(quantised)
    return quantised


def quantise(array: NDArray[np.float32], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Symmetric linear quantisation: the largest weight of each slice along `axis` becomes 127.

    Returns:
        The rounded weights, and the scale of each slice: weight = rounded * scale.
    """
    others = tuple(other for other in range(array.ndim) if other != axis)
    largest = np.abs(array).max(axis=others)
    # A slice of zeros has no scale of its own; any will do.
    scales = np.where(largest > 0, largest / np.float32(127), np.float32(1)).astype(np.float32)
    shape = [-1 if other == axis else 1 for other in range(array.ndim)]
    return np.rint(array / scales.reshape(shape)).astype(np.int8), scales


def _output_axes(graph: onnx.GraphProto) -> dict[str, int]:
    """The weights that can be rounded, and the axis of each along which the channels lie."""
    axes: dict[str, int] = {}
    for node in graph.node:
        if node.op_type not in OUTPUT_AXIS:
            continue
        turned = any(given.name == "transB" and given.i for given in node.attribute)
        axes[node.input[1]] = 0 if turned else OUTPUT_AXIS[node.op_type]
    # An initialiser that is an input too is only that input's default, and may be replaced.
    for info in graph.input:
        axes.pop(info.name, None)
    return axes
