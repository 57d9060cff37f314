"""Draws ONNX graphs with random weights, the same on every run.

Example:
    net = Drawing("resnet")
    x = net.input("x", (1, 3, 64, 64))
    y = net.node("Relu", net.conv(x, 3, 16, stride=2))
    model = net.model(y)
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

Dimension = int | str | None


class Drawing:
    """A graph in the making; tensors are named by what makes them and a number."""

    def __init__(self, name: str, opset: int = 17, *, producer: str = "", ir: int = 8):
        self.name, self.opset, self.producer, self.ir = name, opset, producer, ir
        self.rng = np.random.default_rng(zlib.crc32(name.encode()))
        self.nodes: list[onnx.NodeProto] = []
        self.inputs: list[onnx.ValueInfoProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.domains: dict[str, int] = {}

    def input(self, name: str, shape: Sequence[Dimension], kind: int = TensorProto.FLOAT) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def constant(self, array: object, dtype: type = np.float32) -> str:
        """An initializer."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(array, dtype), name))
        return name

    def ints(self, *numbers: int) -> str:
        return self.constant(numbers, np.int64)

    def random(self, *shape: int) -> str:
        """An initializer that leaves sums of products near 1."""
        fan_in = max(1, int(np.prod(shape[1:])))
        return self.constant(self.rng.normal(0, fan_in**-0.5, shape))

    def nodes_of(self, operator: str, *inputs: str, count: int, domain: str = "", **attributes):
        """Adds a node of several outputs and returns their names."""
        names = [f"{operator.lower()}{len(self.nodes)}_{each}" for each in range(count)]
        self.nodes.append(
            helper.make_node(operator, inputs, names, names[0], domain=domain, **attributes)
        )
        if domain:
            self.domains.setdefault(domain, 1)
        return names

    def node(self, operator: str, *inputs: str, domain: str = "", **attributes) -> str:
        return self.nodes_of(operator, *inputs, count=1, domain=domain, **attributes)[0]

    def conv(self, x: str, given: int, made: int, kernel: int = 3, stride: int = 1, **attributes):
        """A convolution with bias that keeps the size, but for the stride."""
        weights = self.random(made, given // attributes.get("group", 1), kernel, kernel)
        pads = attributes.pop("pads", [kernel // 2] * 4)
        bias = self.random(made)
        strides = [stride] * 2
        return self.node("Conv", x, weights, bias, pads=pads, strides=strides, **attributes)

    def batch_norm(self, x: str, channels: int) -> str:
        scale, bias, mean = (self.random(channels) for _ in range(3))
        variance = self.constant(self.rng.uniform(0.5, 1.5, channels))
        return self.node("BatchNormalization", x, scale, bias, mean, variance)

    def linear(self, x: str, given: int, made: int) -> str:
        """Of any number of axes."""
        product = self.node("MatMul", x, self.random(given, made))
        return self.node("Add", product, self.random(made))

    def model(self, *outputs: str, kinds: Sequence[int] = (), infer: bool = True) -> bytes:
        """The file. Shapes of the outputs are inferred, for OpenCV wants them told.

        Args:
            kinds: element types of the outputs, float32 by default.
            infer: False leaves the outputs without a shape.
        """
        kinds = [*kinds, *[TensorProto.FLOAT] * (len(outputs) - len(kinds))]
        ends = [
            helper.make_tensor_value_info(*each, None) for each in zip(outputs, kinds, strict=True)
        ]
        graph = helper.make_graph(self.nodes, self.name, self.inputs, ends, self.weights)
        opsets = [helper.make_opsetid("", self.opset)]
        opsets += [helper.make_opsetid(*each) for each in self.domains.items()]
        facts = {"ir_version": self.ir, "producer_name": self.producer}
        model = helper.make_model(graph, opset_imports=opsets, **facts)
        return (_inferred(model) if infer else model).SerializeToString(deterministic=True)


def _inferred(model: onnx.ModelProto) -> onnx.ModelProto:
    """With the outputs' shapes, as exporters write them; rank 0 where nothing can be told."""
    found = onnx.shape_inference.infer_shapes(model, data_prop=True)
    for told, output in zip(found.graph.output, model.graph.output, strict=True):
        output.CopyFrom(told)
        if not output.type.tensor_type.HasField("shape"):
            output.type.tensor_type.shape.CopyFrom(onnx.TensorShapeProto())
    return model
