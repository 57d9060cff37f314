"""Which function converts which TensorFlow operation, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tools.errors import BuildError
from tools.models.tfjs.graph import Node
from tools.models.tfjs.onnx_graph import OnnxGraph
from tools.models.tfjs.values import Constant, Tensor, Value
from tools.models.tfjs.weights import Array


@dataclass(frozen=True)
class Operation:
    """A node to convert: its inputs are converted already, its ONNX goes into `onnx`."""

    node: Node
    inputs: Sequence[Value]
    onnx: OnnxGraph

    def tensor(self, index: int) -> Tensor:
        """An input that has to be computed. Arithmetic on constants alone is not folded here."""
        value = self.inputs[index]
        if not isinstance(value, Tensor):
            raise self.refusal("tfjs-input-constant", input=self.node.inputs[index])
        return value

    def constant(self, index: int) -> Array:
        """An input that has to be known now, as weights are."""
        value = self.inputs[index]
        if not isinstance(value, Constant):
            raise self.refusal("tfjs-input-not-constant", input=self.node.inputs[index])
        return value.array

    def integers(self, index: int) -> list[int]:
        """A constant input, such as a shape or one axis, as a flat list."""
        return [int(number) for number in self.constant(index).ravel()]

    def refusal(self, code: str, **data: object) -> BuildError:
        """An error that names this operation and its node."""
        return BuildError(code, op=self.node.op, node=self.node.name, **data)


Handler: TypeAlias = Callable[[Operation], Value]

HANDLERS: dict[str, Handler] = {}


def handles(*ops: str) -> Callable[[Handler], Handler]:
    """Registers a function as the one that converts the TensorFlow operations `ops`."""

    def register(handler: Handler) -> Handler:
        for op in ops:
            HANDLERS[op] = handler
        return handler

    return register
