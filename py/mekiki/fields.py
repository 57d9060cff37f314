"""Reads values out of parsed JSON and names the key that is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn, TypeGuard

from mekiki.errors import MekikiError


class Fields:
    """One JSON object, and the way to it from the file's root, such as `input.` or empty."""

    def __init__(self, data: object, path: str = "") -> None:
        if not isinstance(data, Mapping):
            raise MekikiError("spec-invalid", key=path.rstrip("."), expected="object")
        self._data = data
        self._path = path

    def fail(self, key: str, expected: str) -> NoReturn:
        """Raises `spec-invalid` for `key`, with what was expected of it."""
        raise MekikiError("spec-invalid", key=self._path + key, expected=expected)

    def has(self, key: str) -> bool:
        """Whether there is something else than null under `key`."""
        return self._data.get(key) is not None

    def is_object(self, key: str) -> bool:
        """Whether there is an object under `key`."""
        return isinstance(self._data.get(key), Mapping)

    def __iter__(self) -> Iterator[str]:
        """The keys of this object."""
        return iter(self._data)

    def section(self, key: str) -> Fields:
        """The object under `key`."""
        return Fields(self._data.get(key), f"{self._path}{key}.")

    def sections(self, key: str) -> list[Fields]:
        """The objects in a list with at least one in it."""
        value = self._data.get(key)
        if not isinstance(value, list) or not value:
            self.fail(key, "list of objects")
        return [Fields(item, f"{self._path}{key}[{i}].") for i, item in enumerate(value)]

    def text(self, key: str) -> str:
        """A string that is not empty."""
        value = self._data.get(key)
        if not isinstance(value, str) or not value:
            self.fail(key, "text")
        return value

    def choice(self, key: str, options: Sequence[str]) -> str:
        """One of `options`."""
        value = self._data.get(key)
        if value not in options:
            self.fail(key, " | ".join(options))
        return str(value)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings with at least one in it, none of them empty."""
        value = self._data.get(key)
        if not isinstance(value, list) or not value:
            self.fail(key, "list of texts")
        if not all(isinstance(item, str) and item for item in value):
            self.fail(key, "list of texts")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false under `key`; false where the key is missing."""
        if not self.has(key):
            return False
        value = self._data[key]
        if not isinstance(value, bool):
            self.fail(key, "true | false")
        return value

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        value = self._data.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.fail(key, f"whole number from {low} to {high}")
        return value

    def number(self, key: str, low: float, high: float) -> float:
        """A number from `low` to `high`, both included. NaN is in no range."""
        value = self._data.get(key)
        if not _is_number(value) or not low <= value <= high:
            self.fail(key, f"number from {low:g} to {high:g}")
        return float(value)

    def optional_number(self, key: str, low: float, high: float) -> float | None:
        """Like `number`; None where the key is missing or null."""
        return None if self._data.get(key) is None else self.number(key, low, high)

    def three_numbers(self, key: str) -> tuple[float, float, float]:
        """A list of three numbers, one for each colour channel."""
        value = self._data.get(key)
        if not isinstance(value, list) or len(value) != 3:
            self.fail(key, "list of three numbers")
        if not all(_is_number(item) and abs(item) <= 1e6 for item in value):
            self.fail(key, "list of three numbers")
        first, second, third = (float(item) for item in value)
        return first, second, third

    def one_or_three_numbers(self, key: str, low: float, high: float) -> tuple[float, float, float]:
        """A number from `low` to `high` for all colour channels, or a list of one for each."""
        value = self._data.get(key)
        given: list[object] = value if isinstance(value, list) else [value] * 3
        numbers = [float(n) for n in given if _is_number(n) and low <= n <= high]
        if len(given) != 3 or len(numbers) != 3:
            self.fail(key, f"number from {low:g} to {high:g}, or a list of three")
        return numbers[0], numbers[1], numbers[2]

    def sizes(self, key: str, first: tuple[int, int], most: int) -> tuple[tuple[int, int], ...]:
        """A list of [width, height], each 1 to `most`, that begins with `first`.

        Where the key is missing or null, `first` is the only one.
        """
        value = self._data.get(key)
        if value is None:
            return (first,)
        wanted = f"list of [width, height] that begins with [{first[0]}, {first[1]}]"
        if not isinstance(value, list) or not all(_is_size(item, most) for item in value):
            self.fail(key, wanted)
        found = tuple((width, height) for width, height in value)
        if found[:1] != (first,) or len(set(found)) < len(found):
            self.fail(key, wanted)
        return found


def _is_size(value: object, most: int) -> bool:
    """Whether it is [width, height] in whole pixels."""
    if not isinstance(value, list) or len(value) != 2:
        return False
    return all(type(side) is int and 1 <= side <= most for side in value)


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
