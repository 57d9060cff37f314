"""Pools over windows and over whole pictures."""

import numpy as np

from tests.opencv.operators.sketch import Sketch


def max_pools():
    for size in (2, 3, 5, 9, 13):
        for stride in (1, 2):
            for height, width in ((13, 13), (15, 22), (28, 17)):
                sketch = Sketch(f"MaxPool_{size}x{size}_stride_{stride}_on_{height}x{width}")
                x = sketch.input(1, 5, height, width)
                pads = [size // 2] * 4 if size % 2 else [0] * 4
                sketch.node("MaxPool", x, kernel_shape=[size] * 2, strides=[stride] * 2, pads=pads)
                yield sketch.case(relative=0, absolute=0)
    sketch = Sketch("MaxPool_of_negative_values")  # the pads must not win as zeros
    sketch.node(
        "MaxPool", sketch.input(2, 3, 7, 9, low=-9, high=-1), kernel_shape=[3, 3], pads=[1] * 4
    )
    yield sketch.case(relative=0, absolute=0)
    sketch = Sketch("MaxPool_with_indices")
    x = sketch.input(1, 2, 6, 8)
    values, indices = sketch.nodes("MaxPool", x, count=2, kernel_shape=[2, 2], strides=[2, 2])
    sketch.output(values, sketch.as_float(indices))
    yield sketch.case(relative=0, absolute=0)
    sketch = Sketch("MaxUnpool")
    values, indices = sketch.nodes(
        "MaxPool", sketch.input(1, 1, 6, 8), count=2, kernel_shape=[2, 2], strides=[2, 2]
    )
    sketch.node("MaxUnpool", values, indices, kernel_shape=[2, 2], strides=[2, 2])
    yield sketch.case(relative=0, absolute=0)


def variants():
    shapes = {
        "kernels_differ": {"kernel_shape": [2, 3], "strides": [1, 2]},
        "pads_differ": {"kernel_shape": [3, 3], "strides": [2, 2], "pads": [0, 0, 1, 1]},
        "ceil": {"kernel_shape": [3, 3], "strides": [2, 2], "ceil_mode": 1},
        "same_upper": {"kernel_shape": [3, 3], "strides": [2, 2], "auto_pad": "SAME_UPPER"},
        "same_lower": {"kernel_shape": [3, 3], "strides": [2, 2], "auto_pad": "SAME_LOWER"},
        "valid": {"kernel_shape": [3, 3], "strides": [2, 2], "auto_pad": "VALID"},
        "1d": {"kernel_shape": [3], "strides": [2]},
        "3d": {"kernel_shape": [2, 3, 2], "strides": [2, 1, 2]},
    }
    for operator in ("MaxPool", "AveragePool"):
        for label, attributes in shapes.items():
            sketch = Sketch(f"{operator}_{label}")
            x = sketch.input(1, 3, *(10, 13, 6)[: len(attributes["kernel_shape"])])
            sketch.node(operator, x, **attributes)
            yield sketch.case()
    sketch = Sketch("MaxPool_dilated")
    sketch.node("MaxPool", sketch.input(1, 3, 9, 9), kernel_shape=[2, 2], dilations=[2, 2])
    yield sketch.case()


def average_pools():
    for counted in (0, 1):
        for size, stride in ((2, 2), (3, 1), (3, 2), (5, 1), (7, 3)):
            for height, width in ((13, 13), (15, 22)):
                name = f"AveragePool_{size}x{size}_stride_{stride}_on_{height}x{width}"
                sketch = Sketch(f"{name}_pads_{'count' if counted else 'do_not_count'}")
                x = sketch.input(1, 5, height, width)
                sketch.node(
                    "AveragePool",
                    x,
                    kernel_shape=[size] * 2,
                    strides=[stride] * 2,
                    pads=[size // 2] * 4,
                    count_include_pad=counted,
                )
                yield sketch.case()


def average_pools_of_pytorch():
    for counted in (0, 1):
        name = f"AveragePool_of_pytorch_pads_{'count' if counted else 'do_not_count'}"
        sketch = Sketch(name, producer="pytorch")
        attributes = {"kernel_shape": [3, 3], "pads": [1] * 4, "count_include_pad": counted}
        sketch.node("AveragePool", sketch.input(1, 5, 9, 11), **attributes)
        yield sketch.case()


def over_everything():
    for operator in ("GlobalAveragePool", "GlobalMaxPool"):
        for shape in ((1, 5, 7, 9), (2, 3, 1, 1), (1, 16, 13, 13), (1, 3, 11), (1, 2, 3, 4, 5)):
            sketch = Sketch(f"{operator}_of_{'x'.join(map(str, shape))}")
            sketch.node(operator, sketch.input(*shape))
            yield sketch.case()
    sketch = Sketch("GlobalAveragePool_of_large_values")
    sketch.node("GlobalAveragePool", sketch.given(np.full((1, 3, 17, 19), 1000.25, np.float32)))
    yield sketch.case()


def cases():
    yield from max_pools()
    yield from variants()
    yield from average_pools()
    yield from average_pools_of_pytorch()
    yield from over_everything()
