"""Finds what is wrong with a model's folder: every key that is, not only the first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mekiki.errors import MekikiError
from mekiki.loader import load_model
from tools.errors import BuildError
from tools.models.folders.expected import CHECKS as EXPECTED
from tools.models.folders.given import Given, read_json
from tools.models.folders.known import CHECKS as KNOWN
from tools.models.folders.texts import CHECKS as TEXTS
from tools.models.folders.weights import CHECKS as WEIGHTS

Check = Callable[[Given], None]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong.

    Attributes:
        file: in the folder.
        key: such as `input.width`; empty for the file as a whole.
        expected: what should be there.
    """

    file: str
    key: str
    expected: str

    def __str__(self) -> str:
        """One line."""
        return (
            f"{self.file}: {self.key}: expected {self.expected}"
            if self.key
            else (f"{self.file}: {self.expected}")
        )


def _engine(given: Given) -> None:
    load_model(given.folder)


CHECKS: Sequence[Check] = (_engine, *KNOWN, *TEXTS, *EXPECTED, *WEIGHTS)


def check_folder(folder: Path) -> list[Problem]:
    """What is wrong with a folder; nothing, if all is well. A decode.py in it is run."""
    try:
        given = Given(folder, read_json(folder / "model.json"))
    except MekikiError as error:
        return [_problem(error)]
    found = []
    for check in CHECKS:
        try:
            check(given)
        except MekikiError as error:
            found.append(_problem(error))
        except BuildError as error:
            key = str(error.data.get("key", ""))
            found.append(Problem("model.json", key, str(error.data.get("do", error))))
    return list(dict.fromkeys(found))


def _problem(error: MekikiError) -> Problem:
    data = error.data
    if error.code == "spec-invalid":
        return Problem("model.json", str(data["key"]), str(data["expected"]))
    file = "decode.py" if error.code == "decode-unreadable" else str(data.get("file", "model.json"))
    return Problem(file, "", str(data.get("detail", error)))
