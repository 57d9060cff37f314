"""Collects ONNX nodes and constants, and puts the model together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from tools.errors import BuildError
from tools.models.tfjs.values import Tensor, onnx_shape

# What the oldest cv2.dnn that may run the models reads.
OPSET = 13
IR_VERSION = 7

Attribute = int | float | str | Sequence[int]


class OnnxGraph:
    """An ONNX graph under construction. Names count up, so every run writes the same bytes."""

    def __init__(self) -> None:
        self._inputs: list[onnx.ValueInfoProto] = []
        self._nodes: list[onnx.NodeProto] = []
        self._constants: dict[tuple[str, tuple[int, ...], bytes], onnx.TensorProto] = {}

    def add_input(self, name: str, shape: tuple[int, ...]) -> Tensor:
        """Declares a float32 input; `shape` is TensorFlow's."""
        self._inputs.append(_float_info(name, shape))
        return Tensor(name, shape)

    def add_node(self, op_type: str, inputs: Sequence[str], **attributes: Attribute) -> str:
        """Adds an operation with one output; returns the output's name."""
        name = f"{op_type}_{len(self._nodes)}"
        node = helper.make_node(op_type, inputs, [name], name)
        for key, value in attributes.items():
            node.attribute.append(helper.make_attribute(key, value))
        self._nodes.append(node)
        return name

    def add_floats(self, values: object) -> str:
        """Stores a float32 constant, once however often it is asked for; returns its name."""
        return self._add_constant(np.asarray(values, np.float32))

    def add_integers(self, values: object) -> str:
        """Stores an int64 constant, which is what ONNX takes shapes in; returns its name."""
        return self._add_constant(np.asarray(values, np.int64))

    def to_model(self, outputs: Sequence[Tensor], names: Sequence[str]) -> onnx.ModelProto:
        """The whole model, checked, with its outputs renamed to `names`.

        Raises:
            BuildError: `onnx-outputs` when two outputs are one tensor, or one is an input.
            onnx.checker.ValidationError: the model is not valid ONNX: a mistake in this converter.
            onnx.shape_inference.InferenceError: a shape tracked here is not what ONNX computes.
        """
        renamed = dict(zip((tensor.name for tensor in outputs), names, strict=True))
        computed = {name for node in self._nodes for name in node.output}
        if len(renamed) < len(names) or not renamed.keys() <= computed:
            raise BuildError("onnx-outputs", names=list(names), tensors=list(renamed))
        for node in self._nodes:
            for edge in (node.input, node.output):
                edge[:] = [renamed.get(name, name) for name in edge]
        graph = helper.make_graph(
            self._nodes,
            "mekiki",
            self._inputs,
            [_float_info(name, out.shape) for name, out in zip(names, outputs, strict=True)],
            list(self._constants.values()),
        )
        model = helper.make_model(
            graph,
            producer_name="mekiki",
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
        )
        onnx.checker.check_model(model, full_check=True)
        return model

    def _add_constant(self, array: NDArray[np.float32] | NDArray[np.int64]) -> str:
        key = (array.dtype.str, array.shape, array.tobytes())
        if key not in self._constants:
            name = f"constant_{len(self._constants)}"
            self._constants[key] = numpy_helper.from_array(array, name)
        return self._constants[key].name


def _float_info(name: str, shape: Sequence[int]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, onnx_shape(shape))
