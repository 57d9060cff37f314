"""Operators that take a part of a tensor, or put one into it."""

import numpy as np

from tests.opencv.operators.sketch import Sketch

EXACT = {"absolute": 0.0, "relative": 0.0}
FAR = 2**31 - 1


def slices():
    variants = {
        "first_rows": ((0,), (2,), (2,), None),
        "last_columns": ((-3,), (FAR,), (3,), None),
        "without_the_last": ((0,), (-1,), (3,), None),
        "channels": ((1,), (3,), (1,), None),
        "negative_axis": ((1,), (6,), (-1,), None),
        "two_axes": ((1, 2), (5, 7), (2, 3), None),
        "two_axes_turned": ((2, 1), (7, 5), (3, 2), None),
        "all_axes": ((0, 1, 1, 2), (1, 3, 5, 8), (0, 1, 2, 3), None),
        "step_2": ((0,), (FAR,), (3,), (2,)),
        "step_2_from_1": ((1,), (FAR,), (2,), (2,)),
        "step_3": ((0,), (FAR,), (3,), (3,)),
        "steps_2_2": ((0, 1), (FAR, FAR), (2, 3), (2, 2)),
        "steps_1_2": ((1, 1), (FAR, FAR), (2, 3), (1, 2)),
        "steps_2_1": ((0, 2), (FAR, 7), (2, 3), (2, 1)),
        "steps_3_2": ((1, 0), (6, 8), (2, 3), (3, 2)),
        "step_2_of_channels": ((0,), (FAR,), (1,), (2,)),
        "negative_starts": ((-4, -5), (-1, FAR), (2, 3), (1, 2)),
        "backwards": ((-1,), (-FAR,), (3,), (-1,)),
        "past_the_end": ((1,), (99,), (2,), None),
    }
    for label, (starts, ends, axes, steps) in variants.items():
        for shape in ((1, 5, 7, 9), (2, 4, 8, 8)):
            sketch = Sketch(f"Slice_{label}_of_{'x'.join(map(str, shape))}")
            operands = [
                sketch.input(*shape),
                *(sketch.axes(*each) for each in (starts, ends, axes)),
            ]
            if steps:
                operands.append(sketch.axes(*steps))
            sketch.node("Slice", *operands)
            yield sketch.case(**EXACT)
    for label, shape, start, end, axis in (
        ("2d", (5, 17), 3, 11, 1),
        ("3d", (1, 25, 85), 4, 85, 2),
        ("3d_front", (1, 25, 85), 0, 4, 2),
    ):
        sketch = Sketch(f"Slice_{label}")
        sketch.node(
            "Slice", sketch.input(*shape), *(sketch.axes(each) for each in (start, end, axis))
        )
        yield sketch.case(**EXACT)
    sketch = Sketch("Slice_of_opset_9", opset=9)
    sketch.node("Slice", sketch.input(1, 5, 7, 9), starts=[1, 2], ends=[4, 9], axes=[1, 3])
    yield sketch.case(**EXACT)


def splits():
    for label, axis, parts in (
        ("channels", 1, (2, 4)),
        ("rows", 2, (1, 4, 3)),
        ("columns", -1, (5, 5)),
        ("batch", 0, (1, 1)),
    ):
        sketch = Sketch(f"Split_{label}")
        x = sketch.input(2, 6, 8, 10)
        sketch.output(*sketch.nodes("Split", x, sketch.axes(*parts), count=len(parts), axis=axis))
        yield sketch.case(**EXACT)
    for opset in (11, 13):
        sketch = Sketch(f"Split_equally_of_opset_{opset}", opset=opset)
        sketch.output(*sketch.nodes("Split", sketch.input(1, 6, 5, 7), count=3, axis=1))
        yield sketch.case(**EXACT)
    sketch = Sketch("Split_of_opset_18", opset=18)
    x = sketch.input(1, 6, 5, 7)
    sketch.output(*sketch.nodes("Split", x, count=2, axis=1, num_outputs=2))
    yield sketch.case(**EXACT)
    sketch = Sketch("Split_by_attribute", opset=11)
    x = sketch.input(1, 6, 5, 7)
    sketch.output(*sketch.nodes("Split", x, count=2, axis=1, split=[1, 5]))
    yield sketch.case(**EXACT)


def gathers():
    for axis in (0, 1, 2, -1):
        for label, indices in (
            ("one", 1),
            ("some", (1, 0, 1)),
            ("from_the_end", (-1, 0)),
            ("table", ((0, 1), (1, 1))),
        ):
            sketch = Sketch(f"Gather_{label}_axis_{axis}".replace("-", "minus_"))
            sketch.node(
                "Gather", sketch.input(2, 3, 4, 5), sketch.constant(indices, np.int64), axis=axis
            )
            yield sketch.case(**EXACT)
    for axis in (0, 1, 2):
        sketch = Sketch(f"GatherElements_axis_{axis}")
        indices = sketch.rng.integers(0, 2, (2, 3, 4))
        sketch.node(
            "GatherElements", sketch.input(2, 3, 4), sketch.constant(indices, np.int64), axis=axis
        )
        yield sketch.case(**EXACT)


def scatters():
    for axis in (0, 1, 2):
        for operator, opset in (("ScatterElements", 16), ("Scatter", 9)):
            sketch = Sketch(f"{operator}_axis_{axis}", opset=opset)
            x = sketch.input(3, 4, 5)
            order = [sketch.rng.permutation(3) for _ in range(12)]
            indices = np.stack(order, axis=1).reshape(3, 4, 3)[:, :3, :]
            sketch.node(
                operator, x, sketch.constant(indices, np.int64), sketch.input(3, 3, 3), axis=axis
            )
            if axis == 0:  # elsewhere two values may fall on one place, in any order
                yield sketch.case(**EXACT)
    for reduction in ("add", "mul", "max", "min"):
        opset = 18 if reduction in ("max", "min") else 16
        sketch = Sketch(f"ScatterElements_{reduction}", opset=opset)
        indices = sketch.constant(sketch.rng.integers(0, 4, (3, 4, 5)), np.int64)
        operands = [sketch.input(3, 4, 5), indices, sketch.input(3, 4, 5)]
        sketch.node("ScatterElements", *operands, axis=1, reduction=reduction)
        yield sketch.case()
    for reduction in ("none", "add", "mul"):
        sketch = Sketch(f"ScatterND_{reduction}", opset=16)
        places = sketch.constant([[0, 1], [2, 3], [1, 0]], np.int64)
        operands = [sketch.input(3, 4, 5), places, sketch.input(3, 5)]
        sketch.node("ScatterND", *operands, reduction=reduction)
        yield sketch.case()


def cases():
    yield from slices()
    yield from splits()
    yield from gathers()
    yield from scatters()
