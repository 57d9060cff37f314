"""Reads the wire format of protocol buffers, as far as ONNX files use it.

https://protobuf.dev/programming-guides/encoding: a message is a run of fields, each a number, a
type and a value. Nothing is copied: what has a length is given by where it starts and ends.
"""

from __future__ import annotations

from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
_FIXED = {FIXED64: 8, FIXED32: 4}


class WireError(Exception):
    """The bytes are no message, or one of more fields than was allowed.

    Attributes:
        code: what is wrong, where more is known than that the bytes are damaged.
        data: what belongs to it.
    """

    def __init__(self, detail: str, code: str = "damaged", **data: object) -> None:
        super().__init__(detail)
        self.code = code
        self.data = data


class Message:
    """A file, and how many fields of it may still be looked at.

    Attributes:
        data: the whole file.
        fields_left: every field of every message read by `fields` takes one; a file whose size is
            allowed may still hold many millions of fields, which would keep Python busy.
    """

    def __init__(self, data: bytes, most_fields: int) -> None:
        """Reads nothing yet."""
        self.data = data
        self.fields_left = most_fields

    def fields(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """The fields of the message in data[start:end].

        Yields:
            number, type, and of a VARINT the value and 0, of anything else where it starts and
            ends.

        Raises:
            WireError: something does not end where it should, or `fields_left` is used up.
        """
        data = self.data
        while start < end:
            self.fields_left -= 1
            if self.fields_left < 0:
                raise WireError("too many fields")
            key = data[start]
            # Nearly every key and most lengths have one byte: a call for each would take half the
            # time in a phone's browser.
            if key < 0x80:
                start += 1
            else:
                key, start = self._varint(start, end)
            number, kind = key >> 3, key & 7
            if number == 0:
                raise WireError("no field has number 0")
            if kind == VARINT:
                value, start = self._varint(start, end)
                yield number, kind, value, 0
                continue
            if kind == BYTES:
                if start < end and data[start] < 0x80:
                    length = data[start]
                    start += 1
                else:
                    length, start = self._varint(start, end)
            elif kind in _FIXED:
                length = _FIXED[kind]
            else:
                raise WireError(f"no field has type {kind}")
            if length > end - start:
                raise WireError("cut off")
            yield number, kind, start, start + length
            start += length

    def text(self, start: int, end: int) -> str:
        """The text in data[start:end]; a byte that is no UTF-8 becomes a lone surrogate."""
        return self.data[start:end].decode("utf-8", "surrogateescape")

    def integers(self, start: int, end: int) -> Iterator[int]:
        """Signed 64-bit integers, packed in data[start:end]. Each counts as a field."""
        while start < end:
            self.fields_left -= 1
            if self.fields_left < 0:
                raise WireError("too many fields")
            value, start = self._varint(start, end)
            yield signed(value)

    def _varint(self, start: int, end: int) -> tuple[int, int]:
        """An unsigned number and where it ends: seven bits a byte, the lowest first."""
        value = 0
        for place, byte in enumerate(self.data[start : min(end, start + 10)]):
            value |= (byte & 0x7F) << (7 * place)
            if byte < 0x80:
                return value, start + place + 1
        raise WireError("cut off")


def signed(value: int) -> int:
    """A VARINT as the int64 that it stands for."""
    value &= 2**64 - 1
    return value - 2**64 if value >= 2**63 else value
