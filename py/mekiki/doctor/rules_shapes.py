"""Operators that move elements about, and those that compute with shapes."""

from __future__ import annotations

import math
from collections.abc import Callable

from mekiki.doctor.graph import Tensor
from mekiki.doctor.step import MOST_AXES, Known, RefusedError, Shape, Step, same
from mekiki.onnx_check import MOST_ELEMENTS
from mekiki.onnx_facts import element_name

Rule = Callable[[Step], list[Known]]


def constant(step: Step) -> list[Known]:
    """Only those given as a tensor are read."""
    found = step.node.attributes.get("value")
    if found is None or not isinstance(found.value, Tensor):
        raise RefusedError("constant-form", "simplify", form=sorted(step.node.attributes)[:1])
    return [known_constant(found.value)]


def known_constant(tensor: Tensor) -> Known:
    """What OpenCV makes of a tensor in the file.

    Raises:
        RefusedError: `constant-kind`, for element types it does not read.
    """
    depth = {1: "f4", 10: "f4", 11: "f4", 6: "i4", 7: "i4", 2: "i1", 3: "i1"}.get(tensor.kind)
    if depth is None and tensor.size:
        raise RefusedError(
            "constant-kind", "simplify", tensor=tensor.name, kind=element_name(tensor.kind)
        )
    real, shape = len(tensor.shape), tensor.shape
    if real > MOST_AXES:
        raise RefusedError("dimension-absurd", length=real)
    held = (*shape, 1) if real == 1 and shape != (0,) else shape or (1,)
    value = None if tensor.value is None or not tensor.size else tensor.value.reshape(held)
    return Known(held, True, value, depth or "f4", real=real)


def shape_of(step: Step) -> list[Known]:
    """Known before the first run, so no length may be open."""
    shape = step.shape()
    if shape is not None and 0 in shape and step.importing:
        raise RefusedError("shape-dynamic", "fix-size")
    count = None if shape is None else (len(shape),)
    return [Known(count, True, depth="i4")]


def reshape(step: Step) -> list[Known]:
    """The new shape has to be a constant."""
    wanted = step.node.integers("shape")
    if wanted is None:
        wanted = step.integers(1)
        step.option(step.input(1).depth == "i4", "shape", step.input(1).depth)
    shape = step.shape()
    if wanted is None or shape is None:
        return [Known(None if wanted is None or min(wanted, default=1) < 1 else tuple(wanted))]
    if step.dynamic and step.importing:
        return [Known(tuple(wanted))]
    made = [shape[i] if n == 0 and i < len(shape) else n for i, n in enumerate(wanted)]
    if -1 in made:
        rest = math.prod(each for each in made if each != -1)
        step.check(rest != 0 and math.prod(shape) % rest == 0, shape=list(shape), wanted=wanted)
        made[made.index(-1)] = math.prod(shape) // rest
    for axis in range(len(shape)):
        # Lengths that are all told may stand for the last axes alone.
        if min(wanted, default=0) > 0 and math.prod(made) == math.prod(shape[axis:]):
            return [Known((*shape[:axis], *made))]
    step.check(math.prod(made) == math.prod(shape), shape=list(shape), wanted=wanted)
    return [Known(tuple(made))]


def _axes(step: Step) -> list[int] | None:
    """The axes of an attribute or of a second input."""
    axes = step.node.integers("axes")
    return step.integers(1) if axes is None and step.given(1) else axes


def squeeze(step: Step) -> list[Known]:
    """Only lengths of 1 go."""
    shape, axes = step.shape(), _axes(step)
    if shape is None or (axes is None and step.given(1)):
        return [Known()]
    gone = range(len(shape)) if axes is None else [step.axis(axis, len(shape)) for axis in axes]
    left = tuple(n for i, n in enumerate(shape) if i not in gone or n != 1)
    return [Known(left)]


def unsqueeze(step: Step) -> list[Known]:
    """One axis at a time, unless of a constant."""
    axes, shape = _axes(step), step.shape()
    if axes is not None and not step.is_constant(0):
        step.option(len(axes) == 1, "axes", axes)
    if axes is None or shape is None:
        return [Known()]
    made = list(shape)
    for axis in sorted(axis % (len(shape) + len(axes)) for axis in axes):
        made.insert(axis, 1)
    return [Known(tuple(made))]


def flatten(step: Step) -> list[Known]:
    """Two axes are left."""
    shape = step.shape()
    if shape is None:
        return [Known()]
    axis = step.node.integer("axis", 1)
    axis = axis + len(shape) if axis < 0 else axis
    return [Known((math.prod(shape[:axis]), math.prod(shape[axis:])))]


def transpose(step: Step) -> list[Known]:
    """Axes change places."""
    shape, order = step.shape(), step.node.integers("perm")
    if shape is None:
        return [Known()]
    if order is None:
        # Of a weight OpenCV does not know the shape here, and leaves it as it is.
        order = list(range(len(shape)))[:: 1 if step.is_constant(0) else -1]
    step.check(sorted(order) == list(range(len(shape))), shape=list(shape), order=order)
    return [Known(tuple(shape[axis] for axis in order))]


def broadcast(step: Step, *shapes: Shape) -> Shape:
    """ONNX's common shape, in which lengths of 1 are stretched."""
    rank = max(len(shape) for shape in shapes)
    made = [1] * rank
    for shape in shapes:
        for axis, length in enumerate(shape, rank - len(shape)):
            if length != made[axis]:
                step.check(1 in (length, made[axis]))
                made[axis] = max(made[axis], length)
    return tuple(made)


def expand(step: Step) -> list[Known]:
    """The new shape has to be a constant."""
    wanted, shape = step.integers(1), step.shape()
    if wanted is None or shape is None:
        return [Known()]
    step.check(min(wanted, default=0) >= 0, wanted=wanted)
    for length, other in zip(shape[::-1], wanted[::-1], strict=False):
        step.check(length == other or 1 in (length, other), shape=list(shape), wanted=wanted)
    return [Known(broadcast(step, shape, tuple(wanted)))]


def tile(step: Step) -> list[Known]:
    """The repeats have to be a constant."""
    repeats, shape = step.integers(1), step.shape()
    if repeats is None or shape is None or len(step.inputs) == 3:
        return [Known()]
    step.check(step.input(1).rank == 2, "operator-rank", rank=1)
    step.check(len(repeats) == len(shape), shape=list(shape), repeats=repeats)
    return [Known(tuple(n * k for n, k in zip(shape, repeats, strict=True)))]


def slices(step: Step) -> list[Known]:
    """Since opset 10 with constants as inputs."""
    shape = step.shape()
    if len(step.inputs) == 1:
        starts, ends = step.node.integers("starts"), step.node.integers("ends")
        axes, steps = step.node.integers("axes"), None
    else:
        step.check(len(step.inputs) >= 3, "operator-inputs", input=len(step.inputs))
        told = [step.integers(i) if step.given(i) else None for i in range(1, 5)]
        starts, ends, axes, steps = told
        if any(step.given(i) and told[i - 1] is None for i in range(1, 5)):
            return [Known()]
    if shape is None or starts is None or ends is None:
        return [Known()]
    made = list(shape)
    for i, (start, end) in enumerate(zip(starts, ends, strict=False)):
        axis = step.axis(axes[i] if axes and i < len(axes) else i, len(shape))
        stride = steps[i] if steps and i < len(steps) else 1
        flips = step.is_constant(0) and len(shape) == 2 and axis == 0
        step.option(stride > 0 or (flips and (start, stride) == (-1, -1)), "steps", stride)
        if made[axis] > 0:
            made[axis] = _between(start, end, stride, made[axis])
    return [Known(tuple(made))]


def _between(start: int, end: int, stride: int, length: int) -> int:
    """How many elements; a start behind the end is the last element to OpenCV."""
    start = min(max(start + length if start < 0 else start, 0), length - 1)
    end = min(end + length if end < 0 else end, length)
    return max(0, -(-(end - start) // max(1, stride)))


def split(step: Step) -> list[Known]:
    """The lengths have to be constants."""
    shape, count = step.shape(), len(step.node.outputs)
    lengths = step.node.integers("split")
    if lengths is None and step.given(1):
        lengths = step.integers(1)
        if lengths is None:
            return [Known()] * count
    if shape is None:
        return [Known()] * count
    axis = step.axis(step.node.integer("axis", 0), len(shape))
    if lengths is None:
        step.check(shape[axis] % count == 0, shape=list(shape), parts=count)
        lengths = [shape[axis] // count] * count
    return [Known((*shape[:axis], length, *shape[axis + 1 :])) for length in lengths]


def concat(step: Step) -> list[Known]:
    """Lengths are the same but on one axis."""
    if step.all_constant():
        return [Known()]  # axes that are missing are put in; see folding
    shapes = [step.shape(i) for i in range(len(step.inputs))]
    told = [shape for shape in shapes if shape is not None]
    if len(told) < len(shapes) or not told:
        return [Known()]
    rank = len(told[0])
    step.check(all(len(shape) == rank for shape in told))
    axis = step.axis(step.node.integer("axis", 1), rank)
    for other in range(rank):
        step.check(other == axis or len({shape[other] for shape in told}) == 1)
    length = sum(shape[axis] for shape in told)
    return [Known((*told[0][:axis], length, *told[0][axis + 1 :]))]


def gather(step: Step) -> list[Known]:
    """The indices take the place of an axis."""
    shape, where = step.shape(), step.shape(1)
    if shape is None or where is None:
        return [Known()]
    axis = step.axis(step.node.integer("axis", 0), len(shape))
    if step.is_constant(1):
        real = step.input(1).real
        if real is None:
            raise RefusedError("constant-unfolded", "simplify", input=1)
        where = where[:real]
    return [Known((*shape[:axis], *where, *shape[axis + 1 :]) or (1,))]


def gather_elements(step: Step) -> list[Known]:
    """As large as the indices."""
    return [Known(step.shape(1))]


def pad(step: Step) -> list[Known]:
    """Axes as a fourth input, of opset 18, are not read."""
    step.check(len(step.inputs) <= 3, "operator-inputs", input=3)
    pads = step.node.integers("pads") or step.node.integers("paddings")
    if pads is None:
        pads = step.integers(1)
    if step.given(2):
        step.constant(2)
    shape = step.shape()
    mode = step.node.text("mode", "constant")
    step.option(mode in ("constant", "reflect", "edge"), "mode", mode)
    if pads is None or shape is None:
        return [Known()]
    half = len(pads) // 2
    step.check(len(shape) >= half, shape=list(shape), pads=pads)
    step.option(min(pads, default=0) >= 0, "pads", pads)
    if mode != "constant":
        step.check(len(shape) == 4, "operator-rank", rank=len(shape))
        channels = [*pads[: max(0, half - 2)], *pads[half : max(half, 2 * half - 2)]]
        step.option(not any(channels), "pads", pads)
    return [Known(tuple(n + pads[i] + pads[half + i] for i, n in enumerate(shape[:half])))]


def fill(step: Step) -> list[Known]:
    """ConstantOfShape: a constant in every case."""
    number = step.node.number("value", 0)
    step.option(number == int(number), "value", number)
    wanted = step.integers(0)
    if wanted is not None:
        step.check(min(wanted, default=1) > 0, wanted=wanted)
        if math.prod(wanted) > MOST_ELEMENTS:
            raise RefusedError("input-too-large", tensor=step.node.outputs[0])
    found = step.node.attributes.get("value")
    depth = known_constant(found.value).depth if found and isinstance(found.value, Tensor) else "f4"
    return [Known(None if wanted is None else tuple(wanted), True, depth=depth)]


def ranges(step: Step) -> list[Known]:
    """All three have to be constants; their number is not looked into."""
    for index in range(3):
        step.constant(index)
    return [Known((), True)]


def depth_to_space(step: Step) -> list[Known]:
    """Channels become squares."""
    return _blocks(step, step.node.integer("blocksize", 0), grows=True)


def space_to_depth(step: Step) -> list[Known]:
    """Squares become channels."""
    return _blocks(step, step.node.integer("blocksize", 0), grows=False)


def _blocks(step: Step, size: int, grows: bool) -> list[Known]:
    shape = step.shape()
    step.option(size > 0, "blocksize", size)
    if shape is None:
        return [Known()]
    step.check(len(shape) == 4, "operator-rank", rank=len(shape))
    batch, depth, height, width = shape
    if grows:
        step.check(depth % size**2 == 0)
        return [Known((batch, depth // size**2, height * size, width * size))]
    step.check(height % size == 0 and width % size == 0)
    return [Known((batch, depth * size**2, height // size, width // size))]


RULES: dict[str, Rule] = {
    "Constant": constant,
    "Shape": shape_of,
    "Reshape": reshape,
    "Squeeze": squeeze,
    "Unsqueeze": unsqueeze,
    "Flatten": flatten,
    "Transpose": transpose,
    "Expand": expand,
    "Tile": tile,
    "Slice": slices,
    "Split": split,
    "Concat": concat,
    "Gather": gather,
    "GatherElements": gather_elements,
    "Pad": pad,
    "Cast": same,
    "ConstantOfShape": fill,
    "ConstantFill": fill,
    "Range": ranges,
    "DepthToSpace": depth_to_space,
    "SpaceToDepth": space_to_depth,
}
