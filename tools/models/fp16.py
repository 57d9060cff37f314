"""Halves a model's size: weights are stored as float16 and widened when it is loaded."""

from __future__ import annotations

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tools.errors import BuildError

# Only these take their weights through a Cast in every cv2.dnn: OpenCV 5's graph engine gives up
# on a PRelu whose slope comes from one.
WIDENED_FOR = ("Conv", "ConvTranspose", "Gemm")
# Below this many numbers the Cast costs more bytes than float16 saves.
WORTHWHILE = 64


def store_weights_as_fp16(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy of `model` that computes in float32 from float16 weights.

    Args:
        model: any valid model; the weights of its Conv, ConvTranspose and Gemm nodes that are
            float32 initialisers are rounded, all else (biases too) is kept.

    Returns:
        A checked model; the same argument gives the same bytes.

    Raises:
        BuildError: `fp16-overflow` for a weight beyond float16's 65504.
    """
    halved = onnx.ModelProto()
    halved.CopyFrom(model)
    graph = halved.graph
    weights = {node.input[1] for node in graph.node if node.op_type in WIDENED_FOR}
    # An initialiser that is an input too is only that input's default, and may be replaced.
    weights -= {info.name for info in graph.input}
    casts = []
    for tensor in graph.initializer:
        if tensor.name not in weights or tensor.data_type != TensorProto.FLOAT:
            continue
        array = numpy_helper.to_array(tensor)
        if array.size < WORTHWHILE:
            continue
        name, stored = tensor.name, f"{tensor.name}_fp16"
        if np.abs(array).max() > np.finfo(np.float16).max:
            raise BuildError("fp16-overflow", weight=name)
        tensor.CopyFrom(numpy_helper.from_array(array.astype(np.float16), stored))
        cast = helper.make_node("Cast", [stored], [name], f"cast_{name}", to=TensorProto.FLOAT)
        casts.append(cast)
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(halved)
    return halved
