"""Lets a graph begin later: what came before a node is left to whoever feeds the model."""

from __future__ import annotations

from tools.errors import BuildError
from tools.models.tfjs.graph import Graph, Node


def cut(graph: Graph, name: str, shape: tuple[int, ...]) -> Graph:
    """The same graph with the node `name` as its input, of `shape`.

    TensorFlow's detection models resize and scale the picture in a loop, which ONNX cannot write
    down as a list and the engine does itself.

    Args:
        graph: as `read_graph` gives it.
        name: the node whose value is fed from now on.
        shape: TensorFlow's, so N, H, W, C.

    Raises:
        BuildError: `tfjs-node-missing` for a name that no node has.
    """
    if name not in graph.nodes:
        raise BuildError("tfjs-node-missing", name=name)
    dimensions = [{"size": str(length)} for length in shape]
    placeholder = Node(name, "Placeholder", (), {"shape": {"shape": {"dim": dimensions}}})
    return Graph({**graph.nodes, name: placeholder}, graph.weights)
