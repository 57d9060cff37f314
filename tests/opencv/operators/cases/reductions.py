"""Operators that leave out axes: sums, means, largest, where the largest is, running sums."""

import numpy as np

from tests.opencv.operators.sketch import Sketch

REDUCTIONS = ("Max", "Min", "Mean", "Sum", "SumSquare", "Prod", "L1", "L2", "LogSum", "LogSumExp")
AXES = {"last": [-1], "first": [0], "channels": [1], "picture": [2, 3], "all_but_first": [1, 2, 3]}


def reductions():
    for short in REDUCTIONS:
        operator = f"Reduce{short}"
        low = 0.2 if short == "LogSum" else -1.5
        for label, axes in AXES.items():
            for keep in (1, 0):
                sketch = Sketch(f"{operator}_{label}_{'kept' if keep else 'gone'}")
                x = sketch.input(2, 3, 5, 7, low=low, high=1.5)
                if short == "Sum":
                    sketch.node(operator, x, sketch.axes(*axes), keepdims=keep)
                else:
                    sketch.node(operator, x, axes=axes, keepdims=keep)
                yield sketch.case(absolute=3e-5)
        sketch = Sketch(f"{operator}_everything")
        sketch.node(operator, sketch.input(1, 3, 5, 7, low=low), keepdims=1)
        yield sketch.case(relative=5e-5, absolute=3e-5)
        sketch = Sketch(f"{operator}_of_opset_18", opset=18)
        sketch.node(operator, sketch.input(2, 3, 5, 7, low=low), sketch.axes(1, -1), keepdims=1)
        yield sketch.case(absolute=3e-5)
        sketch = Sketch(f"{operator}_2d")
        x = sketch.input(4, 33, low=low, high=1.5)
        if short == "Sum":
            sketch.node(operator, x, sketch.axes(1))
        else:
            sketch.node(operator, x, axes=[1])
        yield sketch.case(relative=5e-5, absolute=3e-5)


def where_the_largest_is():
    for operator in ("ArgMax", "ArgMin"):
        for axis in (0, 1, 2, 3, -1):
            for keep in (0, 1):
                sketch = Sketch(
                    f"{operator}_axis_{axis}_{'kept' if keep else 'gone'}".replace("-", "minus_")
                )
                x = sketch.input(2, 5, 7, 9)
                sketch.as_float(sketch.node(operator, x, axis=axis, keepdims=keep))
                yield sketch.case()
        for last in (0, 1):
            sketch = Sketch(f"{operator}_{'last' if last else 'first'}_of_equals")
            x = sketch.given(np.round(sketch.values(1, 4, 6, 8)))
            sketch.as_float(sketch.node(operator, x, axis=1, select_last_index=last))
            yield sketch.case()


def top_k():
    for largest in (0, 1):
        for axis in (1, -1):
            sketch = Sketch(
                f"TopK_{'largest' if largest else 'smallest'}_axis_{axis}".replace("-", "minus_")
            )
            x = sketch.given(
                sketch.rng.permutation(2 * 9 * 11).reshape(2, 9, 11).astype(np.float32)
            )
            attributes = {"axis": axis, "largest": largest}
            values, indices = sketch.nodes("TopK", x, sketch.axes(4), count=2, **attributes)
            sketch.output(values, sketch.as_float(indices))
            yield sketch.case()


def running_sums():
    for exclusive in (0, 1):
        for reverse in (0, 1):
            for axis in (1, 2, -1):
                sketch = Sketch(f"CumSum_axis_{axis}_{exclusive}{reverse}".replace("-", "minus_"))
                position = sketch.constant(axis, np.int64)
                flags = {"exclusive": exclusive, "reverse": reverse}
                sketch.node("CumSum", sketch.input(2, 3, 4, 5), position, **flags)
                yield sketch.case()


def cases():
    yield from reductions()
    yield from where_the_largest_is()
    yield from top_k()
    yield from running_sums()
