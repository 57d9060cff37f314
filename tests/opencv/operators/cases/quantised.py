"""Eight bits: QuantizeLinear and its inverse, and the operators that stay in eight bits.

Results are dequantised, so that they are float32; one step of the scale is the tolerance.
"""

import numpy as np

from tests.opencv.operators.sketch import Sketch

SCALE = 0.05
CONTRIBUTED = "com.microsoft"


def quantise(sketch, x, scale=SCALE, zero=0):
    operands = [x, sketch.constant(scale), sketch.constant(zero, np.int8)]
    return sketch.node("QuantizeLinear", *operands)


def dequantise(sketch, x, scale=SCALE, zero=0):
    operands = [x, sketch.constant(scale), sketch.constant(zero, np.int8)]
    return sketch.node("DequantizeLinear", *operands)


def parameters(sketch, scale=SCALE, zero=0):
    return sketch.constant(scale), sketch.constant(zero, np.int8)


def there_and_back():
    for zero in (0, 5):
        sketch = Sketch(f"QuantizeLinear_zero_{zero}")
        x = sketch.input(1, 3, 5, 7)
        dequantise(sketch, quantise(sketch, x, zero=zero), zero=zero)
        yield sketch.case(absolute=1.01 * SCALE)
    sketch = Sketch("DequantizeLinear_of_weights")
    weights = sketch.constant(sketch.rng.integers(-127, 128, (7, 3, 3, 3)), np.int8)
    sketch.node("Conv", sketch.input(1, 3, 9, 11), dequantise(sketch, weights, 0.01), pads=[1] * 4)
    yield sketch.case(absolute=1e-3)
    sketch = Sketch("DynamicQuantizeLinear")
    x = sketch.input(1, 3, 5, 7)
    values, scale, zero = sketch.nodes("DynamicQuantizeLinear", x, count=3)
    sketch.node("DequantizeLinear", values, scale, zero)
    yield sketch.case(absolute=0.05)


def products():
    for depthwise in (False, True):
        sketch = Sketch(f"QLinearConv_{'depthwise' if depthwise else 'plain'}")
        x = quantise(sketch, sketch.input(1, 8, 9, 11))
        group = 8 if depthwise else 1
        weights = sketch.constant(sketch.rng.integers(-60, 60, (8, 8 // group, 3, 3)), np.int8)
        operands = [x, *parameters(sketch), weights, *parameters(sketch, 0.005)]
        operands += parameters(sketch, 0.1)
        operands.append(sketch.constant(sketch.rng.integers(-90, 90, 8), np.int32))
        attributes = {"group": group, "kernel_shape": [3, 3], "pads": [1] * 4}
        dequantise(sketch, sketch.node("QLinearConv", *operands, **attributes), 0.1)
        yield sketch.case(absolute=0.101)
    sketch = Sketch("QLinearMatMul")
    x = quantise(sketch, sketch.input(5, 7))
    weights = sketch.constant(sketch.rng.integers(-60, 60, (7, 9)), np.int8)
    operands = [
        x,
        *parameters(sketch),
        weights,
        *parameters(sketch, 0.01),
        *parameters(sketch, 0.1),
    ]
    dequantise(sketch, sketch.node("QLinearMatMul", *operands), 0.1)
    yield sketch.case(absolute=0.101)
    sketch = Sketch("QGemm")
    x = quantise(sketch, sketch.input(5, 7))
    weights = sketch.constant(sketch.rng.integers(-60, 60, (9, 7)), np.int8)
    bias = sketch.constant(sketch.rng.integers(-90, 90, 9), np.int32)
    operands = [x, *parameters(sketch), weights, *parameters(sketch, 0.01), bias]
    operands += parameters(sketch, 0.1)
    dequantise(sketch, sketch.node("QGemm", *operands, domain=CONTRIBUTED, transB=1), 0.1)
    yield sketch.case(absolute=0.101)


def element_by_element():
    for operator in ("QLinearAdd", "QLinearMul"):
        sketch = Sketch(operator)
        left, right = (quantise(sketch, sketch.input(1, 3, 5, 7)) for _ in range(2))
        operands = [left, *parameters(sketch), right, *parameters(sketch), *parameters(sketch, 0.1)]
        dequantise(sketch, sketch.node(operator, *operands, domain=CONTRIBUTED), 0.1)
        yield sketch.case(absolute=0.101)
    for operator, attributes in (("QLinearLeakyRelu", {"alpha": 0.1}), ("QLinearSigmoid", {})):
        sketch = Sketch(operator)
        x = quantise(sketch, sketch.input(1, 3, 5, 7))
        operands = [x, *parameters(sketch), *parameters(sketch, 0.02)]
        y = sketch.node(operator, *operands, domain=CONTRIBUTED, **attributes)
        dequantise(sketch, y, 0.02)
        yield sketch.case(absolute=0.0201)
    sketch = Sketch("QLinearSoftmax")
    x = quantise(sketch, sketch.input(2, 9))
    operands = [x, *parameters(sketch), *parameters(sketch, 1 / 256, -128)]
    y = sketch.node("QLinearSoftmax", *operands, domain=CONTRIBUTED, axis=1, opset=13)
    dequantise(sketch, y, 1 / 256, -128)
    yield sketch.case(absolute=0.0041)


def pools_and_joins():
    sketch = Sketch("QLinearAveragePool")
    x = quantise(sketch, sketch.input(1, 3, 8, 10))
    operands = [x, *parameters(sketch), *parameters(sketch)]
    attributes = {"kernel_shape": [2, 2], "strides": [2, 2], "domain": CONTRIBUTED}
    dequantise(sketch, sketch.node("QLinearAveragePool", *operands, **attributes))
    yield sketch.case(absolute=1.01 * SCALE)
    sketch = Sketch("QLinearGlobalAveragePool")
    x = quantise(sketch, sketch.input(1, 3, 8, 10))
    operands = [x, *parameters(sketch), *parameters(sketch)]
    y = sketch.node("QLinearGlobalAveragePool", *operands, domain=CONTRIBUTED, channels_last=0)
    dequantise(sketch, y)
    yield sketch.case(absolute=1.01 * SCALE)
    sketch = Sketch("QLinearConcat")
    operands = [*parameters(sketch)]
    for channels in (2, 3):
        operands += [quantise(sketch, sketch.input(1, channels, 5, 7)), *parameters(sketch)]
    dequantise(sketch, sketch.node("QLinearConcat", *operands, domain=CONTRIBUTED, axis=1))
    yield sketch.case(absolute=1.01 * SCALE)


def cases():
    yield from there_and_back()
    yield from products()
    yield from element_by_element()
    yield from pools_and_joins()
