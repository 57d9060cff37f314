"""Sigmoid and Mul in every arrangement that is, or only looks like, a Swish."""

import numpy as np

from tests.opencv.operators.cases.activations import EXTREMES
from tests.opencv.operators.cases.convolutions import TOLERANCE, WINDOWS, convolve
from tests.opencv.operators.sketch import Sketch


def swish(sketch, x, turned=False):
    gate = sketch.node("Sigmoid", x)
    return sketch.node("Mul", *((gate, x) if turned else (x, gate)))


def is_swish():
    for turned in (False, True):
        order = "turned" if turned else "straight"
        for label, shape in (("4d", (1, 5, 7, 9)), ("2d", (3, 17)), ("one", (1, 1, 1, 1))):
            sketch = Sketch(f"swish_{order}_{label}")
            swish(sketch, sketch.input(*shape, low=-8, high=8), turned)
            yield sketch.case()
        sketch = Sketch(f"swish_{order}_extremes")
        swish(sketch, sketch.given(np.array(EXTREMES, np.float32).reshape(1, 1, 5, 5)), turned)
        yield sketch.case()
        sketch = Sketch(f"swish_{order}_twice")
        swish(sketch, swish(sketch, sketch.input(1, 3, 5, 7), turned), turned)
        yield sketch.case()


def other_consumers():
    """The tensor before Sigmoid, Sigmoid's output, or the product is also used elsewhere."""
    for label in ("1x1", "3x3", "depthwise_3x3", "nothing"):

        def begin(name, label=label):
            sketch = Sketch(f"{name}_after_{label}")
            x = sketch.input(1, 7, 9, 11, low=-4, high=4)
            y = x if label == "nothing" else convolve(sketch, x, WINDOWS[label], 7, 7)
            return sketch, x, y

        sketch, _, y = begin("swish_x_used_again")
        z = swish(sketch, y)
        yield sketch.output(z, sketch.node("Tanh", y)).case(**TOLERANCE)

        sketch, _, y = begin("swish_x_added_again")
        sketch.node("Add", swish(sketch, y), y)
        yield sketch.case(**TOLERANCE)

        sketch, _, y = begin("swish_x_concatenated_again")
        sketch.node("Concat", y, swish(sketch, y), axis=1)
        yield sketch.case(**TOLERANCE)

        sketch, _, y = begin("swish_with_three_consumers_of_x")
        z = swish(sketch, y)
        sketch.node("Add", sketch.node("Mul", z, y), sketch.node("Relu", y))
        yield sketch.case(**TOLERANCE)

        sketch, x, y = begin("sigmoid_used_twice")
        gate = sketch.node("Sigmoid", y)
        yield sketch.output(sketch.node("Mul", y, gate), sketch.node("Add", gate, x)).case(
            **TOLERANCE
        )

        sketch, x, y = begin("sigmoid_is_an_output")
        gate = sketch.node("Sigmoid", y)
        yield sketch.output(sketch.node("Mul", y, gate), gate).case(**TOLERANCE)

        sketch, x, y = begin("sigmoid_is_the_first_output")
        gate = sketch.node("Sigmoid", y)
        yield sketch.output(gate, sketch.node("Mul", gate, y)).case(**TOLERANCE)

        sketch, x, y = begin("product_used_twice")
        z = swish(sketch, y)
        yield sketch.output(sketch.node("Tanh", z), sketch.node("Add", z, x)).case(**TOLERANCE)

        sketch, x, y = begin("sigmoid_of_x_times_another")
        sketch.node(
            "Mul", sketch.node("Sigmoid", y), x if label != "nothing" else sketch.node("Tanh", y)
        )
        yield sketch.case(**TOLERANCE)

        sketch, x, y = begin("another_times_sigmoid_of_x")
        sketch.node("Mul", sketch.input(1, 7, 9, 11), sketch.node("Sigmoid", y))
        yield sketch.case(**TOLERANCE)

        sketch, x, y = begin("two_sigmoids_multiplied")
        sketch.node("Mul", sketch.node("Sigmoid", y), sketch.node("Sigmoid", x))
        yield sketch.case(**TOLERANCE)

        sketch, x, y = begin("sigmoid_times_itself")
        gate = sketch.node("Sigmoid", y)
        sketch.node("Mul", gate, gate)
        yield sketch.case(**TOLERANCE)

        sketch, x, y = begin("two_swishes_of_one_x")
        sketch.node("Add", swish(sketch, y), swish(sketch, y, turned=True))
        yield sketch.case(**TOLERANCE)

        sketch, x, y = begin("sigmoid_times_constant")
        sketch.node("Mul", sketch.node("Sigmoid", y), sketch.constant(sketch.values(7, 1, 1)))
        yield sketch.case(**TOLERANCE)

        sketch, x, y = begin("sigmoid_added_not_multiplied")
        sketch.node("Add", y, sketch.node("Sigmoid", y))
        yield sketch.case(**TOLERANCE)

        # Squeeze and excitation: the gate has the channels of x, but one pixel.
        sketch, x, y = begin("gate_of_one_pixel")
        pooled = sketch.node("GlobalAveragePool", y)
        gate = sketch.node("Sigmoid", convolve(sketch, pooled, WINDOWS["1x1"], 7, 7))
        sketch.node("Mul", y, gate)
        yield sketch.case(**TOLERANCE)


def small_gates():
    """x * sigmoid(y) where one is broadcast over the other."""
    for label, shape in (
        ("channel", (1, 7, 1, 1)),
        ("pixel", (1, 1, 9, 11)),
        ("row", (1, 1, 1, 11)),
    ):
        for turned in (False, True):
            sketch = Sketch(f"broadcast_gate_of_{label}_{'turned' if turned else 'straight'}")
            x = sketch.input(1, 7, 9, 11)
            gate = sketch.node("Sigmoid", sketch.input(*shape))
            sketch.node("Mul", *((gate, x) if turned else (x, gate)))
            yield sketch.case()


def layouts():
    """Swish between operators that only move memory, which may work in place."""
    sketch = Sketch("swish_of_a_reshape")
    y = sketch.node("Reshape", sketch.input(1, 4, 6, 5), sketch.axes(1, 8, 15))
    swish(sketch, y)
    yield sketch.case()
    sketch = Sketch("reshape_between_sigmoid_and_product")
    x = sketch.input(1, 4, 6, 5)
    gate = sketch.node("Reshape", sketch.node("Sigmoid", x), sketch.axes(1, 8, 15))
    sketch.node("Mul", sketch.node("Reshape", x, sketch.axes(1, 8, 15)), gate)
    yield sketch.case()
    sketch = Sketch("swish_of_both_halves_of_a_split")
    x = convolve(sketch, sketch.input(1, 6, 9, 7), WINDOWS["3x3"], 6, 8)
    first, second = sketch.nodes("Split", x, count=2, axis=1)
    sketch.node("Concat", swish(sketch, second), swish(sketch, first), axis=1)
    yield sketch.case(**TOLERANCE)
    sketch = Sketch("sigmoid_before_and_product_after_a_split")
    x = convolve(sketch, sketch.input(1, 6, 9, 7), WINDOWS["1x1"], 6, 8)
    first, second = sketch.nodes("Split", x, count=2, axis=1)
    sketch.node("Mul", first, sketch.node("Sigmoid", second))
    yield sketch.case(**TOLERANCE)
    sketch = Sketch("swish_before_max_pools_and_concat")  # the SPP block of YOLO
    x = swish(sketch, convolve(sketch, sketch.input(1, 6, 13, 13), WINDOWS["1x1"], 6, 8))
    pools = [
        sketch.node("MaxPool", x, kernel_shape=[size] * 2, pads=[size // 2] * 4)
        for size in (5, 9, 13)
    ]
    sketch.node("Concat", x, *pools, axis=1)
    yield sketch.case(**TOLERANCE)
    sketch = Sketch("focus_slices_then_conv_then_swish")  # the first block of YOLOX
    x = sketch.input(1, 3, 16, 20)
    parts = [
        sketch.node(
            "Slice",
            x,
            sketch.axes(top, left),
            sketch.axes(99, 99),
            sketch.axes(2, 3),
            sketch.axes(2, 2),
        )
        for top, left in ((0, 0), (1, 0), (0, 1), (1, 1))
    ]
    swish(sketch, convolve(sketch, sketch.node("Concat", *parts, axis=1), WINDOWS["3x3"], 12, 16))
    yield sketch.case(**TOLERANCE)


def cases():
    yield from is_swish()
    yield from other_consumers()
    yield from small_gates()
    yield from layouts()
