"""Writes the sizes of inputs into a file that leaves them open. Nothing else changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mekiki.onnx_check import MOST_FIELDS
from mekiki.wire import BYTES, VARINT, Message, signed

_GRAPH, _INPUT, _TOLD_INSIDE = 7, 11, 13  # 13: shapes of tensors inside, which no longer hold
_NAME, _TYPE, _TENSOR, _ELEMENT, _SHAPE, _DIMENSION, _LENGTH = 1, 2, 1, 1, 2, 1, 1


def fix_sizes(data: bytes, shapes: Mapping[str, Sequence[int]]) -> bytes:
    """The same model with these shapes of its inputs; of the report's `estimate.input`, say.

    Args:
        data: a file that `examine` has read.
        shapes: by the names of inputs, of as many axes as they have. Others stay as they are.

    Raises:
        WireError: the bytes are no model.
    """
    message = Message(data, MOST_FIELDS)
    made = []
    for number, kind, start, end in message.fields(0, len(data)):
        if number == _GRAPH and kind == BYTES:
            made.append(_field(_GRAPH, _graph(message, start, end, shapes)))
        else:
            made.append(_copied(message, number, kind, start, end))
    return b"".join(made)


def _graph(message: Message, start: int, end: int, shapes: Mapping[str, Sequence[int]]) -> bytes:
    made = []
    for number, kind, first, last in message.fields(start, end):
        if number == _TOLD_INSIDE:
            continue
        name = _name(message, first, last) if number == _INPUT and kind == BYTES else ""
        if name and name in shapes:
            made.append(_field(_INPUT, _input(message, first, last, name, shapes[name])))
        else:
            made.append(_copied(message, number, kind, first, last))
    return b"".join(made)


def _name(message: Message, start: int, end: int) -> str:
    names = [
        message.text(first, last)
        for number, kind, first, last in message.fields(start, end)
        if number == _NAME and kind == BYTES
    ]
    return names[-1] if names else ""


def _input(message: Message, start: int, end: int, name: str, shape: Sequence[int]) -> bytes:
    """The same name and element type, and the shape."""
    element = 1
    spans = [(start, end)]
    for step in (_TYPE, _TENSOR):
        spans = [
            (first, last)
            for span in spans
            for number, kind, first, last in message.fields(*span)
            if number == step and kind == BYTES
        ]
    for span in spans:
        for number, kind, value, _ in message.fields(*span):
            if number == _ELEMENT and kind == VARINT:
                element = signed(value)
    lengths = b"".join(_field(_DIMENSION, _number(_LENGTH, length)) for length in shape)
    tensor = _number(_ELEMENT, element) + _field(_SHAPE, lengths)
    text = name.encode("utf-8", "surrogateescape")
    return _field(_NAME, text) + _field(_TYPE, _field(_TENSOR, tensor))


def _copied(message: Message, number: int, kind: int, start: int, end: int) -> bytes:
    if kind == VARINT:
        return _number(number, start)
    content = message.data[start:end]
    return _field(number, content) if kind == BYTES else _varint(number << 3 | kind) + content


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | BYTES) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3 | VARINT) + _varint(value)


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first."""
    made = bytearray()
    value &= 2**64 - 1
    while value >= 0x80:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])
