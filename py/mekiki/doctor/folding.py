"""What OpenCV's importer computes by itself: operators all of whose inputs are constants.

Values have the shape that OpenCV's matrix has: a vector is a column, but for those made of shapes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mekiki.doctor.graph import MOST_VALUES, Tensor
from mekiki.doctor.rules_maths import ELEMENTWISE, SIMPLE
from mekiki.doctor.step import Known, RefusedError, Shape, Step, words

Array = NDArray[Any]

FOLDED = frozenset(ELEMENTWISE + SIMPLE).union(
    words("""
        Slice Transpose Squeeze Flatten Unsqueeze Expand Reshape Cast Gather GatherElements Concat
        Scatter ScatterElements ScatterND Tile QuantizeLinear DequantizeLinear Mish Not Swish
        InstanceNormalization GroupNormalization Constant Shape ConstantOfShape ConstantFill Range
    """)
)
# Nothing of theirs is folded, but constants are carried to them as layers.
CARRIED = frozenset(["MatMul", "Gemm", "Einsum", "QLinearConcat"])

_KEEP_RANK = ("Cast", "Flatten", "Concat")  # how many axes the file tells is handed on
_CASTS = {1: "f4", 10: "f2", 2: "u1", 4: "u2", 3: "i4", 5: "i4", 6: "i4", 7: "i4"}
_DEPTHS = {"Shape": "i4", "Range": "f4", "DequantizeLinear": "f4", "QuantizeLinear": "i1"}


def folded(step: Step, made: Sequence[Known]) -> list[Known]:
    """The outputs of an operator as constants, with their values where they are small.

    Raises:
        RefusedError: OpenCV cannot compute it, though it could where it is no constant.
    """
    operator, first = step.node.operator, made[0]
    if operator == "Constant":
        return [first]
    given = [each for each in step.inputs if each is not None]
    kinds = {each.depth for each in given}
    if len(kinds) > 1 and operator in (*ELEMENTWISE, "Concat"):
        raise RefusedError("constant-unfolded", "simplify", kinds=sorted(kinds))
    if operator in SIMPLE and any(each.rank == 1 for each in given):
        raise RefusedError("constant-unfolded", "simplify")
    held = sum(each.value.size for each in given if each.value is not None)
    large = first.shape is not None and math.prod(first.shape) > MOST_VALUES
    value = None if large or held > 16 * MOST_VALUES else _value(step)
    if value is not None and value.size > MOST_VALUES:
        value = None
    if value is not None and operator in ("Shape", "Gather", "Cast"):
        shape: Shape | None = value.shape
    else:
        value = None if value is None else matrix(value)
        shape = value.shape if value is not None else first.shape
        shape = (*shape, 1) if shape is not None and len(shape) == 1 else shape
    real = given[0].real if operator in _KEEP_RANK and given else None
    if operator == "Range" or (operator == "Reshape" and _stays_vector(step)):
        real = 1
    return [Known(shape, True, value, _depth(step, first), real=real), *made[1:]]


def matrix(value: Array) -> Array:
    """With the axes that OpenCV's matrix has, of what the importer computes."""
    return value.reshape((*value.shape, 1)) if value.ndim == 1 else value


def _stays_vector(step: Step) -> bool:
    wanted = step.integers(1) if step.given(1) else None
    return wanted == [-1] and step.input(0).real == 1


def _depth(step: Step, made: Known) -> str:
    operator = step.node.operator
    first = next((each for each in step.inputs if each is not None), None)
    if operator == "Cast":
        kept = first.depth if first else "f4"
        return _CASTS.get(step.node.integer("to", 1), kept)
    if operator in ("ConstantOfShape", "ConstantFill"):
        return made.depth
    return _DEPTHS.get(operator, first.depth if first else "f4")


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
            found = compute(step, values)
    except (ValueError, IndexError, TypeError, ArithmeticError) as error:
        raise RefusedError("constant-unfolded", "simplify") from error
    return None if found is None else np.asarray(found)


def _shape(step: Step, _: Sequence[Any]) -> Array | None:
    shape = step.shape()
    if shape is None:
        return None
    return np.array(shape[:1] if step.input(0).real == 1 else shape, np.int64)


def _gather(step: Step, values: Sequence[Any]) -> Array | None:
    data, where = values[0], values[1].astype(np.int64)
    real = step.input(1).real or 0
    if real < 2:
        where = where.ravel() if real else where.ravel()[0]
    found = np.take(data, where, step.node.integer("axis", 0))
    if real < 2:
        rank = max(data.ndim - real, 1)
        shape = (found.shape + (1,) * rank)[:rank]
        if np.prod(shape) != found.size:
            return None  # OpenCV forgets an axis
        found = found.reshape(shape)
    return np.asarray(found)


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


def _axes(step: Step, values: Sequence[Any]) -> list[int]:
    told = step.node.integers("axes")
    return list(told if told is not None else values[1].ravel().tolist())


def _unsqueeze(step: Step, values: Sequence[Any]) -> Array:
    shape = list(values[0].shape[:1] if step.input(0).real == 1 else values[0].shape)
    rank = len(shape)
    for axis in _axes(step, values):
        shape.insert(axis + rank + 1 if axis < 0 else axis, 1)
    if values[0].ndim == len(shape) == 2:
        shape[1] = -1  # OpenCV looks at the rows alone
    return np.asarray(values[0].reshape(shape))


def _squeeze(step: Step, values: Sequence[Any]) -> Array:
    told = step.node.integers("axes") is not None or len(values) > 1
    return np.asarray(np.squeeze(values[0], tuple(_axes(step, values)) if told else None))


def _reshape(step: Step, values: Sequence[Any]) -> Array:
    told = step.node.integers("shape")
    wanted = told if told is not None else values[1].ravel().tolist()
    old = values[0].shape
    shape = [old[i] if n == 0 else n for i, n in enumerate(wanted)]
    return np.asarray(np.reshape(values[0], shape))


def _concat(step: Step, values: Sequence[Any]) -> Array:
    """Axes that are missing are put in."""
    longest = max(values, key=lambda each: each.ndim)
    axis = step.node.integer("axis", 1) % longest.ndim
    shapes = [list(longest.shape) for _ in values]
    for shape, value in zip(shapes, values, strict=True):
        shape[axis] = value.shape[axis]
    parts = [value.reshape(shape) for value, shape in zip(values, shapes, strict=True)]
    return np.concatenate(parts, axis)


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
    count = max(0, int(np.ceil((limit - start) / delta)))
    return (start + np.arange(count) * delta)[None] if count <= MOST_VALUES else None


def _divide(_: Step, values: Sequence[Any]) -> Array:
    left, right = values
    if left.dtype.kind in "iu" and right.dtype.kind in "iu":
        return np.asarray(left // right)
    return np.asarray(left / right)


def _transpose(step: Step, values: Sequence[Any]) -> Array:
    order = step.node.integers("perm")
    return np.asarray(values[0] if order is None else np.transpose(values[0], order))


def _two(function: Callable[[Any, Any], Any]) -> Callable[[Step, Sequence[Any]], Any]:
    return lambda _, values: function(values[0], values[1])


def _one(function: Callable[[Any], Any]) -> Callable[[Step, Sequence[Any]], Any]:
    return lambda _, values: function(values[0])


_COMPUTED: dict[str, Callable[[Step, Sequence[Any]], Any]] = {
    "Shape": _shape,
    "Gather": _gather,
    "Slice": _slice,
    "Squeeze": _squeeze,
    "Unsqueeze": _unsqueeze,
    "Reshape": _reshape,
    "Cast": _cast,
    "ConstantOfShape": _fill,
    "Range": _range,
    "Concat": _concat,
    "Transpose": _transpose,
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
    "Min": lambda _, values: reduce(np.minimum, values),
    "Max": lambda _, values: reduce(np.maximum, values),
    "Where": lambda _, values: np.where(*values),
}
