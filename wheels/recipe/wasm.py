"""A small reader of WebAssembly modules: names imported and exported.

The binary format: https://webassembly.github.io/spec/core/binary/modules.html
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

_IMPORTS, _EXPORTS = 2, 7
_FUNCTION, _TABLE, _MEMORY, _GLOBAL, _TAG = range(5)


@dataclass
class Names:
    """What a module takes and gives.

    Attributes:
        imports: pairs of module and name.
        exports: names.
    """

    imports: set[tuple[str, str]] = field(default_factory=set)
    exports: set[str] = field(default_factory=set)


class _Reader:
    def __init__(self, data: bytes, place: int) -> None:
        self.data = data
        self.place = place

    def byte(self) -> int:
        self.place += 1
        return self.data[self.place - 1]

    def number(self) -> int:
        """An unsigned LEB128 number."""
        value = shift = 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def name(self) -> str:
        length = self.number()
        self.place += length
        return self.data[self.place - length : self.place].decode("utf-8", "replace")

    def limits(self) -> None:
        if self.number() & 1:
            self.number()
        self.number()

    def skip_kind(self) -> None:
        """What an import is."""
        kind = self.byte()
        if kind == _FUNCTION:
            self.number()
        elif kind == _TABLE:
            self.byte()
            self.limits()
        elif kind == _MEMORY:
            self.limits()
        elif kind == _GLOBAL:
            self.place += 2
        elif kind == _TAG:
            self.byte()
            self.number()
        else:
            raise ValueError(f"import of kind {kind}")


def read_names(path: Path) -> Names:
    """Reads a module's imports and exports.

    Raises:
        ValueError: if it is no WebAssembly.
    """
    data = path.read_bytes()
    if data[:4] != b"\0asm":
        raise ValueError(f"{path} is no WebAssembly")
    names = Names()
    reader = _Reader(data, 8)
    while reader.place < len(data):
        section = reader.byte()
        size = reader.number()
        end = reader.place + size
        if section == _IMPORTS:
            for _ in range(reader.number()):
                names.imports.add((reader.name(), reader.name()))
                reader.skip_kind()
        if section == _EXPORTS:
            for _ in range(reader.number()):
                names.exports.add(reader.name())
                reader.byte()
                reader.number()
        reader.place = end
    return names
