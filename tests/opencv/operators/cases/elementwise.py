"""Operators of two or more inputs that work on each element, with every kind of broadcast."""

import numpy as np

from tests.opencv.operators.sketch import Sketch

SHAPES = {
    "equal": ((1, 3, 5, 7), (1, 3, 5, 7)),
    "channels": ((1, 3, 5, 7), (1, 3, 1, 1)),
    "channels_turned": ((3, 1, 1), (1, 3, 5, 7)),
    "row": ((1, 3, 5, 7), (7,)),
    "column": ((1, 3, 5, 7), (5, 1)),
    "picture": ((2, 3, 5, 7), (1, 1, 5, 7)),
    "both": ((2, 1, 5, 1), (1, 3, 1, 7)),
    "one": ((1, 3, 5, 7), (1,)),
    "2d": ((4, 17), (4, 17)),
    "3d_of_batches": ((3, 4, 5), (1, 4, 1)),
}
ARITHMETIC = ("Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Mean", "Sum")
COMPARISONS = ("Equal", "Greater", "GreaterOrEqual", "Less", "LessOrEqual")


def two_inputs():
    for operator in ARITHMETIC:
        low = 0.3 if operator in ("Div", "Pow") else -2.0
        for label, (left, right) in SHAPES.items():
            sketch = Sketch(f"{operator}_{label}")
            sketch.node(operator, sketch.input(*left, low=low), sketch.input(*right, low=low))
            yield sketch.case()
            sketch = Sketch(f"{operator}_{label}_with_a_constant")
            constant = sketch.constant(sketch.values(*right, low=low))
            sketch.node(operator, sketch.input(*left, low=low), constant)
            yield sketch.case()
        sketch = Sketch(f"{operator}_a_constant_first")
        constant = sketch.constant(sketch.values(1, 3, 1, 1, low=low))
        sketch.node(operator, constant, sketch.input(1, 3, 5, 7, low=low))
        yield sketch.case()
        sketch = Sketch(f"{operator}_scalar_constant")
        sketch.node(operator, sketch.input(1, 3, 5, 7, low=low), sketch.constant(1.5))
        yield sketch.case()


def many_inputs():
    for operator in ("Sum", "Mean", "Max", "Min"):
        for count in (1, 3, 4):
            sketch = Sketch(f"{operator}_of_{count}")
            sketch.node(operator, *[sketch.input(1, 3, 5, 7) for _ in range(count)])
            yield sketch.case()
        sketch = Sketch(f"{operator}_of_3_broadcast")
        shapes = ((1, 3, 5, 7), (1, 3, 1, 1), (1, 1, 5, 7))
        sketch.node(operator, *[sketch.input(*shape) for shape in shapes])
        yield sketch.case()


def comparisons():
    for operator in COMPARISONS:
        for label in ("equal", "channels", "row", "one"):
            left, right = SHAPES[label]
            sketch = Sketch(f"{operator}_{label}")
            whole = [np.round(sketch.values(*shape)) for shape in (left, right)]
            flags = sketch.node(operator, sketch.given(whole[0]), sketch.given(whole[1]))
            sketch.as_float(flags)
            yield sketch.case()
        sketch = Sketch(f"{operator}_with_a_constant")
        sketch.as_float(sketch.node(operator, sketch.input(1, 3, 5, 7), sketch.constant(0.5)))
        yield sketch.case()


def powers():
    for exponent in (0.5, 2.0, 3.0, -1.0):
        sketch = Sketch(f"Pow_of_{exponent}".replace("-", "minus_"))
        sketch.node("Pow", sketch.input(1, 3, 5, 7, low=0.2), sketch.constant(exponent))
        yield sketch.case()
    sketch = Sketch("Pow_of_negative_values")
    sketch.node("Pow", sketch.input(1, 3, 5, 7), sketch.constant(2.0))
    yield sketch.case()


def remainders():
    sketch = Sketch("Mod_of_positive_values")
    x = sketch.input(1, 3, 5, 7, low=1, high=9)
    sketch.node("Mod", x, sketch.constant(sketch.values(1, 3, 1, 1, low=2, high=4)), fmod=1)
    yield sketch.case()
    sketch = Sketch("Mod_of_negative_values")
    sketch.node("Mod", sketch.input(1, 3, 5, 7, low=-9, high=9), sketch.constant(2.5), fmod=1)
    yield sketch.case()


def choices():
    for label, shapes in (
        ("equal", ((1, 3, 5, 7),) * 3),
        ("broadcast", ((1, 3, 5, 7), (1, 3, 1, 1), (1, 1, 5, 7))),
    ):
        sketch = Sketch(f"Where_{label}")
        flags = sketch.node("Greater", sketch.input(*shapes[0]), sketch.constant([0.25]))
        sketch.node("Where", flags, sketch.input(*shapes[1]), sketch.input(*shapes[2]))
        yield sketch.case()
    sketch = Sketch("Where_with_constants")
    condition = sketch.constant(sketch.rng.integers(0, 2, (1, 3, 5, 7)), np.bool_)
    sketch.node("Where", condition, sketch.input(1, 3, 5, 7), sketch.constant([-1.0]))
    yield sketch.case()


def cases():
    yield from two_inputs()
    yield from many_inputs()
    yield from comparisons()
    yield from powers()
    yield from remainders()
    yield from choices()
