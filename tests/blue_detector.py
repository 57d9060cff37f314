"""A detector whose right answer is known: of each square of 32 x 32 a box, and how blue it is.

It has the layout of YOLOv8, and tells the name of its one class as Ultralytics' exporter does.
"""

import numpy as np
import onnx
from onnx import numpy_helper, parser

JACKET = [192, 121, 77, 125]  # of the blue one in person.jpg, measured by hand: x, y, width, height

_GRAPH = """
<ir_version: 8, opset_import: ["": 13]>
blue (float[1, 3, 256, 320] images) => (float[1, 5, 80] output0)
<float[1, 3, 1, 1] weights = {-12.75, -12.75, 25.5}, float[1] bias = {-7},
 int64[3] flat = {1, 1, 80}>
{
    squares = AveragePool <kernel_shape = [32, 32], strides = [32, 32]> (images)
    sums = Conv <kernel_shape = [1, 1]> (squares, weights, bias)
    heat = Sigmoid (sums)
    scores = Reshape (heat, flat)
    output0 = Concat <axis = 1> (boxes, scores)
}
"""


def blue_detector() -> onnx.ModelProto:
    """The model; its input is RGB, 0 to 1."""
    model = parser.parse_model(_GRAPH)
    rows, columns = np.mgrid[:8, :10]
    side = np.full((8, 10), 40)
    boxes = np.stack([columns * 32 + 16, rows * 32 + 16, side, side]).reshape(1, 4, 80)
    model.graph.initializer.append(numpy_helper.from_array(np.float32(boxes), "boxes"))
    model.metadata_props.add(key="names", value="{0: 'blue thing'}")
    return model


def in_jacket(box) -> bool:
    """Whether the middle of a box x, y, width, height lies in the jacket."""
    middle = box[0] + box[2] / 2 - JACKET[0], box[1] + box[3] / 2 - JACKET[1]
    return 0 <= middle[0] <= JACKET[2] and 0 <= middle[1] <= JACKET[3]
