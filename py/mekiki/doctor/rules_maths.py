"""Operators that compute: by elements, along axes, and with matrices."""

from __future__ import annotations

from collections.abc import Callable

from mekiki.doctor.rules_shapes import broadcast
from mekiki.doctor.step import Known, RefusedError, Shape, Step, same, unknown, words

Rule = Callable[[Step], list[Known]]


def elementwise(step: Step) -> list[Known]:
    """Lengths of 1 are stretched."""
    shapes = [_row(step, i) for i in range(len(step.inputs))]
    told = [shape for shape in shapes if shape is not None]
    if len(told) < len(shapes) or not told:
        return [Known()]
    return [Known(broadcast(step, *told))]


def _row(step: Step, index: int) -> Shape | None:
    """The shape of an input; a vector of the file is laid along the last axis."""
    given = step.input(index)
    if given.shape is None or step.all_constant():
        return given.shape
    if given.constant and given.real == 1 and given.shape[1:] == (1,):
        return given.shape[::-1]
    return (*given.shape, 1) if given.constant and len(given.shape) == 1 else given.shape


def clip(step: Step) -> list[Known]:
    """The limits have to be constants."""
    for index in (1, 2):
        if step.given(index):
            step.constant(index)
    return same(step)


def reduction(step: Step) -> list[Known]:
    """Axes that are no constant are not seen: everything is reduced."""
    shape, axes = step.shape(), step.node.integers("axes")
    if axes is None and step.given(1):
        if not step.is_constant(1):
            raise RefusedError("input-not-constant", "simplify", input=1)
        axes = step.integers(1)
        if axes is None:
            return [Known()]
    if shape is None:
        return [Known()]
    if not axes and step.node.integer("noop_with_empty_axes", 0):
        return [Known(shape)]
    gone = {step.axis(axis, len(shape)) for axis in axes} if axes else set(range(len(shape)))
    if step.node.integer("keepdims", 1):
        return [Known(tuple(1 if i in gone else n for i, n in enumerate(shape)))]
    return [Known(tuple(n for i, n in enumerate(shape) if i not in gone) or (1,))]


def arg(step: Step) -> list[Known]:
    """Where the largest or smallest is."""
    shape = step.shape()
    if shape is None:
        return [Known()]
    axis = step.axis(step.node.integer("axis", 0), len(shape))
    if step.node.integer("keepdims", 1):
        return [Known((*shape[:axis], 1, *shape[axis + 1 :]))]
    return [Known((*shape[:axis], *shape[axis + 1 :]))]


def matmul(step: Step) -> list[Known]:
    """Matrices in the last two axes."""
    left, right = step.shape(), step.shape(1)
    if left is None or right is None:
        return [Known()]
    step.check(len(left) >= 2 and len(right) >= 2)
    step.check(left[-1] == right[-2])
    return [
        Known(
            (*broadcast(step, left[:-2] or (1,), right[:-2] or (1,)), left[-2], right[-1])[
                -max(len(left), len(right)) :
            ]
        )
    ]


def gemm(step: Step) -> list[Known]:
    """Two matrices and what is added to their product."""
    left, right = step.shape(), step.shape(1)
    if left is None or right is None:
        return [Known()]
    step.check(len(left) >= 2 and len(right) == 2)
    rows, inner = left[-2:] if not step.node.integer("transA", 0) else left[:-3:-1]
    deep, columns = right if not step.node.integer("transB", 0) else right[::-1]
    step.check(inner == deep)
    for length in left[:-2]:
        rows *= length
    step.option(not step.given(2) or step.node.number("beta", 1.0) != 0, "beta", 0)
    bias = step.shape(2) if step.given(2) else None
    if bias is not None and (len(bias) == 1 or step.input(2).real == 1):
        step.check(bias[0] in (1, columns))
    return [Known((rows, columns))]


def softmax(step: Step) -> list[Known]:
    """Along an axis, which is another by default since opset 12 or 13."""
    shape = step.shape()
    if shape is not None:
        step.axis(step.node.integer("axis", -1 if step.opset > 11 else 1), len(shape))
    return same(step)


def layer_norm(step: Step) -> list[Known]:
    """The scale has the shape of the last axes."""
    shape, scale = step.shape(), step.shape(1)
    if shape is not None and scale is not None:
        axis = step.axis(step.node.integer("axis", -1), len(shape))
        if axis == len(shape) - 1 and step.input(1).real == 1:
            scale = scale[:1]
        step.check(shape[axis:] == scale)
    return [Known(shape), *[Known(absent=True)] * (len(step.node.outputs) - 1)]


def top_k(step: Step) -> list[Known]:
    """How many has to be a constant."""
    shape, count = step.shape(), step.node.integer("k", 0)
    if len(step.inputs) == 2:
        found = step.integers(1)
        if not found:
            return unknown(step)
        count = found[0]
    if shape is None:
        return unknown(step)
    axis = step.axis(step.node.integer("axis", -1), len(shape))
    step.check(0 < count <= shape[axis], k=count, shape=list(shape))
    return [Known((*shape[:axis], count, *shape[axis + 1 :]))] * 2


def scatter(step: Step) -> list[Known]:
    """Indices and updates of one shape."""
    shape, where, what = step.shape(), step.shape(1), step.shape(2)
    reduce = step.node.text("reduction", "none")
    step.option(reduce in ("none", "add", "mul", "max", "min"), "reduction", reduce)
    if shape is not None and where is not None and what is not None:
        step.check(len(shape) == len(where) == len(what) and where == what)
        step.check(all(n >= k for n, k in zip(shape, where, strict=True)))
    return same(step)


def scatter_nd(step: Step) -> list[Known]:
    """The last axis of the indices names an element or a part."""
    shape, where, what = step.shape(), step.shape(1), step.shape(2)
    if shape is not None and where is not None and what is not None and where:
        deep = where[-1]
        step.check(deep <= len(shape) and what == (*where[:-1], *shape[deep:]))
    return same(step)


def einsum(step: Step) -> list[Known]:
    """Small letters, and what comes out is told."""
    equation = step.node.text("equation").replace(" ", "")
    step.option("->" in equation[:-2] and equation == equation.lower(), "equation", equation)
    shapes = [step.shape(i) for i in range(len(step.inputs))]
    sides = equation.split("->")
    terms = sides[0].split(",")
    step.option(len(terms) == len(shapes) and bool(equation), "equation", equation)
    if "." in equation:
        return [Known()]
    lengths: dict[str, int] = {}
    for term, shape in zip(terms, shapes, strict=True):
        if shape is None:
            return [Known()]
        step.check(len(term) == len(shape))
        for letter, length in zip(term, shape, strict=True):
            step.check(lengths.setdefault(letter, length) in (length, 1) or length == 1)
    return [Known(tuple(lengths.get(letter, 1) for letter in sides[1]))]


def attention(step: Step) -> list[Known]:
    """That of com.microsoft; ONNX's own of opset 23 has other inputs."""
    step.option(step.node.integer("num_heads", 0) > 0, "num_heads", None)
    sizes = step.node.integers("qkv_hidden_sizes")
    step.option(sizes is not None and len(sizes) == 3, "qkv_hidden_sizes", sizes)
    step.check(len(step.inputs) == 3, "operator-inputs", input=len(step.inputs))
    return same(step)


def first_alone(step: Step) -> list[Known]:
    """Of several outputs only the first is made."""
    return [Known(step.shape()), *[Known(absent=True)] * (len(step.node.outputs) - 1)]


ELEMENTWISE = words(
    "Equal Greater Less Pow Add Sub Mul Div GreaterOrEqual LessOrEqual Mod Sum Min Max Mean Where"
)
SIMPLE = words("""
    Acos Acosh Asin Asinh Atan Atanh Ceil Celu Cos Cosh Dropout Erf Exp Floor HardSigmoid HardSwish
    Identity Log Round Reciprocal Selu Sign Sigmoid Sin Sinh Softplus Softsign Shrink Sqrt Tan
    ThresholdedRelu Gelu GeluApproximation
""")
UNFOLDED = words(
    "Neg Relu LeakyRelu Elu Tanh Abs CumSum RandomNormalLike ImageScaler Not Mish Swish"
)
REDUCTIONS = words("Max Min Mean Sum SumSquare Prod L1 L2 LogSum LogSumExp")

RULES: dict[str, Rule] = {
    **dict.fromkeys(ELEMENTWISE, elementwise),
    **dict.fromkeys(SIMPLE, same),
    "Dropout": first_alone,
    **dict.fromkeys(UNFOLDED, same),
    **{f"Reduce{each}": reduction for each in REDUCTIONS},
    "ArgMax": arg,
    "ArgMin": arg,
    "Clip": clip,
    "MatMul": matmul,
    "Gemm": gemm,
    "Softmax": softmax,
    "SoftMax": softmax,
    "LogSoftmax": softmax,
    "LayerNormalization": layer_norm,
    "TopK": top_k,
    "Scatter": scatter,
    "ScatterElements": scatter,
    "ScatterND": scatter_nd,
    "Einsum": einsum,
    "Attention": attention,
}
