"""What OpenCV's importer computes by itself: operators all of whose inputs are constants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mekiki.doctor.graph import MOST_VALUES, Tensor
from mekiki.doctor.rules_maths import ELEMENTWISE, SIMPLE
from mekiki.doctor.step import Known, Step, words

Array = NDArray[Any]

FOLDED = frozenset(ELEMENTWISE + SIMPLE).union(
    words("""
        Slice Transpose Squeeze Flatten Unsqueeze Expand Reshape Cast Gather GatherElements Concat
        Scatter ScatterElements ScatterND Tile QuantizeLinear DequantizeLinear
        InstanceNormalization GroupNormalization Constant Shape ConstantOfShape ConstantFill Range
    """)
)
# Nothing of theirs is folded, but constants are carried to them as layers.
CARRIED = frozenset(["MatMul", "Gemm", "Einsum", "QLinearConcat"])

_CASTS = {1: "f4", 10: "f2", 2: "u1", 4: "u2", 3: "i4", 5: "i4", 6: "i4", 7: "i4"}


def folded(step: Step, made: Sequence[Known]) -> list[Known]:
    """The outputs of an operator as constants, with their values where they are small."""
    depth = _depth(step, made)
    value = _value(step)
    if value is not None and value.size > MOST_VALUES:
        value = None
    shape = made[0].shape if value is None else value.shape
    return [Known(shape, True, value, depth), *made[1:]]


def _depth(step: Step, made: Sequence[Known]) -> str:
    operator = step.node.operator
    first = next((each for each in step.inputs if each is not None), None)
    if operator == "Cast":
        kept = first.depth if first else "f4"
        return _CASTS.get(step.node.integer("to", 1), kept)
    told = {"Shape": "i4", "Range": "f4", "DequantizeLinear": "f4", "QuantizeLinear": "i1"}
    if operator in told:
        return told[operator]
    if operator in ("Constant", "ConstantOfShape", "ConstantFill"):
        return made[0].depth
    return first.depth if first else "f4"


def _value(step: Step) -> Array | None:
    compute = _COMPUTED.get(step.node.operator)
    if compute is None:
        return None
    values = [each.value if each is not None else None for each in step.inputs]
    told = [each is None or each.value is not None for each in step.inputs]
    if step.node.operator != "Shape" and not all(told):
        return None
    try:
        with np.errstate(all="ignore"):
            return np.asarray(compute(step, values))
    except (ValueError, IndexError, TypeError, ArithmeticError):
        return None  # the rule, or OpenCV, says what is wrong with it


def _shape(step: Step, _: Sequence[Any]) -> Array | None:
    shape = step.shape()
    return None if shape is None else np.array(shape, np.int64)


def _gather(step: Step, values: Sequence[Any]) -> Array:
    axis = step.node.integer("axis", 0)
    return np.asarray(np.take(values[0], values[1].astype(np.int64), axis))


def _slice(step: Step, values: Sequence[Any]) -> Array:
    data = values[0]
    if len(values) == 1:
        starts, ends = step.node.integers("starts"), step.node.integers("ends")
        axes, steps = step.node.integers("axes"), None
    else:
        told = [None if each is None else each.ravel().tolist() for each in values[1:]]
        starts, ends, axes, steps = (*told, None, None)[:4]
    axes = axes or list(range(len(starts or ())))
    cut = [slice(None)] * data.ndim
    for i, axis in enumerate(axes):
        cut[axis] = slice((starts or ())[i], (ends or ())[i], steps[i] if steps else 1)
    return np.asarray(data[tuple(cut)])


def _axes(step: Step, values: Sequence[Any]) -> tuple[int, ...]:
    told = step.node.integers("axes")
    return tuple(told if told is not None else values[1].ravel().tolist())


def _squeeze(step: Step, values: Sequence[Any]) -> Array:
    told = step.node.integers("axes") is not None or len(values) > 1
    return np.asarray(np.squeeze(values[0], _axes(step, values) if told else None))


def _reshape(step: Step, values: Sequence[Any]) -> Array:
    told = step.node.integers("shape")
    wanted = told if told is not None else values[1].ravel().tolist()
    old = values[0].shape
    shape = [old[i] if n == 0 else n for i, n in enumerate(wanted)]
    return np.asarray(np.reshape(values[0], shape))


def _cast(step: Step, values: Sequence[Any]) -> Array:
    wanted = _CASTS.get(step.node.integer("to", 1))
    return np.asarray(values[0].astype(np.int64 if wanted == "i4" else wanted or values[0].dtype))


def _fill(step: Step, values: Sequence[Any]) -> Array | None:
    shape = values[0].ravel().tolist()
    if np.prod(shape, dtype=np.float64) > MOST_VALUES:
        return None
    given = step.node.attributes.get("value")
    tensor = given.value if given else None
    value = tensor.value if isinstance(tensor, Tensor) and tensor.value is not None else [0.0]
    return np.full(shape, np.ravel(value)[0])


def _range(_: Step, values: Sequence[Any]) -> Array | None:
    start, limit, delta = (float(each.ravel()[0]) for each in values)
    count = max(0, -(-(limit - start) // delta))
    return start + np.arange(count) * delta if count <= MOST_VALUES else None


def _constant(step: Step, _: Sequence[Any]) -> Array | None:
    given = step.node.attributes.get("value")
    return given.value.value if given and isinstance(given.value, Tensor) else None


def _divide(_: Step, values: Sequence[Any]) -> Array:
    left, right = values
    if left.dtype.kind in "iu" and right.dtype.kind in "iu":
        return np.asarray(left // right)
    return np.asarray(left / right)


def _two(function: Callable[[Any, Any], Any]) -> Callable[[Step, Sequence[Any]], Any]:
    return lambda _, values: function(values[0], values[1])


def _one(function: Callable[[Any], Any]) -> Callable[[Step, Sequence[Any]], Any]:
    return lambda _, values: function(values[0])


_COMPUTED: dict[str, Callable[[Step, Sequence[Any]], Any]] = {
    "Constant": _constant,
    "Shape": _shape,
    "Gather": _gather,
    "Slice": _slice,
    "Squeeze": _squeeze,
    "Unsqueeze": lambda step, values: np.expand_dims(values[0], _axes(step, values)),
    "Reshape": _reshape,
    "Cast": _cast,
    "ConstantOfShape": _fill,
    "Range": _range,
    "Concat": lambda step, values: np.concatenate(values, step.node.integer("axis", 0)),
    "Transpose": lambda step, values: np.transpose(values[0], step.node.integers("perm")),
    "Expand": lambda _, values: values[0] * np.ones(values[1].ravel().tolist(), values[0].dtype),
    "Tile": _two(lambda data, repeats: np.tile(data, repeats.ravel().tolist())),
    "Identity": _one(lambda data: data),
    "Floor": _one(np.floor),
    "Ceil": _one(np.ceil),
    "Sqrt": _one(np.sqrt),
    "Add": _two(np.add),
    "Sub": _two(np.subtract),
    "Mul": _two(np.multiply),
    "Div": _divide,
    "Mod": _two(np.mod),
    "Pow": _two(np.power),
    "Equal": _two(np.equal),
    "Min": lambda _, values: np.minimum.reduce(values),
    "Max": lambda _, values: np.maximum.reduce(values),
    "Where": lambda _, values: np.where(*values),
}
