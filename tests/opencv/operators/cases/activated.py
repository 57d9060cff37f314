"""What comes after a convolution: activations as exporters write them."""

ACTIVATIONS = (
    "Relu",
    "relu6",
    "LeakyRelu",
    "Sigmoid",
    "swish",
    "swish_turned",
    "HardSwish",
    "mish",
    "gelu",
    "Elu",
    "Tanh",
    "PRelu",
)


def activate(sketch, kind, x, channels):
    """Adds the activation and returns its output.

    Args:
        sketch: the graph.
        kind: one of ACTIVATIONS; in capitals, ONNX's own operator.
        x: the tensor (N, channels, ...).
        channels: how many slopes a PRelu gets.
    """
    match kind:
        case "relu6":
            return sketch.node("Clip", x, sketch.constant(0.0), sketch.constant(6.0))
        case "swish":
            return sketch.node("Mul", x, sketch.node("Sigmoid", x))
        case "swish_turned":
            return sketch.node("Mul", sketch.node("Sigmoid", x), x)
        case "mish":
            return sketch.node("Mul", x, sketch.node("Tanh", sketch.node("Softplus", x)))
        case "gelu":
            erf = sketch.node("Erf", sketch.node("Div", x, sketch.constant(2**0.5)))
            product = sketch.node("Mul", x, sketch.node("Add", erf, sketch.constant(1.0)))
            return sketch.node("Mul", product, sketch.constant(0.5))
        case "PRelu":
            return sketch.node("PRelu", x, sketch.constant(sketch.values(channels, 1, 1)))
        case _:
            return sketch.node(kind, x)
