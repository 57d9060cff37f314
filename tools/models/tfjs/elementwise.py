"""Operations that treat every element alike: arithmetic and activations."""

from __future__ import annotations

import numpy as np

from tools.models.tfjs.registry import Operation, handles
from tools.models.tfjs.values import Constant, Tensor, Value, onnx_array

# TensorFlow's name: ONNX's.
ARITHMETIC = {
    "Add": "Add",
    "AddV2": "Add",
    "BiasAdd": "Add",
    "Sub": "Sub",
    "Mul": "Mul",
    "RealDiv": "Div",
    "Maximum": "Max",
    "Minimum": "Min",
}
ACTIVATIONS = ("Relu", "Relu6", "Sigmoid")


@handles("Identity")
def identity(operation: Operation) -> Value:
    """Adds nothing: the value itself goes on."""
    return operation.inputs[0]


@handles(*ARITHMETIC)
def arithmetic(operation: Operation) -> Tensor:
    """Two operands, broadcast; at least one is computed."""
    first, second = operation.inputs
    if isinstance(first, Constant) and isinstance(second, Constant):
        raise operation.refusal("tfjs-input-constant", input=operation.node.inputs[0])
    shape = np.broadcast_shapes(first.shape, second.shape)
    operands = [_operand(operation, value, len(shape)) for value in (first, second)]
    name = operation.onnx.add_node(ARITHMETIC[operation.node.op], operands)
    return Tensor(name, shape)


def _operand(operation: Operation, value: Value, rank: int) -> str:
    if isinstance(value, Constant):
        return operation.onnx.add_floats(onnx_array(value.array, rank))
    if len(value.shape) != rank:
        # Its axes may be in another order than those of the result.
        raise operation.refusal("tfjs-broadcast", shape=value.shape, rank=rank)
    return value.name


@handles("AddN")
def sum_of_all(operation: Operation) -> Tensor:
    """The sum of any number of computed tensors of one shape."""
    tensors = [operation.tensor(index) for index in range(len(operation.inputs))]
    name = tensors[0].name
    for tensor in tensors[1:]:
        name = operation.onnx.add_node("Add", [name, tensor.name])
    return Tensor(name, tensors[0].shape)


@handles(*ACTIVATIONS)
def activation(operation: Operation) -> Tensor:
    """An activation that is a node of its own."""
    tensor = operation.tensor(0)
    return Tensor(activate(operation, tensor.name, operation.node.op), tensor.shape)


def activate(operation: Operation, name: str, function: str) -> str:
    """Adds the activation `function` to the ONNX tensor `name`.

    Raises:
        BuildError: `tfjs-activation` for one that is not known here.
    """
    if function not in ACTIVATIONS:
        raise operation.refusal("tfjs-activation", activation=function)
    if function == "Relu6":
        bounds = [operation.onnx.add_floats(bound) for bound in (0.0, 6.0)]
        return operation.onnx.add_node("Clip", [name, *bounds])
    return operation.onnx.add_node(function, [name])
