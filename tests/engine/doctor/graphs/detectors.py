"""Heads of detectors: what comes after the last convolutions, and how their ends differ."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from tests.engine.doctor.graphs.drawing import Drawing

SIDE = 64


def pyramid(net: Drawing, shape=(1, 3, SIDE, SIDE)) -> list[str]:
    """Features at a fourth and an eighth of the size, of 16 channels."""
    x = net.input("images", shape)
    x = _silu(net, net.conv(_silu(net, net.conv(x, 3, 8, 3, 2)), 8, 16, 3, 2))
    deep = _silu(net, net.conv(x, 16, 16, 3, 2))
    pooled = [deep]
    for _ in range(2):
        pooled.append(
            net.node("MaxPool", pooled[-1], kernel_shape=[5, 5], strides=[1, 1], pads=[2] * 4)
        )
    deep = net.conv(net.node("Concat", *pooled, axis=1), 48, 16, 1)
    up = net.node(
        "Resize",
        deep,
        "" if net.opset > 12 else net.constant([]),
        net.constant([1, 1, 2, 2]),
        mode="nearest",
        coordinate_transformation_mode="asymmetric",
        nearest_mode="floor",
    )
    return [net.conv(net.node("Concat", up, x, axis=1), 32, 16, 1), deep]


def _silu(net: Drawing, x: str) -> str:
    return net.node("Mul", x, net.node("Sigmoid", x))


def _grid(step: int) -> np.ndarray:
    side = SIDE // step
    y, x = np.mgrid[:side, :side]
    return np.stack((x, y), -1).astype(np.float32)


def yolov5() -> bytes:
    """Three anchors a cell; five axes; the grid is in the file."""
    net = Drawing("yolov5", opset=12, producer="pytorch")
    found = []
    for x, step in zip(pyramid(net), (4, 8), strict=True):
        side = SIDE // step
        x = net.node("Reshape", net.conv(x, 16, 3 * 7, 1), net.ints(1, 3, 7, side, side))
        x = net.node("Sigmoid", net.node("Transpose", x, perm=[0, 1, 3, 4, 2]))
        xy, wh, rest = (
            net.node("Slice", x, net.ints(start), net.ints(end), net.ints(4), net.ints(1))
            for start, end in ((0, 2), (2, 4), (4, 7))
        )
        xy = net.node("Add", net.node("Mul", xy, net.constant(2.0)), net.constant(_grid(step)))
        xy = net.node("Mul", xy, net.constant(float(step)))
        wh = net.node("Pow", net.node("Mul", wh, net.constant(2.0)), net.constant(2.0))
        wh = net.node("Mul", wh, net.constant(np.full((1, 3, 1, 1, 2), 10.0)))
        found.append(
            net.node("Reshape", net.node("Concat", xy, wh, rest, axis=4), net.ints(1, -1, 7))
        )
    return net.model(net.node("Concat", *found, axis=1))


def _distributed(net: Drawing) -> tuple[str, str]:
    """Boxes as distributions over distances, (1, 4, n), and scores, (1, 3, n)."""
    count = (SIDE // 4) ** 2 + (SIDE // 8) ** 2
    levels = [
        net.node("Reshape", net.conv(x, 16, 67, 1), net.ints(1, 67, -1)) for x in pyramid(net)
    ]
    x = net.node("Concat", *levels, axis=2)
    boxes, scores = net.nodes_of("Split", x, net.ints(64, 3), count=2, axis=1)
    boxes = net.node("Reshape", boxes, net.ints(1, 4, 16, count))
    boxes = net.node("Softmax", net.node("Transpose", boxes, perm=[0, 2, 1, 3]), axis=1)
    boxes = net.conv(boxes, 16, 1, 1)
    boxes = net.node("Reshape", boxes, net.ints(1, 4, count))
    near, far = net.nodes_of("Split", boxes, net.ints(2, 2), count=2, axis=1)
    anchors = net.constant(np.concatenate([_grid(s).reshape(-1, 2) * s for s in (4, 8)]).T[None])
    low, high = net.node("Sub", anchors, near), net.node("Add", far, anchors)
    middle = net.node("Div", net.node("Add", low, high), net.constant(2.0))
    size = net.node("Sub", high, low)
    return net.node("Concat", middle, size, axis=1), net.node("Sigmoid", scores)


def yolov8() -> bytes:
    """Ends in (1, 4 + classes, n)."""
    net = Drawing("yolov8", opset=17, producer="pytorch")
    boxes, scores = _distributed(net)
    return net.model(net.node("Concat", boxes, scores, axis=1))


def yolov10() -> bytes:
    """The best of all are chosen in the graph: TopK, and Mod and Div of its indices."""
    net = Drawing("yolov10", opset=13, producer="pytorch")
    boxes, scores = _distributed(net)
    boxes, scores = (net.node("Transpose", x, perm=[0, 2, 1]) for x in (boxes, scores))
    best = net.node("ReduceMax", scores, axes=[-1], keepdims=0)
    _, rows = net.nodes_of("TopK", best, net.ints(20), count=2, axis=-1)
    rows = net.node("Unsqueeze", rows, net.ints(-1))
    four = net.node("Tile", rows, net.ints(1, 1, 4))
    three = net.node("Tile", rows, net.ints(1, 1, 3))
    boxes = net.node("GatherElements", boxes, four, axis=1)
    scores = net.node("GatherElements", scores, three, axis=1)
    flat = net.node("Flatten", scores)
    values, index = net.nodes_of("TopK", flat, net.ints(20), count=2, axis=-1)
    kinds = net.node("Mod", index, net.constant(3, np.int64))
    row = net.node("Unsqueeze", net.node("Div", index, net.constant(3, np.int64)), net.ints(-1))
    boxes = net.node("GatherElements", boxes, net.node("Tile", row, net.ints(1, 1, 4)), axis=1)
    ends = [
        net.node("Unsqueeze", each, net.ints(-1))
        for each in (values, net.node("Cast", kinds, to=TensorProto.FLOAT))
    ]
    return net.model(net.node("Concat", boxes, *ends, axis=-1))


def ssd_with_suppression() -> bytes:
    """NonMaxSuppression in the graph, and Gather by what it chose."""
    net = Drawing("ssd with suppression", opset=11)
    x = pyramid(net)[1]
    boxes = net.node("Reshape", net.conv(x, 16, 4, 1), net.ints(1, 4, -1))
    boxes = net.node("Transpose", boxes, perm=[0, 2, 1])
    scores = net.node("Reshape", net.node("Sigmoid", net.conv(x, 16, 3, 1)), net.ints(1, 3, -1))
    chosen = net.node(
        "NonMaxSuppression", boxes, scores, net.ints(10), net.constant([0.5]), net.constant([0.3])
    )
    return net.model(chosen, boxes, scores, kinds=[TensorProto.INT64])


def centernet() -> bytes:
    """Peaks of a heat map are found by pooling and comparing."""
    net = Drawing("centernet", opset=14)
    x = pyramid(net)[0]
    heat = net.node("Sigmoid", net.conv(x, 16, 3, 1))
    top = net.node("MaxPool", heat, kernel_shape=[3, 3], strides=[1, 1], pads=[1] * 4)
    peaks = net.node("Cast", net.node("Equal", heat, top), to=TensorProto.FLOAT)
    return net.model(net.node("Mul", heat, peaks), net.conv(x, 16, 2, 1))


def detector_of_any_size() -> bytes:
    """Height and width are open, and nothing in the graph asks for them."""
    net = Drawing("detector of any size", opset=17)
    heads = [net.conv(x, 16, 7, 1) for x in pyramid(net, (1, 3, "height", "width"))]
    return net.model(*heads)


def detector_that_asks_its_size() -> bytes:
    """Height and width are open, and a Reshape is computed from them."""
    net = Drawing("detector that asks its size", opset=17, producer="pytorch")
    x = net.conv(pyramid(net, ("batch", 3, "height", "width"))[1], 16, 7, 1)
    lengths = [
        net.node("Gather", net.node("Shape", x), net.constant(axis, np.int64), axis=0)
        for axis in (2, 3)
    ]
    area = net.node("Unsqueeze", net.node("Mul", *lengths), net.ints(0))
    wanted = net.node("Concat", net.ints(1, 7), area, axis=0)
    return net.model(net.node("Transpose", net.node("Reshape", x, wanted), perm=[0, 2, 1]))


GRAPHS = {
    function.__name__: function
    for function in (
        yolov5,
        yolov8,
        yolov10,
        ssd_with_suppression,
        centernet,
        detector_of_any_size,
        detector_that_asks_its_size,
    )
}
