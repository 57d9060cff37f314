"""Operators that OpenCV's importer takes and ONNX Runtime does not know.

They come from old exporters or from Caffe. This machine's OpenCV is what ours is held against.
"""

import numpy as np

from tests.opencv.operators.sketch import Sketch


def detection_output():
    """Caffe's last layer of an SSD: boxes from offsets, scores and priors, after suppression."""
    sketch = Sketch("DetectionOutput")
    count, classes = 6, 3
    corners = sketch.rng.uniform(0.0, 0.5, (count, 2))
    boxes = np.concatenate([corners, corners + 0.3], axis=1).reshape(-1)
    variances = np.tile([0.1, 0.1, 0.2, 0.2], count)
    priors = np.stack([boxes, variances]).astype(np.float32)[None]
    sketch.node(
        "DetectionOutput",
        sketch.input(1, 4 * count),
        sketch.input(1, classes * count, low=0.0, high=1.0),
        sketch.given(priors),
        num_classes=classes,
        share_location=1,
        background_label_id=0,
        nms_threshold=0.45,
        top_k=20,
        keep_top_k=10,
        confidence_threshold=0.3,
        code_type="CENTER_SIZE",
    )
    return sketch.case(shape=(1, 1, 10, 7))


def cases():
    sketch = Sketch("GeluApproximation")
    sketch.node("GeluApproximation", sketch.input(1, 3, 5, 7))
    yield sketch.case(shape=(1, 3, 5, 7))
    sketch = Sketch("SoftMax")
    sketch.node("SoftMax", sketch.input(2, 17), axis=1)
    yield sketch.case(shape=(2, 17))
    sketch = Sketch("ImageScaler")
    sketch.node("ImageScaler", sketch.input(1, 3, 5, 7), bias=[0.5, -1.0, 2.0], scale=2.0)
    yield sketch.case(shape=(1, 3, 5, 7))
    for label, value in (("ConstantFill", 2.0), ("ConstantFill_of_a_half", 1.5)):
        sketch = Sketch(label)
        shape = sketch.axes(1, 3, 5, 7)
        filled = sketch.node("ConstantFill", shape, input_as_shape=1, value=value)
        sketch.node("Add", sketch.input(1, 3, 5, 7), filled)
        yield sketch.case(shape=(1, 3, 5, 7))
    yield detection_output()
