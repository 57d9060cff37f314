"""Batch normalisation that was not folded into the convolution before it."""

from __future__ import annotations

from tools.models.tfjs.registry import Operation, handles
from tools.models.tfjs.values import Tensor

# TensorFlow's own default.
EPSILON = 1e-4


@handles("FusedBatchNorm", "FusedBatchNormV3")
def batch_normalisation(operation: Operation) -> Tensor:
    """Each channel less its mean, over its deviation, then scaled and shifted: (x - m) * g / d + b.

    Raises:
        BuildError: `tfjs-batch-norm` for a graph in training, or of another axis order.
    """
    node, picture = operation.node, operation.tensor(0)
    order = node.string("data_format", "NHWC")
    # Absent, the flag says that the graph is being trained: converters always write it.
    if order != "NHWC" or node.flag("is_training"):
        raise operation.refusal("tfjs-batch-norm", data_format=order)
    statistics = [operation.onnx.add_floats(operation.constant(index)) for index in range(1, 5)]
    name = operation.onnx.add_node(
        "BatchNormalization",
        [picture.name, *statistics],
        epsilon=node.number("epsilon", EPSILON),
    )
    return Tensor(name, picture.shape)
