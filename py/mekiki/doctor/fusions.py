"""Products that OpenCV's importer takes for one activation: x by its own sigmoid, and the like.

It matters where lengths are open: a product of two makes 1 of a length of 0, and an activation
keeps it.
"""

from __future__ import annotations

import sys

from mekiki.doctor.graph import Graph, Node

# Our build of OpenCV for the browser has this one more: wheels/patches/opencv/0002.
FUSES_SWISH = sys.platform == "emscripten"


def activations(graph: Graph) -> dict[str, str]:
    """For the output of each such product, the name of x."""
    makers = {name: node for node in graph.nodes for name in node.outputs[:1]}
    ends = {value.name for value in graph.outputs}
    found = {}
    for node in graph.nodes:
        if node.operator != "Mul" or len(node.inputs) != 2 or not node.outputs:
            continue
        for one, other in (node.inputs, node.inputs[::-1]):
            inner = makers.get(one)
            if inner is not None and one not in ends and _activated(inner, makers) == other:
                found[node.outputs[0]] = other
    return found


def _activated(node: Node, makers: dict[str, Node]) -> str | None:
    """What goes into the activation that ends in this node."""
    x = node.inputs[0] if node.inputs else None
    if node.operator == "Sigmoid" and FUSES_SWISH:
        return x
    if node.operator == "HardSigmoid" and abs(node.number("alpha", 0.2) - 1 / 6) < 1e-5:
        return x
    before = makers.get(x) if node.operator == "Tanh" and x else None
    if before is not None and before.operator == "Softplus" and before.inputs:
        return before.inputs[0]
    return None
