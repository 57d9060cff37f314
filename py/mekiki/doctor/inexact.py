"""Where OpenCV runs an operator, and gives other numbers than ONNX: limits of upstream.

The sweep of the operators, tests/opencv/operators/known_differences.py, shows each of them.
"""

from __future__ import annotations

from mekiki.doctor.graph import Node


def inexact(node: Node, opset: int, producer: str) -> str | None:
    """What is not as ONNX has it, as the name of the attribute; None of most operators."""
    operator, pads = node.operator, node.text("auto_pad", "NOTSET")
    if operator in ("Conv", "MaxPool", "AveragePool") and pads == "SAME_LOWER":
        return "auto_pad"
    if operator == "ConvTranspose" and (pads == "SAME_UPPER" or node.integers("output_shape")):
        return "output_shape"
    dilated = any(each != 1 for each in node.integers("dilations") or ())
    if operator in ("ConvTranspose", "MaxPool") and dilated:
        return "dilations"
    counted = node.integer("count_include_pad", 0) == 1
    padded = any(node.integers("pads") or ())
    if operator == "AveragePool" and padded and counted != (producer == "pytorch"):
        return "count_include_pad"
    if operator == "Gelu" and node.text("approximate") == "tanh":
        return "approximate"
    if operator in ("Softmax", "LogSoftmax") and 0 < opset <= 11:
        return "axis"
    return _resize(node) if operator == "Resize" else None


def _resize(node: Node) -> str | None:
    """Which neighbour is the nearest is not read: asymmetric rounds down, half pixels round."""
    if node.text("mode", "nearest") != "nearest":
        return None
    coordinates = node.text("coordinate_transformation_mode", "half_pixel")
    wanted = node.text("nearest_mode", "round_prefer_floor")
    agrees = wanted == "floor" if coordinates == "asymmetric" else wanted.startswith("round")
    return None if agrees else "nearest_mode"
