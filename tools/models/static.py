"""Makes an ONNX file that others serve one of fixed shapes, whose weights can be stored smaller."""

from __future__ import annotations

from collections.abc import Sequence

import onnx
from onnx import shape_inference, version_converter

# The first opset in which DequantizeLinear takes a scale for each channel.
OPSET = 13


def fix_shapes(model: onnx.ModelProto, shape: Sequence[int]) -> onnx.ModelProto:
    """A copy of `model` whose one input has `shape`, and whose outputs have what follows from it.

    Raises:
        onnx.shape_inference.InferenceError: the graph does not take a picture of that shape.
    """
    fixed = onnx.ModelProto()
    fixed.CopyFrom(model)
    graph = fixed.graph
    _constants_to_initialisers(graph)
    _set_shape(graph.input[0], shape)
    for info in graph.output:
        info.type.tensor_type.ClearField("shape")
    del graph.value_info[:]
    inferred = shape_inference.infer_shapes(fixed, check_type=True, strict_mode=True)
    for info, known in zip(graph.output, inferred.graph.output, strict=True):
        info.CopyFrom(known)
    onnx.checker.check_model(fixed)
    return fixed


def raise_opset(model: onnx.ModelProto) -> onnx.ModelProto:
    """`model` itself, or a copy in opset 13 if its own is older."""
    versions = {opset.domain: opset.version for opset in model.opset_import}
    if versions.get("", OPSET) >= OPSET:
        return model
    return version_converter.convert_version(model, OPSET)


def _constants_to_initialisers(graph: onnx.GraphProto) -> None:
    """Constants as nodes are as good, but weights are looked for among the initialisers."""
    nodes = []
    for node in graph.node:
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            tensor = graph.initializer.add()
            tensor.CopyFrom(node.attribute[0].t)
            tensor.name = node.output[0]
        else:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)


def _set_shape(info: onnx.ValueInfoProto, shape: Sequence[int]) -> None:
    dimensions = info.type.tensor_type.shape
    del dimensions.dim[:]
    for length in shape:
        dimensions.dim.add().dim_value = length
