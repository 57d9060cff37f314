"""Gives a fully convolutional graph another input size."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from tools.errors import BuildError
from tools.models.tfjs.graph import Graph, Node


def retarget(graph: Graph, size: tuple[int, int]) -> Graph:
    """The same graph for an input of `size` (height, width).

    Only the input's shape and the sizes that `Resize*` nodes ask for are written in such a graph;
    every other size follows from them. A graph with further fixed sizes (a `Reshape` to a fixed
    number of anchors) is refused later, where the numbers do not add up.

    Raises:
        BuildError: `retarget-inputs` unless exactly one input is an image; `retarget-uneven` when
            a resized picture would not have a whole number of pixels.
    """
    inputs = [node for node in graph.nodes.values() if node.op == "Placeholder"]
    if len(inputs) != 1 or len(inputs[0].shape()) != 4:
        raise BuildError("retarget-inputs", inputs=[node.name for node in inputs])
    image = inputs[0]
    _, old_height, old_width, _ = image.shape()
    nodes, weights = dict(graph.nodes), dict(graph.weights)
    nodes[image.name] = replace(image, attributes=_resized(image, size))
    for node in graph.nodes.values():
        if not node.op.startswith("Resize"):
            continue
        height, width = (int(number) for number in weights[node.inputs[1]])
        scaled = (
            _scale(height, size[0], old_height, node),
            _scale(width, size[1], old_width, node),
        )
        # A constant of its own: others may share the one that was here.
        name = f"{node.name}/retargeted_size"
        nodes[name] = Node(name, "Const", (), {})
        weights[name] = np.array(scaled, np.int32)
        nodes[node.name] = replace(node, inputs=(node.inputs[0], name))
    return Graph(nodes, weights)


def _resized(image: Node, size: tuple[int, int]) -> dict[str, Any]:
    batch, _, _, channels = image.shape()
    dimensions = [{"size": str(number)} for number in (batch, *size, channels)]
    return {**image.attributes, "shape": {"shape": {"dim": dimensions}}}


def _scale(length: int, new: int, old: int, node: Node) -> int:
    scaled, rest = divmod(length * new, old)
    if rest:
        raise BuildError("retarget-uneven", node=node.name, length=length, new=new, old=old)
    return scaled
