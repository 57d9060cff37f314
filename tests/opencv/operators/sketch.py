"""Small ONNX graphs, drawn line by line: the cases of the sweep.

Example:
    sketch = Sketch("swish")
    x = sketch.input(1, 3, 5, 7)
    sketch.output(sketch.node("Mul", x, sketch.node("Sigmoid", x)))
    case = sketch.case()
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

IR_VERSION = 8  # what opset 17 was published with


@dataclass(frozen=True)
class Case:
    """A graph, what goes in, and how close what comes out must be.

    Attributes:
        name: unique; the seed of every random number in it.
        relative: largest |ours - golden| / |golden| of an element, added to `absolute`.
        random: the values are random by definition, so that only the shape is compared.
        shape: of the output, told only where ONNX Runtime does not know the operator.
    """

    name: str
    model: onnx.ModelProto
    inputs: dict[str, np.ndarray]
    relative: float
    absolute: float
    random: bool
    shape: tuple[int, ...] | None = None

    @property
    def operators(self) -> set[str]:
        return {node.op_type for node in self.model.graph.node}


class Sketch:
    """A graph in the making. Names of tensors are given out in order: x0, x1, w0, n0, ..."""

    def __init__(self, name: str, opset: int = 17, producer: str = ""):
        self.name = name
        self.producer = producer
        self.opset = opset
        self.rng = np.random.default_rng(zlib.crc32(name.encode()))
        self._inputs: dict[str, np.ndarray] = {}
        self._types: dict[str, int] = {}
        self._constants: list[onnx.TensorProto] = []
        self._nodes: list[onnx.NodeProto] = []
        self._outputs: list[str] = []
        self._domains: set[str] = set()

    def values(self, *shape: int, low: float = -2.0, high: float = 2.0) -> np.ndarray:
        """Random float32 values."""
        return self.rng.uniform(low, high, shape).astype(np.float32)

    def input(self, *shape: int, low: float = -2.0, high: float = 2.0) -> str:
        """A float32 input of random values."""
        return self.given(self.values(*shape, low=low, high=high))

    def given(self, array: np.ndarray) -> str:
        """An input with these values."""
        name = f"x{len(self._inputs)}"
        self._inputs[name] = array
        return name

    def constant(self, array: object, dtype: type = np.float32) -> str:
        """An initializer."""
        name = f"w{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(array, dtype), name))
        return name

    def weights(self, *shape: int) -> str:
        """An initializer of random values which leave sums of products near 1."""
        fan_in = max(1, int(np.prod(shape[1:])))
        return self.constant(self.rng.normal(0, fan_in**-0.5, shape))

    def axes(self, *numbers: int) -> str:
        """An int64 initializer, one-dimensional."""
        return self.constant(numbers, np.int64)

    def nodes(self, operator: str, *inputs: str, count: int, domain: str = "", **attributes):
        """Adds a node of several outputs and returns their names."""
        number = len(self._nodes)
        names = [f"n{number}_{output}" for output in range(count)]
        self._nodes.append(
            helper.make_node(
                operator, inputs, names, name=f"{operator}_{number}", domain=domain, **attributes
            )
        )
        self._domains.add(domain)
        return names

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes) -> str:
        """Adds a node of one output and returns its name."""
        return self.nodes(operator, *inputs, count=1, domain=domain, **attributes)[0]

    def as_float(self, name: str) -> str:
        """Adds a Cast to float32: for indices and flags."""
        return self.node("Cast", name, to=TensorProto.FLOAT)

    def output(self, *names: str) -> Sketch:
        """Makes tensors outputs of the graph."""
        self._outputs += names
        return self

    def case(
        self,
        *,
        relative: float = 1e-5,
        absolute: float = 5e-6,
        random: bool = False,
        shape: tuple[int, ...] | None = None,
    ) -> Case:
        """The finished case; the last node's first output is the default output."""
        outputs = self._outputs or [self._nodes[-1].output[0]]
        inputs = [
            helper.make_tensor_value_info(
                name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape
            )
            for name, array in self._inputs.items()
        ]
        graph = helper.make_graph(
            self._nodes,
            self.name,
            inputs,
            # Everything ends in float32, and the shape is for the engines to find.
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self._constants,
        )
        opsets = [helper.make_opsetid("", self.opset)]
        opsets += [helper.make_opsetid(domain, 1) for domain in sorted(self._domains - {""})]
        facts = {"ir_version": IR_VERSION, "producer_name": self.producer}
        model = helper.make_model(graph, opset_imports=opsets, **facts)
        return Case(self.name, model, dict(self._inputs), relative, absolute, random, shape)
