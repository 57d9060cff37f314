"""Makes the files, some of them large, each time anew."""

from __future__ import annotations

import random
from collections.abc import Callable

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

MEBIBYTE = 2**20
_SHAPE = (1, 3, 256, 256)


def _value(name, shape=_SHAPE):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)


def model(nodes, weights=(), shape=_SHAPE, outputs=("y",)):
    """A model with the input x."""
    graph = helper.make_graph(
        nodes, "g", [_value("x", shape)], [_value(name) for name in outputs], list(weights)
    )
    opsets = [helper.make_opsetid("", 13)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def harmless() -> bytes:
    return model([helper.make_node("Relu", ["x"], ["y"])])


def convolution(weights: onnx.TensorProto | None) -> bytes:
    nodes = [helper.make_node("Conv", ["x", "w"], ["y"], pads=[1] * 4)]
    return model(nodes, [weights] if weights else [])


def tensor(*dims: int, data: bytes = b"\0" * 16) -> onnx.TensorProto:
    return TensorProto(name="w", data_type=TensorProto.FLOAT, dims=dims, raw_data=data)


def cyclic() -> bytes:
    ends = (("Add", ["x", "b"], "a"), ("Relu", ["a"], "b"), ("Relu", ["b"], "y"))
    return model([helper.make_node(operator, given, [made]) for operator, given, made in ends])


def in_another_file() -> bytes:
    weights = TensorProto(name="w", data_type=TensorProto.FLOAT, dims=(3, 3, 3, 3))
    weights.data_location = TensorProto.EXTERNAL
    weights.external_data.add(key="location", value="/etc/passwd")
    return convolution(weights)


def of_length(number: int, content: bytes) -> bytes:
    """A field with a length, as protocol buffers write it."""
    length, remaining = bytearray(), len(content)
    while remaining >= 0x80:
        length.append(remaining & 0x7F | 0x80)
        remaining >>= 7
    return bytes([number << 3 | 2, *length, remaining]) + content


def chain(count: int, operator: str = "Identity") -> bytes:
    """A million nodes in a row takes the onnx package minutes; written by hand, a second."""
    end = of_length(4, operator.encode())
    names = ["x", *(f"n{number}" for number in range(1, count)), "y"]
    fields = [of_length(1, name.encode()) for name in names]
    made = [of_length(2, name.encode()) for name in names]
    nodes = [of_length(1, fields[i] + made[i + 1] + end) for i in range(count)]
    ends = of_length(11, _value("x").SerializeToString())
    ends += of_length(12, _value("y").SerializeToString())
    head = b"\x08\x08" + of_length(8, b"\x0a\x00\x10\x0d")  # ir_version 8, opset 13
    return head + of_length(7, b"".join(nodes) + ends)


def bomb() -> bytes:
    """A few bytes that ask for a tensor of 300 GB."""
    size = numpy_helper.from_array(np.array([100_000, 3, 1000, 1000]), "s")
    nodes = [
        helper.make_node("ConstantOfShape", ["s"], ["c"]),
        helper.make_node("Add", ["x", "c"], ["y"]),
    ]
    return model(nodes, [size])


def with_a_graph_inside() -> bytes:
    inner = helper.make_graph([helper.make_node("Relu", ["x"], ["z"])], "h", [], [_value("z")])
    branches = {"then_branch": inner, "else_branch": inner}
    flag = numpy_helper.from_array(np.array(True), "c")
    return model([helper.make_node("If", ["c"], ["y"], **branches)], [flag])


def many_fields() -> bytes:
    """One node with a million inputs."""
    node = of_length(1, b"x") * 1_000_000 + of_length(2, b"y") + of_length(4, b"Sum")
    ends = of_length(11, _value("x").SerializeToString())
    return of_length(7, of_length(1, node) + ends + of_length(12, _value("y").SerializeToString()))


# What to load, by name, and the code to be answered.
UNREADABLE, TOO_LARGE = "model-unreadable", "model-too-large"
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", UNREADABLE),
    "one byte": (lambda: b"\x08", UNREADABLE),
    "cut off": (lambda: convolution(tensor(3, 3, 3, 3, data=b"\0" * 324))[:-40], UNREADABLE),
    "random bytes": (lambda: random.Random(3).randbytes(100_000), UNREADABLE),
    "page of an error": (lambda: b"<!doctype html><title>404</title>Not found" * 50, UNREADABLE),
    "zeros": (lambda: bytes(MEBIBYTE), UNREADABLE),
    "200 MB of zeros": (lambda: bytes(200 * 10**6), TOO_LARGE),
    "200 MB behind a model": (lambda: harmless() + bytes(200 * 10**6), TOO_LARGE),
    "60 MB of zeros behind a model": (lambda: harmless() + bytes(60 * 10**6), UNREADABLE),
    "a million nodes": (lambda: chain(1_000_000), TOO_LARGE),
    # Not hostile, but the most that is let through: OpenCV must be done with it in time.
    "ten thousand nodes": (lambda: chain(10_000, "Relu"), "model-outputs-missing"),
    "a million inputs of one node": (many_fields, TOO_LARGE),
    "cycle": (cyclic, UNREADABLE),
    "weights that are missing": (lambda: convolution(None), UNREADABLE),
    "fewer weights than said": (lambda: convolution(tensor(3, 3, 3, 3)), UNREADABLE),
    "weights of 2^31 rows": (lambda: convolution(tensor(2**31, 3, 3, 3)), UNREADABLE),
    "dimensions whose product is 0": (lambda: convolution(tensor(2**16, 2**16)), UNREADABLE),
    "weights of -1 rows": (lambda: convolution(tensor(-1, 3, 3, 3)), UNREADABLE),
    "weights in another file": (in_another_file, UNREADABLE),
    "graph inside a node": (with_a_graph_inside, UNREADABLE),
    "input of 2^31 channels": (
        lambda: model([helper.make_node("Relu", ["x"], ["y"])], shape=(1, 2**31, 8, 8)),
        UNREADABLE,
    ),
    "input of 2^40 elements": (
        lambda: model([helper.make_node("Relu", ["x"], ["y"])], shape=(1, 2**20, 2**10, 2**10)),
        TOO_LARGE,
    ),
    "a tensor of 300 GB": (bomb, UNREADABLE),
    "outputs with other names": (harmless, "model-outputs-missing"),
}
