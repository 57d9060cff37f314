"""Operators of convolutional networks."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable

from mekiki.doctor.step import Known, RefusedError, Step, same

Rule = Callable[[Step], list[Known]]


def _window(step: Step, kernel: list[int], lengths: list[int], *, ceil: bool) -> list[int]:
    """How often a kernel fits along each axis."""
    count = len(kernel)
    strides = step.node.integers("strides") or [1] * count
    dilations = step.node.integers("dilations") or [1] * count
    pads = step.node.integers("pads") or [0] * 2 * count
    mode = step.node.text("auto_pad", "NOTSET")
    made = []
    for i in range(count):
        if mode in ("SAME_UPPER", "SAME_LOWER"):
            made.append((lengths[i] - 1 + strides[i]) // strides[i])
            continue
        padding = 0 if mode == "VALID" else pads[i] + pads[i + count]
        room = lengths[i] + padding - dilations[i] * (kernel[i] - 1) - 1
        steps = -(-room // strides[i]) if ceil else _unsigned(room) // strides[i]
        made.append(_int32(steps + 1))
    return made


def _unsigned(number: int) -> int:
    """As OpenCV reckons with sizes: an open length, which is 0, leaves less than nothing."""
    return number % (2 * (sys.maxsize + 1)) if number < 0 else number


def _int32(number: int) -> int:
    """What remains of a number in an int of C++."""
    return (number + 2**31) % 2**32 - 2**31


def _scaled(length: int, factor: float) -> int:
    return int(max(-(2.0**31), length * factor))


def convolution(step: Step) -> list[Known]:
    """Weights may be computed, of pictures, where the kernel is told."""
    weights, shape = step.input(1), step.shape()
    kernel = step.node.integers("kernel_shape")
    if kernel is None:
        step.check(weights.constant, "input-not-constant", input=1)
    if shape is None or weights.shape is None:
        return [Known()]
    step.check(len(step.inputs) < 3 or step.given(2), "operator-inputs", input=2)
    step.check(len(shape) in (3, 4, 5) and len(weights.shape) == len(shape))
    if not weights.constant:
        step.check(len(shape) == 4, "operator-rank", rank=len(shape))
    kernel = kernel or list(weights.shape[2:])
    step.check(len(kernel) == len(shape) - 2, kernel=kernel, shape=list(shape))
    made, groups = weights.shape[0], step.node.integer("group", 1)
    step.check(groups > 0 and weights.shape[1] * groups == shape[1] and made % groups == 0)
    return [Known((shape[0], made, *_window(step, kernel, list(shape[2:]), ceil=False)))]


def deconvolution(step: Step) -> list[Known]:
    """Of pictures, with constant weights and pads that are the same on both sides."""
    weights, shape = step.constant(1), step.shape()
    if step.given(2):
        step.constant(2)
    if shape is None or weights.shape is None:
        return [Known()]
    step.check(len(shape) == 4 and len(weights.shape) == 4, "operator-rank", rank=len(shape))
    kernel = step.node.integers("kernel_shape") or list(weights.shape[2:])
    strides = step.node.integers("strides") or [1, 1]
    pads = step.node.integers("pads") or [0] * 4
    extra = step.node.integers("output_padding") or [0, 0]
    mode = step.node.text("auto_pad", "NOTSET")
    if mode == "NOTSET":
        step.option(pads[:2] == pads[2:], "pads", pads)
    groups = step.node.integer("group", 1)
    step.check(weights.shape[0] == shape[1] and shape[1] % groups == 0)
    made = []
    for i in range(2):
        outer = strides[i] * (shape[2 + i] - 1) + extra[i]
        if mode.startswith("SAME"):
            made.append(outer + 1)
        else:
            made.append(outer + kernel[i] - (pads[i] + pads[i + 2] if mode == "NOTSET" else 0))
    return [Known((shape[0], weights.shape[1] * groups, *made))]


def pool(step: Step) -> list[Known]:
    """The largest or the mean under a kernel."""
    shape, count = step.shape(), max(1, len(step.node.outputs))
    kernel = step.node.integers("kernel_shape")
    if kernel is None:
        raise RefusedError("operator-option", option="kernel_shape", value=None)
    if shape is None:
        return [Known()] * count
    if step.importing and 0 in shape and not step.dynamic:
        return [Known()] * count  # OpenCV reckons with unsigned numbers, and gets any length
    step.check(len(kernel) == len(shape) - 2, kernel=kernel, shape=list(shape))
    ceil = bool(step.node.integer("ceil_mode", 0))
    made = _pooled(step, kernel, list(shape[2:]), ceil)
    return [Known((*shape[:2], *made))] * count


def _pooled(step: Step, kernel: list[int], lengths: list[int], ceil: bool) -> list[int]:
    if step.dynamic and step.importing:
        return lengths
    made = _window(step, kernel, lengths, ceil=ceil)
    pads = step.node.integers("pads") or [0] * 2 * len(kernel)
    strides = step.node.integers("strides") or [1] * len(kernel)
    for i, end in enumerate(pads[len(kernel) :]):
        step.check(made[i] >= 1)
        if end and (made[i] - 1) * strides[i] >= lengths[i] + end:
            made[i] -= 1
    return made


def global_pool(step: Step) -> list[Known]:
    """Over one axis or two."""
    shape = step.shape()
    if shape is None:
        return [Known()]
    step.check(3 <= len(shape) <= 4, "operator-rank", rank=len(shape))
    if step.dynamic and step.importing:
        return [Known(shape)]
    return [Known((*shape[:2], *[1] * (len(shape) - 2)))]


def batch_norm(step: Step) -> list[Known]:
    """With scale, bias, mean and variance, all constant."""
    step.check(len(step.inputs) == 5, "operator-inputs", input=len(step.inputs))
    for index in range(1, 5):
        step.constant(index)
    return [Known(step.shape()), *[Known(absent=True)] * (len(step.node.outputs) - 1)]


def instance_norm(step: Step) -> list[Known]:
    """GroupNormalization too: one scale for each channel, as from opset 21."""
    shape = step.shape()
    if shape is None:
        return same(step)
    step.check(len(shape) >= 3, "operator-rank", rank=len(shape))
    for index in (1, 2):
        given = step.shape(index)
        fits = given is None or math.prod(given) == shape[1]
        if not fits:
            raise RefusedError("operator-shapes", "other-opset", shapes=[list(shape), given])
    return same(step)


def prelu(step: Step) -> list[Known]:
    """The slopes have to be constants."""
    step.constant(1)
    return same(step)


def resize(step: Step) -> list[Known]:
    """To scales or sizes that are constants, along height and width."""
    node, shape = step.node, step.shape()
    for index in range(1, len(step.inputs)):
        if step.given(index):
            step.constant(index)
    _interpolation(step)
    scales_at = 1 if len(step.inputs) == 2 else 2
    scales = step.inputs[scales_at] if scales_at < len(step.inputs) else None
    if scales is not None and scales.shape != (0,):
        told = None if scales.shape is None else math.prod(scales.shape)
        step.check(told in (None, 4), "operator-rank", rank=told)
        if scales.value is None or shape is None:
            return [Known()]
        step.check(len(shape) == 4, "operator-rank", rank=len(shape))
        factors = scales.value.ravel()
        return [Known((*shape[:2], *(_scaled(shape[i], float(factors[i])) for i in (2, 3))))]
    sizes = step.integers(3) if step.given(3) else None
    step.check(step.given(3), "operator-inputs", input=3)
    if sizes is None or shape is None:
        return [Known()]
    step.check(len(sizes) == 4 and len(shape) == 4, "operator-rank", rank=len(shape))
    step.option(not node.text("keep_aspect_ratio_policy").startswith("not_"), "policy", "")
    return [Known((*shape[:2], *sizes[2:]))]


def _interpolation(step: Step) -> None:
    """Linear is known only with half pixels or aligned corners, or of pytorch; cubic never."""
    mode = step.node.text("mode")
    if not mode:
        raise RefusedError("option-missing", "write-option", option="mode", value="nearest")
    coordinates = step.node.text("coordinate_transformation_mode")
    step.option(coordinates != "tf_crop_and_resize", "coordinate_transformation_mode", coordinates)
    linear = mode == "linear" and (coordinates or step.producer == "pytorch")
    step.option(mode == "nearest" or bool(linear), "mode", mode)


def upsample(step: Step) -> list[Known]:
    """Resize before opset 10."""
    shape, scales = step.shape(), step.node.attributes.get("scales")
    _interpolation(step)
    factors = scales.value if scales else None
    if factors is None and step.given(1):
        value = step.constant(1).value
        factors = None if value is None else [float(each) for each in value.ravel()]
    if shape is None or not isinstance(factors, list):
        return [Known()]
    step.check(len(shape) == 4 and len(factors) == 4, "operator-rank", rank=len(shape))
    return [Known((*shape[:2], *(_scaled(shape[i], float(factors[i])) for i in (2, 3))))]


RULES: dict[str, Rule] = {
    "Conv": convolution,
    "ConvTranspose": deconvolution,
    "MaxPool": pool,
    "AveragePool": pool,
    "GlobalAveragePool": global_pool,
    "GlobalMaxPool": global_pool,
    "BatchNormalization": batch_norm,
    "InstanceNormalization": instance_norm,
    "GroupNormalization": instance_norm,
    "LRN": same,
    "PRelu": prelu,
    "Resize": resize,
    "Upsample": upsample,
}
