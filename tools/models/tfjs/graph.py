"""A TFJS graph model's nodes, as its json file lists them.

The format is TensorFlow's GraphDef written as json:
https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/framework/node_def.proto
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.errors import BuildError
from tools.models.tfjs.weights import Array, read_weights


@dataclass(frozen=True)
class Node:
    """One operation.

    Attributes:
        name: unique in the graph.
        op: the TensorFlow operation, such as `Conv2D`.
        inputs: names of the nodes whose (first) output it takes.
        attributes: as the json has them; the methods below decode one each.
    """

    name: str
    op: str
    inputs: tuple[str, ...]
    attributes: Mapping[str, Any]

    def integers(self, key: str) -> list[int]:
        """A list of numbers; empty when the attribute is absent or empty."""
        return [int(number) for number in self._list(key, "i")]

    def strings(self, key: str) -> list[str]:
        """A list of words; empty when the attribute is absent or empty."""
        return [_word(word) for word in self._list(key, "s")]

    def string(self, key: str, default: str) -> str:
        """A single word."""
        if key not in self.attributes:
            return default
        return _word(self.attributes[key]["s"])

    def number(self, key: str, default: float) -> float:
        """A single number that need not be whole."""
        return float(self.attributes.get(key, {}).get("f", default))

    def integer(self, key: str, default: int) -> int:
        """A single whole number."""
        return int(self.attributes.get(key, {}).get("i", default))

    def flag(self, key: str) -> bool:
        """True or false; false when the attribute is absent."""
        return bool(self.attributes.get(key, {}).get("b", False))

    def shape(self) -> tuple[int, ...]:
        """The shape a `Placeholder` declares; -1 where it is open."""
        dimensions = self.attributes["shape"]["shape"]["dim"]
        return tuple(int(dimension.get("size", -1)) for dimension in dimensions)

    def _list(self, key: str, kind: str) -> list[Any]:
        values: list[Any] = self.attributes.get(key, {}).get("list", {}).get(kind, [])
        return values


@dataclass(frozen=True)
class Graph:
    """All nodes and weights of a model; the keys are the nodes' names."""

    nodes: Mapping[str, Node]
    weights: Mapping[str, Array]

    def order_for(self, outputs: Iterable[str]) -> list[Node]:
        """The nodes that `outputs` need, each after its inputs.

        The order depends on the graph and `outputs` alone.

        Raises:
            BuildError: `tfjs-node-missing` for a name that no node has, `tfjs-cycle` for a graph
                with a loop, which ONNX cannot write down as a list.
        """
        ordered: dict[str, Node] = {}
        entered: set[str] = set()
        stack = list(reversed(list(outputs)))
        while stack:
            name = stack[-1]
            if name not in self.nodes:
                raise BuildError("tfjs-node-missing", name=name)
            node = self.nodes[name]
            waiting = [source for source in node.inputs if source not in ordered]
            if not waiting:
                ordered[name] = node
                stack.pop()
            elif name in entered:
                raise BuildError("tfjs-cycle", node=name)
            else:
                entered.add(name)
                stack.extend(reversed(waiting))
        return list(ordered.values())


def read_graph(path: Path) -> Graph:
    """Reads `path` (json) and the weight shards beside it.

    Raises:
        BuildError: what `read_weights` raises.
    """
    document = json.loads(path.read_text("utf-8"))
    nodes = {
        listed["name"]: Node(
            name=listed["name"],
            op=listed["op"],
            inputs=_data_inputs(listed.get("input", [])),
            attributes=listed.get("attr", {}),
        )
        for listed in document["modelTopology"]["node"]
    }
    return Graph(nodes, read_weights(document["weightsManifest"], path.parent))


def _word(written: str | list[int]) -> str:
    """Older converters wrote a word as a list of bytes, newer ones as base64."""
    return (base64.b64decode(written) if isinstance(written, str) else bytes(written)).decode()


def _data_inputs(inputs: Iterable[str]) -> tuple[str, ...]:
    """Drops control inputs (`^name`), and the `:0` of a first output.

    A further output (`name:1`) stays as it is: no node has that name, so a graph that needs one
    is refused. No operation that is converted has more than one output.
    """
    return tuple(name.removesuffix(":0") for name in inputs if not name.startswith("^"))
