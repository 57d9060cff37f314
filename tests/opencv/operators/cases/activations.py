"""Operators of one input that work on each element, and those that look along an axis."""

import numpy as np

from tests.opencv.operators.sketch import Sketch

# Odd sizes leave a rest behind every vector loop; 1 x 1 has nothing but the rest.
SHAPES = {
    "4d": (1, 3, 7, 9),
    "2d": (2, 5),
    "3d": (2, 17, 3),
    "one": (1, 1, 1, 1),
    "5d": (1, 2, 3, 3, 5),
}

ANYWHERE = (-6.0, 6.0)
RANGES = {
    "Abs": ANYWHERE,
    "Acos": (-0.99, 0.99),
    "Acosh": (1.1, 9),
    "Asin": (-0.99, 0.99),
    "Asinh": ANYWHERE,
    "Atan": ANYWHERE,
    "Atanh": (-0.95, 0.95),
    "Ceil": ANYWHERE,
    "Celu": ANYWHERE,
    "Cos": ANYWHERE,
    "Cosh": ANYWHERE,
    "Dropout": ANYWHERE,
    "Elu": ANYWHERE,
    "Erf": ANYWHERE,
    "Exp": ANYWHERE,
    "Floor": ANYWHERE,
    "HardSigmoid": ANYWHERE,
    "HardSwish": ANYWHERE,
    "Identity": ANYWHERE,
    "LeakyRelu": ANYWHERE,
    "Log": (0.05, 9),
    "Neg": ANYWHERE,
    "Reciprocal": (0.2, 5),
    "Relu": ANYWHERE,
    "Round": ANYWHERE,
    "Selu": ANYWHERE,
    "Shrink": ANYWHERE,
    "Sigmoid": ANYWHERE,
    "Sign": ANYWHERE,
    "Sin": ANYWHERE,
    "Sinh": ANYWHERE,
    "Softplus": ANYWHERE,
    "Softsign": ANYWHERE,
    "Sqrt": (0.0, 9),
    "Tan": (-1.4, 1.4),
    "Tanh": ANYWHERE,
    "ThresholdedRelu": ANYWHERE,
}
ATTRIBUTES = {
    "Celu": {"alpha": 1.5},
    "Elu": {"alpha": 0.7},
    "HardSigmoid": {"alpha": 0.3, "beta": 0.4},
    "LeakyRelu": {"alpha": 0.1},
    "Selu": {"alpha": 1.5, "gamma": 1.1},
    "Shrink": {"bias": 0.5, "lambd": 1.2},
    "ThresholdedRelu": {"alpha": 0.9},
}
# Where exponentials saturate, overflow and vanish; halves, which round to even.
EXTREMES = [-1000, -104, -88.7, -88, -87.3, -20, -5.5, -2.5, -0.5, -1e-6, -0.0, 0, 1e-6, 0.5, 1.5]
EXTREMES += [2.5, 5.5, 16.6, 20, 40, 87.3, 88, 88.6, 104, 1000]
SATURATING = ["Sigmoid", "Tanh", "Elu", "Celu", "Selu", "Softplus", "Softsign", "HardSigmoid"]
SATURATING += [
    "HardSwish",
    "Erf",
    "Relu",
    "LeakyRelu",
    "Round",
    "Floor",
    "Ceil",
    "Abs",
    "Sign",
    "Neg",
]


def elementwise():
    for operator, (low, high) in RANGES.items():
        for label, shape in SHAPES.items():
            sketch = Sketch(f"{operator}_{label}")
            sketch.node(
                operator, sketch.input(*shape, low=low, high=high), **ATTRIBUTES.get(operator, {})
            )
            yield sketch.case()
        if operator in ATTRIBUTES:
            sketch = Sketch(f"{operator}_defaults")
            sketch.node(operator, sketch.input(1, 3, 5, 7, low=low, high=high))
            yield sketch.case()


def extremes():
    values = np.array(EXTREMES, np.float32).reshape(1, 5, 5, 1)
    for operator in SATURATING:
        sketch = Sketch(f"{operator}_extremes")
        sketch.node(operator, sketch.given(values))
        yield sketch.case()
    sketch = Sketch("Exp_extremes")  # exp(88.73) would be infinite
    sketch.node("Exp", sketch.given(np.clip(values, -1000, 88)))
    yield sketch.case()


def gelu():
    for approximate in ("none", "tanh"):
        for low, high in ((-4, 4), (-90, 90)):
            sketch = Sketch(f"Gelu_{approximate}_{high}", opset=20)
            sketch.node(
                "Gelu", sketch.input(1, 3, 7, 9, low=low, high=high), approximate=approximate
            )
            yield sketch.case()
    # What exporters write for it: x * 0.5 * (1 + erf(x / sqrt 2)).
    sketch = Sketch("Gelu_written_out")
    x = sketch.input(1, 5, 16)
    erf = sketch.node("Erf", sketch.node("Div", x, sketch.constant(2**0.5)))
    product = sketch.node("Mul", x, sketch.node("Add", erf, sketch.constant(1.0)))
    sketch.node("Mul", product, sketch.constant(0.5))
    yield sketch.case()


def clip():
    for label, low, high in (
        ("relu6", 0, 6),
        ("both", -1, 1.5),
        ("low", -0.5, None),
        ("high", None, 0.5),
    ):
        sketch = Sketch(f"Clip_{label}")
        names = [sketch.input(1, 3, 7, 9, low=-8, high=8)]
        names += [sketch.constant(bound) if bound is not None else "" for bound in (low, high)]
        sketch.node("Clip", *names)
        yield sketch.case()
    sketch = Sketch("Clip_by_attributes", opset=9)
    sketch.node("Clip", sketch.input(1, 3, 7, 9), min=-0.5, max=1.0)
    yield sketch.case()


def prelu():
    for label, shape, slope in (
        ("of_channels", (1, 5, 7, 9), (5, 1, 1)),
        ("of_channels_2d", (2, 5), (5,)),
        ("of_one_channel", (1, 1, 7, 9), (1, 1, 1)),
        ("scalar", (1, 5, 7, 9), (1,)),
        ("of_elements", (1, 3, 4, 5), (3, 4, 5)),
    ):
        sketch = Sketch(f"PRelu_{label}")
        sketch.node("PRelu", sketch.input(*shape), sketch.constant(sketch.values(*slope)))
        yield sketch.case()


def along_an_axis():
    for operator in ("Softmax", "LogSoftmax"):
        for axis in (-1, 0, 1, 2, 3):
            sketch = Sketch(f"{operator}_axis_{axis}".replace("-", "minus_"))
            sketch.node(operator, sketch.input(2, 5, 7, 9), axis=axis)
            yield sketch.case()
        for shape in ((2, 17), (1, 1000), (1, 1, 1, 1)):
            sketch = Sketch(f"{operator}_of_{'x'.join(map(str, shape))}")
            sketch.node(operator, sketch.input(*shape))
            yield sketch.case()
        sketch = Sketch(f"{operator}_extremes")
        values = np.array([EXTREMES, EXTREMES[::-1], [88] * 25, [-1000] * 25], np.float32)
        sketch.node(operator, sketch.given(values))
        yield sketch.case(absolute=1e-4 if operator == "LogSoftmax" else 5e-6)
        sketch = Sketch(f"{operator}_of_opset_11", opset=11)
        sketch.node(operator, sketch.input(2, 3, 4, 5))  # flattens from axis 1
        yield sketch.case()
    sketch = Sketch("Softmax_written_out")
    x = sketch.input(1, 5, 16)
    exponentials = sketch.node("Exp", x)
    sums = sketch.node("ReduceSum", exponentials, sketch.axes(-1), keepdims=1)
    sketch.node("Div", exponentials, sums)
    yield sketch.case()


def cases():
    yield from elementwise()
    yield from extremes()
    yield from gelu()
    yield from clip()
    yield from prelu()
    yield from along_an_axis()
