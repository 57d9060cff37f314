"""Conv and ConvTranspose alone, and Conv with what is usually fused into it."""

from dataclasses import dataclass, field

from tests.opencv.operators.cases.activated import ACTIVATIONS, activate
from tests.opencv.operators.sketch import Sketch

CHANNELS = (1, 3, 5, 7, 16, 24, 33)
# 3 x 3 with stride 1 goes through Winograd's F(6, 3), whose sums are less exact.
TOLERANCE = {"absolute": 3e-4, "relative": 1e-4}


@dataclass
class Window:
    """A kernel and how it moves."""

    kernel: tuple[int, ...]
    attributes: dict = field(default_factory=dict)
    depthwise: bool = False


def square(size, stride=1, depthwise=False, **attributes):
    pads = [size // 2] * 4
    return Window((size, size), {"strides": [stride] * 2, "pads": pads} | attributes, depthwise)


WINDOWS = {
    "1x1": square(1),
    "1x1_stride_2": square(1, 2),
    "3x3": square(3),
    "3x3_stride_2": square(3, 2),
    "3x3_without_pads": square(3, pads=[0] * 4),
    "5x5": square(5),
    "depthwise_3x3": square(3, depthwise=True),
    "depthwise_3x3_stride_2": square(3, 2, depthwise=True),
    "depthwise_5x5": square(5, depthwise=True),
    "depthwise_5x5_stride_2": square(5, 2, depthwise=True),
}
SPECIAL = {
    "7x7_stride_2": square(7, 2),
    "dilated": square(3, pads=[2] * 4, dilations=[2, 2]),
    "dilated_by_3": square(3, pads=[3] * 4, dilations=[3, 3]),
    "dilated_depthwise": square(3, pads=[2] * 4, dilations=[2, 2], depthwise=True),
    "pads_right_and_below": square(3, 2, pads=[0, 0, 1, 1]),
    "pads_left_and_above": square(3, pads=[2, 1, 0, 1]),
    "depthwise_pads_right_and_below": square(3, 2, pads=[0, 0, 1, 1], depthwise=True),
    "1x3": Window((1, 3), {"pads": [0, 1, 0, 1]}),
    "3x1": Window((3, 1), {"pads": [1, 0, 1, 0]}),
    "7x1_depthwise": Window((7, 1), {"pads": [3, 0, 3, 0]}, depthwise=True),
    "strides_differ": Window((3, 3), {"strides": [2, 1], "pads": [1] * 4}),
    "2x2_stride_2": Window((2, 2), {"strides": [2, 2]}),
    "same_upper": Window((3, 3), {"auto_pad": "SAME_UPPER", "strides": [2, 2]}),
    "same_lower": Window((4, 4), {"auto_pad": "SAME_LOWER"}),
    "valid": Window((3, 3), {"auto_pad": "VALID"}),
}


def convolve(sketch, x, window, into, out, bias=True):
    """Adds a Conv and returns its output; `into` and `out` count channels."""
    group = into if window.depthwise else 1
    operands = [x, sketch.weights(out, into // group, *window.kernel)]
    if bias:
        operands.append(sketch.constant(sketch.values(out)))
    return sketch.node("Conv", *operands, group=group, **window.attributes)


def alone():
    for label, window in WINDOWS.items():
        for channels in CHANNELS:
            out = channels if window.depthwise else CHANNELS[-1 - CHANNELS.index(channels)]
            sketch = Sketch(f"Conv_{label}_{channels}_to_{out}")
            convolve(sketch, sketch.input(1, channels, 13, 17), window, channels, out)
            yield sketch.case(**TOLERANCE)
    for label, window in SPECIAL.items():
        for channels, out in ((5, 7), (16, 24)):
            out = channels if window.depthwise else out
            sketch = Sketch(f"Conv_{label}_{channels}_to_{out}")
            convolve(sketch, sketch.input(1, channels, 15, 19), window, channels, out)
            yield sketch.case(**TOLERANCE)


def sizes():
    for label in ("1x1", "3x3", "3x3_stride_2", "depthwise_3x3", "depthwise_5x5_stride_2"):
        window = WINDOWS[label]
        for height, width in ((1, 1), (2, 3), (6, 6), (8, 32), (31, 5), (40, 53)):
            sketch = Sketch(f"Conv_{label}_on_{height}x{width}")
            convolve(sketch, sketch.input(1, 16, height, width), window, 16, 16)
            yield sketch.case(**TOLERANCE)
    for batch in (2, 3):
        for label in ("1x1", "3x3", "depthwise_3x3"):
            sketch = Sketch(f"Conv_{label}_batch_{batch}")
            convolve(sketch, sketch.input(batch, 7, 9, 11), WINDOWS[label], 7, 7)
            yield sketch.case(**TOLERANCE)


def grouped():
    for group, into, out in (
        (2, 6, 4),
        (3, 9, 12),
        (4, 16, 24),
        (8, 16, 16),
        (5, 5, 10),
        (16, 16, 32),
    ):
        for kernel, stride in ((1, 1), (3, 1), (3, 2)):
            sketch = Sketch(
                f"Conv_{kernel}x{kernel}_stride_{stride}_{into}_to_{out}_in_{group}_groups"
            )
            x = sketch.input(1, into, 11, 13)
            weights = sketch.weights(out, into // group, kernel, kernel)
            pads = [kernel // 2] * 4
            sketch.node("Conv", x, weights, group=group, pads=pads, strides=[stride] * 2)
            yield sketch.case(**TOLERANCE)


def other_ranks():
    for label, into, out, group in (
        ("plain", 5, 7, 1),
        ("depthwise", 6, 6, 6),
        ("wide", 16, 24, 1),
    ):
        for stride in (1, 2):
            sketch = Sketch(f"Conv_1d_{label}_stride_{stride}")
            x = sketch.input(1, into, 23)
            attributes = {"strides": [stride], "pads": [1, 1], "group": group}
            sketch.node("Conv", x, sketch.weights(out, into // group, 3), **attributes)
            yield sketch.case(**TOLERANCE)
            sketch = Sketch(f"Conv_3d_{label}_stride_{stride}")
            x = sketch.input(1, into, 5, 7, 9)
            attributes = {"strides": [stride] * 3, "pads": [1] * 6, "group": group}
            sketch.node("Conv", x, sketch.weights(out, into // group, 3, 3, 3), **attributes)
            yield sketch.case(**TOLERANCE)
    sketch = Sketch("Conv_weights_are_an_input")
    x = sketch.input(1, 3, 9, 11)
    sketch.node("Conv", x, sketch.input(4, 3, 3, 3), pads=[1] * 4, kernel_shape=[3, 3])
    yield sketch.case(**TOLERANCE)
    sketch = Sketch("Conv_weights_are_an_input_and_kernel_shape_is_not_told")
    x = sketch.input(1, 3, 9, 11)
    sketch.node("Conv", x, sketch.input(4, 3, 3, 3), pads=[1] * 4)
    yield sketch.case(**TOLERANCE)


def activated():
    for kind in ACTIVATIONS:
        for label in ("1x1", "3x3", "3x3_stride_2", "5x5", "depthwise_3x3", "depthwise_5x5"):
            for channels in (7, 24):
                window = WINDOWS[label]
                out = channels if window.depthwise else 16
                sketch = Sketch(f"Conv_{label}_{channels}_to_{out}_then_{kind}")
                x = sketch.input(1, channels, 11, 13, low=-6, high=6)
                activate(sketch, kind, convolve(sketch, x, window, channels, out), out)
                yield sketch.case(**TOLERANCE)


def residual():
    for kind in ("Relu", "swish", "Sigmoid", "relu6", "LeakyRelu", "HardSwish"):
        for label in ("1x1", "3x3", "depthwise_3x3"):
            for order in ("then_add", "then_add_turned", "after_add"):
                sketch = Sketch(f"Conv_{label}_residual_{kind}_{order}")
                x = sketch.input(1, 16, 9, 11, low=-6, high=6)
                y = convolve(sketch, x, WINDOWS[label], 16, 16)
                if order == "after_add":
                    activate(sketch, kind, sketch.node("Add", y, x), 16)
                else:
                    activated = activate(sketch, kind, y, 16)
                    pair = (activated, x) if order == "then_add" else (x, activated)
                    sketch.node("Add", *pair)
                yield sketch.case(**TOLERANCE)
    sketch = Sketch("Conv_bottleneck")
    x = sketch.input(1, 24, 9, 11)
    y = activate(sketch, "swish", convolve(sketch, x, WINDOWS["1x1"], 24, 12), 12)
    y = activate(sketch, "swish", convolve(sketch, y, WINDOWS["3x3"], 12, 24), 24)
    z = activate(sketch, "swish", convolve(sketch, x, WINDOWS["1x1"], 24, 24), 24)
    both = sketch.node("Concat", sketch.node("Add", y, x), z, axis=1)
    convolve(sketch, both, WINDOWS["1x1"], 48, 7)
    yield sketch.case(**TOLERANCE)


def followed_by_arithmetic():
    for operator in ("Add", "Sub", "Mul", "Div"):
        for label, shape in (
            ("scalar", ()),
            ("channels", (7, 1, 1)),
            ("batch_channels", (1, 7, 1, 1)),
        ):
            sketch = Sketch(f"Conv_3x3_then_{operator}_{label}")
            y = convolve(sketch, sketch.input(1, 5, 9, 11), WINDOWS["3x3"], 5, 7)
            sketch.node(operator, y, sketch.constant(sketch.values(*shape, low=0.5)))
            yield sketch.case(**TOLERANCE)
    for label in ("1x1", "3x3", "depthwise_3x3"):
        for bias in (False, True):
            sketch = Sketch(
                f"Conv_{label}_then_BatchNormalization_then_Relu_{'with' if bias else 'no'}_bias"
            )
            y = convolve(sketch, sketch.input(1, 7, 9, 11), WINDOWS[label], 7, 7, bias)
            parameters = [sketch.constant(sketch.values(7, low=0.3)) for _ in range(4)]
            sketch.node("Relu", sketch.node("BatchNormalization", y, *parameters))
            yield sketch.case(**TOLERANCE)
    sketch = Sketch("Conv_after_Pad")
    pads = sketch.axes(0, 0, 1, 2, 0, 0, 2, 1)
    padded = sketch.node("Pad", sketch.input(1, 5, 9, 11), pads)
    convolve(sketch, padded, WINDOWS["3x3_without_pads"], 5, 7)
    yield sketch.case(**TOLERANCE)


def transposed():
    variants = {
        "2x2_stride_2": ((2, 2), {"strides": [2, 2]}),
        "3x3": ((3, 3), {"pads": [1] * 4}),
        "3x3_stride_2": ((3, 3), {"strides": [2, 2], "pads": [1] * 4, "output_padding": [1, 1]}),
        "4x4_stride_2": ((4, 4), {"strides": [2, 2], "pads": [1] * 4}),
        "asymmetric": ((3, 3), {"strides": [2, 2], "pads": [0, 0, 1, 1]}),
        "dilated": ((3, 3), {"dilations": [2, 2]}),
        "same_upper": ((3, 3), {"strides": [2, 2], "auto_pad": "SAME_UPPER"}),
        "output_shape": ((3, 3), {"strides": [2, 2], "output_shape": [12, 14]}),
        "1d": ((3,), {"strides": [2]}),
        "3d": ((2, 2, 2), {"strides": [2, 2, 2]}),
    }
    for label, (kernel, attributes) in variants.items():
        for group, into, out in ((1, 5, 7), (2, 6, 4), (4, 4, 4)):
            sketch = Sketch(f"ConvTranspose_{label}_{into}_to_{out}_in_{group}_groups")
            x = sketch.input(1, into, *(6, 7, 5)[: len(kernel)])
            weights = sketch.weights(into, out // group, *kernel)
            bias = sketch.constant(sketch.values(out))
            sketch.node("ConvTranspose", x, weights, bias, group=group, **attributes)
            yield sketch.case(**TOLERANCE)


def cases():
    yield from alone()
    yield from sizes()
    yield from grouped()
    yield from other_ranks()
    yield from activated()
    yield from residual()
    yield from followed_by_arithmetic()
    yield from transposed()
