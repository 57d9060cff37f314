"""From a TFJS graph model to an ONNX model of fixed shape, pictures in N, C, H, W."""

from __future__ import annotations

from collections.abc import Sequence

import onnx

from tools.errors import BuildError

# Imported for what they register.
from tools.models.tfjs import (  # noqa: F401
    constants,
    elementwise,
    normalisation,
    shapes,
    transposed,
    windows,
)
from tools.models.tfjs.graph import Graph, Node
from tools.models.tfjs.onnx_graph import OnnxGraph
from tools.models.tfjs.registry import HANDLERS, Operation
from tools.models.tfjs.values import Constant, Tensor, Value


def convert(graph: Graph, outputs: Sequence[str], names: Sequence[str]) -> onnx.ModelProto:
    """Converts the part of `graph` that `outputs` need.

    Args:
        graph: as `read_graph` or `retarget` gives it.
        outputs: nodes of the graph.
        names: what the ONNX model calls these outputs. Its one input is called `input`.

    Returns:
        A float32 model of opset 13; the same arguments give the same bytes. Rank 4 inputs and
        outputs are N, C, H, W; those of other ranks are as in TensorFlow.

    Raises:
        BuildError: `tfjs-op-unknown` for an operation without a handler, and a code that begins
            with `tfjs-` for whatever else in the graph is not converted.
    """
    onnx_graph = OnnxGraph()
    values: dict[str, Value] = {}
    for node in graph.order_for(outputs):
        inputs = [values[name] for name in node.inputs]
        values[node.name] = _convert_node(graph, node, inputs, onnx_graph)
    results = [values[name] for name in outputs]
    tensors = [value for value in results if isinstance(value, Tensor)]
    if len(tensors) < len(results):
        raise BuildError("tfjs-output-constant", outputs=list(outputs))
    return onnx_graph.to_model(tensors, names)


def _convert_node(graph: Graph, node: Node, inputs: list[Value], onnx_graph: OnnxGraph) -> Value:
    if node.op == "Const":
        return Constant(graph.weights[node.name])
    if node.op == "Placeholder":
        if min(node.shape()) < 1:
            raise BuildError("tfjs-shape-open", node=node.name, shape=node.shape())
        return onnx_graph.add_input("input", node.shape())
    if node.op not in HANDLERS:
        raise BuildError("tfjs-op-unknown", op=node.op, node=node.name)
    return HANDLERS[node.op](Operation(node, inputs, onnx_graph))
