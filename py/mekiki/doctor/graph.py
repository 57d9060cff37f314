"""A graph of an ONNX file, read as far as the doctor asks: never the weights themselves.

Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mekiki.errors import MekikiError
from mekiki.onnx_check import MOST_FIELDS
from mekiki.wire import BYTES, FIXED32, VARINT, Message, WireError, signed

MOST_VALUES = 4096  # elements of a constant that is looked into; shapes have 5, anchors thousands

MOST_AXES = 32  # of a tensor that is looked into

FLOAT, UINT8, INT8, INT32, INT64, BOOL, FLOAT16, DOUBLE = 1, 2, 3, 6, 7, 9, 10, 11
_DTYPES = {
    FLOAT: "<f4",
    UINT8: "u1",
    INT8: "i1",
    INT32: "<i4",
    INT64: "<i8",
    BOOL: "?",
    FLOAT16: "<f2",
    DOUBLE: "<f8",
}
_FLOATS, _INT32S, _INT64S, _RAW, _DOUBLES = 4, 5, 7, 9, 10  # the payloads of a tensor

Span = tuple[int, int]
Number = int | str | None


@dataclass
class Tensor:
    """A constant.

    Attributes:
        kind: number of the element type.
        shape: as the file says.
        size: bytes of its payload; 0 where it has none, as an empty tensor.
        value: its elements, where there are at most MOST_VALUES of a type that numpy has.
    """

    name: str = ""
    kind: int = 0
    shape: tuple[int, ...] = ()
    size: int = 0
    external: bool = False
    value: NDArray[np.generic] | None = None


@dataclass
class Attribute:
    """One of number, text, numbers, tensor; `form` names it, or what else it is."""

    form: str
    value: object = None


@dataclass
class Node:
    """An operator with what goes in and comes out; '' is an input or output left out."""

    operator: str = ""
    domain: str = ""
    name: str = ""
    inputs: list[str] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)
    attributes: dict[str, Attribute] = field(default_factory=dict)

    def number(self, name: str, default: float) -> float:
        """A number of an attribute."""
        found = self.attributes.get(name)
        return found.value if found and isinstance(found.value, int | float) else default

    def integer(self, name: str, default: int) -> int:
        """A whole number of an attribute."""
        return int(self.number(name, default))

    def text(self, name: str, default: str = "") -> str:
        """A text of an attribute."""
        found = self.attributes.get(name)
        return found.value if found and isinstance(found.value, str) else default

    def integers(self, name: str) -> list[int] | None:
        """Whole numbers of an attribute; None where it is not there."""
        found = self.attributes.get(name)
        if found is None or not isinstance(found.value, list):
            return None
        return [int(each) for each in found.value]


@dataclass
class Value:
    """An input or output: a dimension is a length, a name, or None where nothing is told."""

    name: str = ""
    kind: int | None = None  # of the elements; None of what is no tensor
    shape: list[Number] | None = None


@dataclass
class Graph:
    """What the file holds."""

    ir: int | None = None
    producer: str = ""
    opsets: dict[str, int] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    constants: dict[str, Tensor] = field(default_factory=dict)
    inputs: list[Value] = field(default_factory=list)
    outputs: list[Value] = field(default_factory=list)

    @property
    def opset(self) -> int | None:
        """Of ONNX's own operators."""
        return self.opsets.get("", self.opsets.get("ai.onnx"))


class Reader:
    """Reads the graph of a message that may hold anything."""

    def __init__(self, message: Message) -> None:
        self.message = message

    def graph(self) -> Graph:
        """The graph.

        Raises:
            WireError: the bytes are no model.
        """
        found = Graph()
        for number, form, start, end in self._all():
            if number == 1 and form == VARINT:
                found.ir = signed(start)
            elif number == 2 and form == BYTES:
                found.producer = self.message.text(start, end)
            elif number == 8 and form == BYTES:
                domain, version = self._opset(start, end)
                found.opsets[domain] = max(version, found.opsets.get(domain, version))
            elif number == 7 and form == BYTES:
                self._graph(found, start, end)
        return found

    def _all(self) -> Iterator[tuple[int, int, int, int]]:
        return self.message.fields(0, len(self.message.data))

    def _graph(self, found: Graph, start: int, end: int) -> None:
        for number, form, first, last in self.message.fields(start, end):
            if form != BYTES:
                continue
            if number == 1:
                found.nodes.append(self._node(first, last))
            elif number == 5:
                tensor = self._tensor(first, last)
                found.constants.setdefault(tensor.name, tensor)
            elif number == 11:
                found.inputs.append(self._value(first, last))
            elif number == 12:
                found.outputs.append(self._value(first, last))

    def _opset(self, start: int, end: int) -> tuple[str, int]:
        domain, version = "", 0
        for number, form, first, last in self.message.fields(start, end):
            if number == 1 and form == BYTES:
                domain = self.message.text(first, last)
            elif number == 2 and form == VARINT:
                version = signed(first)
        return domain, version

    def _node(self, start: int, end: int) -> Node:
        node = Node()
        for number, form, first, last in self.message.fields(start, end):
            if form != BYTES:
                continue
            if number == 1:
                node.inputs.append(self.message.text(first, last))
            elif number == 2:
                node.outputs.append(self.message.text(first, last))
            elif number == 3:
                node.name = self.message.text(first, last)
            elif number == 4:
                node.operator = self.message.text(first, last)
            elif number == 5:
                name, attribute = self._attribute(first, last)
                node.attributes[name] = attribute
            elif number == 7:
                node.domain = self.message.text(first, last)
        return node

    def _attribute(self, start: int, end: int) -> tuple[str, Attribute]:
        name, form_of, value = "", "nothing", None
        listed: list[object] = []
        for number, form, first, last in self.message.fields(start, end):
            if number == 1 and form == BYTES:
                name = self.message.text(first, last)
            elif number == 2 and form == FIXED32:
                form_of, value = "number", struct.unpack_from("<f", self.message.data, first)[0]
            elif number == 3 and form == VARINT:
                form_of, value = "number", signed(first)
            elif number == 4 and form == BYTES:
                form_of, value = "text", self.message.text(first, last)
            elif number == 5 and form == BYTES:
                form_of, value = "tensor", self._tensor(first, last)
            elif number in (6, 11):
                form_of = "graph"
            elif number == 7:
                form_of = "numbers"
                # More than these many belong into a tensor; they would only take time.
                packed = self.message.data[first : min(last, first + 4 * MOST_VALUES)]
                listed += np.frombuffer(packed[: len(packed) // 4 * 4], "<f4").tolist()
            elif number == 8:
                form_of = "numbers"
                listed += [signed(first)] if form == VARINT else self._integers(first, last)
            elif number in (9, 10):
                form_of = "texts" if number == 9 else "tensors"
        return name, Attribute(form_of, listed if form_of == "numbers" else value)

    def _integers(self, start: int, end: int) -> list[int]:
        return list(self.message.integers(start, end))

    def _tensor(self, start: int, end: int) -> Tensor:
        tensor, dims = Tensor(), list[int]()
        payload: dict[int, list[Span]] = {}
        integers: list[int] = []
        for number, form, first, last in self.message.fields(start, end):
            if number == 1:
                dims += [signed(first)] if form == VARINT else self._integers(first, last)
            elif number == 2 and form == VARINT:
                tensor.kind = first
            elif number == 8 and form == BYTES:
                tensor.name = self.message.text(first, last)
            elif number == 13 or (number == 14 and first == 1):
                tensor.external = True
            elif number in (_FLOATS, _INT32S, _INT64S, _RAW, _DOUBLES):
                if form == VARINT:
                    integers.append(signed(first))
                    tensor.size += 4
                else:
                    payload.setdefault(number, []).append((first, last))
                    tensor.size += last - first
        tensor.shape = tuple(dims)
        few = len(dims) <= MOST_AXES and min(dims, default=0) >= 0
        if few and math.prod(dims) <= MOST_VALUES:
            tensor.value = self._elements(tensor, payload, integers)
        return tensor

    def _elements(
        self, tensor: Tensor, payload: dict[int, list[Span]], integers: list[int]
    ) -> NDArray[np.generic] | None:
        """The elements; None where they are of another number than the shape says."""
        dtype = _DTYPES.get(tensor.kind)
        if dtype is None:
            return None
        data = self.message.data
        spans = [span for each in payload.values() for span in each]
        if integers or _INT32S in payload or _INT64S in payload:
            for first, last in spans:
                integers += self._integers(first, last)
            wide = np.array(integers, np.int64)
            half = wide.astype(np.uint16).view(np.float16) if tensor.kind == FLOAT16 else None
            found = wide.astype(dtype) if half is None else half
        else:
            content = b"".join(data[first:last] for first, last in spans)
            width = np.dtype(dtype).itemsize
            found = np.frombuffer(content[: len(content) // width * width], dtype)
        size = int(np.prod(tensor.shape, dtype=np.int64))
        return found[:size].reshape(tensor.shape) if len(found) >= size else None

    def _value(self, start: int, end: int) -> Value:
        value = Value()
        for number, form, first, last in self.message.fields(start, end):
            if number == 1 and form == BYTES:
                value.name = self.message.text(first, last)
            elif number == 2 and form == BYTES:
                for kind, _, inner, outer in self.message.fields(first, last):
                    if kind == 1:
                        self._tensor_type(value, inner, outer)
        return value

    def _tensor_type(self, value: Value, start: int, end: int) -> None:
        value.kind = 0
        for number, form, first, last in self.message.fields(start, end):
            if number == 1 and form == VARINT:
                value.kind = first
            elif number == 2 and form == BYTES:
                value.shape = [
                    self._dimension(inner, outer)
                    for kind, shaped, inner, outer in self.message.fields(first, last)
                    if kind == 1 and shaped == BYTES
                ]

    def _dimension(self, start: int, end: int) -> Number:
        length: Number = None
        for number, form, first, last in self.message.fields(start, end):
            if number == 1 and form == VARINT:
                length = signed(first)
            elif number == 2 and form == BYTES:
                length = self.message.text(first, last)
        return length


def read_graph(data: bytes, name: str) -> Graph:
    """The graph of a file.

    Raises:
        MekikiError: `model-too-large`, or `model-unreadable` with what is wrong as `detail`.
    """
    message = Message(data, MOST_FIELDS)
    try:
        return Reader(message).graph()
    except WireError as error:
        if message.fields_left < 0:
            raise MekikiError("model-too-large", fields=MOST_FIELDS) from error
        raise MekikiError("model-unreadable", model=name, detail=str(error)) from error
