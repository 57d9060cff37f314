"""Operators that bring values to a mean and a spread."""

from tests.opencv.operators.sketch import Sketch

TOLERANCE = {"absolute": 5e-5, "relative": 5e-5}


def batch():
    for label, shape in (
        ("4d", (2, 5, 7, 9)),
        ("2d", (3, 5)),
        ("3d", (2, 5, 11)),
        ("one", (1, 1, 3, 3)),
    ):
        sketch = Sketch(f"BatchNormalization_{label}")
        parameters = [sketch.constant(sketch.values(shape[1], low=0.3)) for _ in range(4)]
        sketch.node("BatchNormalization", sketch.input(*shape), *parameters, epsilon=1e-3)
        yield sketch.case(**TOLERANCE)


def instance():
    for shape in ((1, 5, 7, 9), (2, 3, 6, 6), (1, 3, 17)):
        sketch = Sketch(f"InstanceNormalization_of_{'x'.join(map(str, shape))}")
        parameters = [sketch.constant(sketch.values(shape[1])) for _ in range(2)]
        sketch.node("InstanceNormalization", sketch.input(*shape), *parameters)
        yield sketch.case(**TOLERANCE)


def group():
    for opset, count in ((18, 2), (21, 6)):  # a scale for each group, then for each channel
        sketch = Sketch(f"GroupNormalization_of_opset_{opset}", opset=opset)
        parameters = [sketch.constant(sketch.values(count)) for _ in range(2)]
        sketch.node("GroupNormalization", sketch.input(1, 6, 5, 7), *parameters, num_groups=2)
        yield sketch.case(**TOLERANCE)


def layer():
    for shape, axis in (((1, 5, 16), -1), ((2, 3, 17), 2), ((2, 3, 4, 5), 2), ((4, 33), -1)):
        for bias in (True, False):
            name = (
                f"LayerNormalization_of_{'x'.join(map(str, shape))}_{'with' if bias else 'no'}_bias"
            )
            sketch = Sketch(name)
            operands = [sketch.input(*shape)]
            operands += [sketch.constant(sketch.values(*shape[axis:])) for _ in range(1 + bias)]
            sketch.node("LayerNormalization", *operands, axis=axis)
            yield sketch.case(**TOLERANCE)
    sketch = Sketch("LayerNormalization_written_out")
    x = sketch.input(1, 5, 16)
    centred = sketch.node("Sub", x, sketch.node("ReduceMean", x, axes=[-1]))
    squares = sketch.node("Pow", centred, sketch.constant(2.0))
    variance = sketch.node("ReduceMean", squares, axes=[-1])
    deviation = sketch.node("Sqrt", sketch.node("Add", variance, sketch.constant(1e-5)))
    scaled = sketch.node(
        "Mul", sketch.node("Div", centred, deviation), sketch.constant(sketch.values(16))
    )
    sketch.node("Add", scaled, sketch.constant(sketch.values(16)))
    yield sketch.case(**TOLERANCE)


def local():
    for size in (3, 5):
        sketch = Sketch(f"LRN_of_{size}")
        sketch.node("LRN", sketch.input(1, 9, 5, 7), size=size, alpha=0.01, beta=0.7, bias=1.5)
        yield sketch.case(**TOLERANCE)


def cases():
    yield from batch()
    yield from instance()
    yield from group()
    yield from layer()
    yield from local()
