"""Operators that move elements, make tensors, or ask for a shape."""

import itertools

import numpy as np
from onnx import numpy_helper

from tests.opencv.operators.sketch import Sketch

EXACT = {"absolute": 0.0, "relative": 0.0}


def orders():
    for order in itertools.permutations(range(4)):
        sketch = Sketch(f"Transpose_{''.join(map(str, order))}")
        sketch.node("Transpose", sketch.input(2, 3, 5, 7), perm=order)
        yield sketch.case(**EXACT)
    for shape, order in (
        ((3, 5), (1, 0)),
        ((2, 3, 5), (2, 0, 1)),
        ((1, 2, 3, 4, 5), (0, 3, 4, 1, 2)),
    ):
        sketch = Sketch(f"Transpose_of_{len(shape)}_axes")
        sketch.node("Transpose", sketch.input(*shape), perm=order)
        yield sketch.case(**EXACT)


def reshapes():
    for label, target in (
        ("flat", (-1, 12)),
        ("kept", (0, 0, -1)),
        ("more", (1, 2, 3, 4, 1)),
        ("same", (1, 4, 2, 3)),
        ("anchors", (1, 2, 2, 2, 3)),
    ):
        sketch = Sketch(f"Reshape_{label}")
        sketch.node("Reshape", sketch.input(1, 4, 2, 3), sketch.axes(*target))
        yield sketch.case(**EXACT)
    for axis in (0, 1, 2, 3, 4, -1):
        sketch = Sketch(f"Flatten_axis_{axis}".replace("-", "minus_"))
        sketch.node("Flatten", sketch.input(2, 3, 4, 5), axis=axis)
        yield sketch.case(**EXACT)
    for label, shape, axes in (
        ("one", (1, 3, 1, 5), (2,)),
        ("two", (1, 3, 1, 5), (0, 2)),
        ("last", (2, 3, 4, 1), (-1,)),
    ):
        sketch = Sketch(f"Squeeze_{label}")
        sketch.node("Squeeze", sketch.input(*shape), sketch.axes(*axes))
        yield sketch.case(**EXACT)
        sketch = Sketch(f"Squeeze_{label}_of_opset_11", opset=11)
        sketch.node("Squeeze", sketch.input(*shape), axes=axes)
        yield sketch.case(**EXACT)
    for axes in ((0,), (1,), (-1,), (0, 3)):
        label = "_".join(map(str, axes)).replace("-", "minus_")
        sketch = Sketch(f"Unsqueeze_{label}")
        sketch.node("Unsqueeze", sketch.input(2, 3, 4), sketch.axes(*axes))
        yield sketch.case(**EXACT)
    sketch = Sketch("Unsqueeze_of_opset_11", opset=11)
    sketch.node("Unsqueeze", sketch.input(2, 3, 4), axes=[1])
    yield sketch.case(**EXACT)


def asked_for():
    # The shape itself is no float32: what detectors do with it is build another shape.
    sketch = Sketch("Shape_into_Reshape")
    x = sketch.input(2, 3, 4, 5)
    batch = sketch.node("Gather", sketch.node("Shape", x), sketch.axes(0))
    sketch.node("Reshape", x, sketch.node("Concat", batch, sketch.axes(-1), axis=0))
    yield sketch.case(**EXACT)
    sketch = Sketch("Shape_alone")
    sketch.as_float(sketch.node("Shape", sketch.input(2, 3, 4, 5)))
    yield sketch.case(**EXACT)
    sketch = Sketch("Shape_slice_times_two_into_Resize")
    x = sketch.input(1, 3, 4, 5)
    shape = sketch.node("Shape", x)
    front = sketch.node("Slice", shape, sketch.axes(0), sketch.axes(2), sketch.axes(0))
    back = sketch.node("Slice", shape, sketch.axes(2), sketch.axes(4), sketch.axes(0))
    doubled = sketch.node("Mul", back, sketch.axes(2, 2))
    size = sketch.node("Concat", front, doubled, axis=0)
    attributes = {"coordinate_transformation_mode": "asymmetric", "nearest_mode": "floor"}
    sketch.node("Resize", x, "", "", size, mode="nearest", **attributes)
    yield sketch.case(**EXACT)


def joins():
    for label, shapes, axis in (
        ("channels", ((1, 3, 5, 7), (1, 4, 5, 7)), 1),
        ("channels_of_three", ((1, 3, 5, 7), (1, 1, 5, 7), (1, 2, 5, 7)), 1),
        ("batch", ((1, 3, 5), (2, 3, 5)), 0),
        ("rows", ((1, 3, 5, 7), (1, 3, 2, 7)), 2),
        ("columns", ((1, 3, 5, 7), (1, 3, 5, 2)), -1),
        ("3d", ((1, 85, 16), (1, 85, 9), (1, 85, 4)), 2),
        ("2d", ((3, 4), (3, 5)), -1),
        ("batched_channels", ((2, 3, 5, 7), (2, 4, 5, 7)), 1),
    ):
        sketch = Sketch(f"Concat_{label}")
        sketch.node("Concat", *[sketch.input(*shape) for shape in shapes], axis=axis)
        yield sketch.case(**EXACT)
    sketch = Sketch("Concat_with_a_constant")
    sketch.node("Concat", sketch.input(1, 3, 5), sketch.constant(sketch.values(1, 2, 5)), axis=1)
    yield sketch.case(**EXACT)
    sketch = Sketch("Concat_of_one_twice")
    x = sketch.input(1, 3, 5, 7)
    sketch.node("Concat", x, x, axis=1)
    yield sketch.case(**EXACT)


def repeats():
    for label, shape, target in (
        ("channels", (1, 3, 1, 1), (1, 3, 5, 7)),
        ("batch", (1, 3, 5), (4, 3, 5)),
        ("more_axes", (3, 1), (2, 3, 4)),
        ("keeps_larger", (1, 3, 5, 1), (1, 1, 1, 7)),
    ):
        sketch = Sketch(f"Expand_{label}")
        sketch.node("Expand", sketch.input(*shape), sketch.axes(*target))
        yield sketch.case(**EXACT)
    for label, repeats in (
        ("rows", (1, 1, 2, 1)),
        ("columns", (1, 1, 1, 3)),
        ("both", (1, 2, 2, 2)),
        ("none", (1, 1, 1, 1)),
    ):
        sketch = Sketch(f"Tile_{label}")
        sketch.node("Tile", sketch.input(1, 3, 2, 4), sketch.axes(*repeats))
        yield sketch.case(**EXACT)


def pads():
    for mode in ("constant", "reflect", "edge"):
        for label, widths in (
            ("picture", (0, 0, 1, 2, 0, 0, 2, 1)),
            ("channels", (0, 1, 0, 0, 0, 1, 0, 0)),
            ("left", (0, 0, 0, 2, 0, 0, 0, 0)),
        ):
            sketch = Sketch(f"Pad_{mode}_{label}")
            sketch.node("Pad", sketch.input(1, 3, 5, 7), sketch.axes(*widths), mode=mode)
            yield sketch.case(**EXACT)
    sketch = Sketch("Pad_with_a_value")
    sketch.node(
        "Pad", sketch.input(1, 3, 5, 7), sketch.axes(0, 0, 1, 2, 0, 0, 2, 1), sketch.constant(-3.5)
    )
    yield sketch.case(**EXACT)
    sketch = Sketch("Pad_of_opset_10", opset=10)
    sketch.node("Pad", sketch.input(1, 3, 5, 7), pads=[0, 0, 1, 2, 0, 0, 2, 1], value=0.5)
    yield sketch.case(**EXACT)
    sketch = Sketch("Pad_3d")
    sketch.node("Pad", sketch.input(2, 5, 7), sketch.axes(0, 0, 1, 0, 0, 2))
    yield sketch.case(**EXACT)


def depth_and_space():
    for mode in ("DCR", "CRD"):
        sketch = Sketch(f"DepthToSpace_{mode}")
        sketch.node("DepthToSpace", sketch.input(1, 12, 3, 5), blocksize=2, mode=mode)
        yield sketch.case(**EXACT)
    for size in (2, 3):
        sketch = Sketch(f"SpaceToDepth_{size}")
        sketch.node("SpaceToDepth", sketch.input(1, 2, 6, 12), blocksize=size)
        yield sketch.case(**EXACT)


def made():
    for key, value in (("value", numpy_helper.from_array(np.float32([2.5]))), ("value_float", 2.5)):
        sketch = Sketch(f"Constant_of_{key}")
        sketch.node("Mul", sketch.input(1, 3, 5, 7), sketch.node("Constant", **{key: value}))
        yield sketch.case(**EXACT)
    sketch = Sketch("ConstantOfShape_then_Add")
    filled = sketch.node("ConstantOfShape", sketch.axes(1, 3, 5, 7))
    sketch.node("Add", sketch.input(1, 3, 5, 7), filled)
    yield sketch.case(**EXACT)
    sketch = Sketch("Range_then_Add")
    steps = [sketch.constant(number, np.float32) for number in (0, 7, 1)]
    sketch.node("Add", sketch.input(1, 3, 5, 7), sketch.node("Range", *steps))
    yield sketch.case(**EXACT)
    sketch = Sketch("RandomNormalLike")
    sketch.node("RandomNormalLike", sketch.input(1, 3, 5, 7), mean=1.0, scale=0.5)
    yield sketch.case(random=True)
    for opset in (7, 13):
        sketch = Sketch(f"Dropout_of_opset_{opset}", opset=opset)
        sketch.node("Dropout", sketch.input(1, 3, 5, 7))
        yield sketch.case(**EXACT)
    for label, to in (("float", 1), ("int_and_back", 7), ("half_and_back", 10)):
        sketch = Sketch(f"Cast_to_{label}")
        x = sketch.input(1, 3, 5, 7, low=-9, high=9)
        sketch.as_float(sketch.node("Cast", x, to=to))
        yield sketch.case(absolute=0.005 if to == 10 else 0.0)
    sketch = Sketch("Cast_of_half_weights")  # how the models of this project keep theirs
    weights = sketch.constant(sketch.values(7, 5, 3, 3), np.float16)
    sketch.node("Conv", sketch.input(1, 5, 9, 11), sketch.node("Cast", weights, to=1), pads=[1] * 4)
    yield sketch.case(absolute=1e-3)


def cases():
    yield from orders()
    yield from reshapes()
    yield from asked_for()
    yield from joins()
    yield from repeats()
    yield from pads()
    yield from depth_and_space()
    yield from made()
