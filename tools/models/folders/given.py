"""A model's folder as it is read for checking."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mekiki.errors import MekikiError
from mekiki.fields import Fields


@dataclass(frozen=True)
class Given:
    """One of them.

    Attributes:
        folder: where it is.
        data: its model.json.
    """

    folder: Path
    data: dict[str, Any]

    @property
    def fields(self) -> Fields:
        """The same, for reading with the key named where something is wrong."""
        return Fields(self.data)

    def listed(self, key: str) -> dict[str, Any]:
        """The list of `labels` or `keypoints`: of the model's own, or of that name.

        Raises:
            MekikiError: `spec-invalid`.
        """
        if self.fields.is_object(key):
            found: dict[str, Any] = self.data[key]
            return found
        path = self.folder.parent / key / f"{self.fields.text(key)}.json"
        if not path.is_file():
            names = sorted(each.stem for each in path.parent.glob("*.json"))
            self.fields.fail(key, f"one of models/{key}: {', '.join(names)}")
        return read_json(path)


def read_json(path: Path) -> dict[str, Any]:
    """An object in a JSON file.

    Raises:
        MekikiError: `spec-unreadable`.
    """
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise MekikiError("spec-unreadable", file=path.name, detail=str(error)) from error
    if not isinstance(found, dict):
        raise MekikiError("spec-unreadable", file=path.name, detail="not an object")
    return found


def numbers(data: object, count: int | None = None) -> list[float] | None:
    """A list of `count` numbers, or of any even count; None where it is another thing."""
    if not isinstance(data, list) or (len(data) != count if count else len(data) % 2):
        return None
    right = all(isinstance(each, int | float) and not isinstance(each, bool) for each in data)
    return [float(each) for each in data] if right else None
