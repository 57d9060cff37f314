"""The model.json of a new folder: the best proposal, and what the person said."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mekiki.errors import MekikiError
from mekiki.propose import try_out
from tools.doctor.words import sentence
from tools.errors import BuildError

TENSORS = "tensors"
_ID = re.compile("[a-z0-9][a-z0-9-]{0,99}")


@dataclass(frozen=True)
class Wishes:
    """What the person said.

    Attributes:
        photo: name of the sample that the model must get right; None for the one that shows most.
        labels: file with a name of a class a line, Japanese after a tab; None for those guessed.
        licence: SPDX identifier of the weights' licence; None if that was not said.
        own_decoder: whether to begin a decode.py although a decoder of ours fits.
    """

    photo: str | None
    labels: Path | None
    licence: str | None
    own_decoder: bool


@dataclass(frozen=True)
class Proposal:
    """The best guess.

    Attributes:
        facts: a model.json without `expected`, `licence`, `source` and `onnx`.
        outputs: of `describe_tensors`, of one run on a grey picture.
        why: what the guess rests on: codes with data.
    """

    facts: dict[str, Any]
    outputs: list[dict[str, Any]]
    why: list[dict[str, Any]]


def model_id(folder: Path) -> str:
    """The id that a folder gives its model.

    Raises:
        BuildError: `folder-name`.
    """
    if not _ID.fullmatch(folder.name):
        raise BuildError("folder-name", folder=folder, do="small letters, digits and hyphens")
    return folder.name


def proposal(data: bytes, file: str, name: str, wishes: Wishes) -> Proposal:
    """Guesses what a model is from what it says of itself and what comes out of it.

    Args:
        data: the content of an ONNX file that runs.
        file: its name.
        name: the id of the new model.
        wishes: what the person said.

    Raises:
        BuildError: the file takes no picture, or the trial failed.
    """
    try:
        tried = try_out(data, file)
    except MekikiError as error:
        said = sentence("error", error.code, error.data)
        raise BuildError(error.code, file=file, words=said) from error
    best = tried["proposals"][0]
    titles = {
        "id": name,
        "name": {"en": name, "ja": name},
        "about": {"en": f"From {file}", "ja": f"{file} から"},
    }
    facts = titles | {key: best[key] for key in best if key not in (*titles, "why")}
    if wishes.labels is not None:
        facts["labels"] = read_labels(wishes.labels)
    if wishes.own_decoder or facts["decoder"]["kind"] == TENSORS:
        del facts["decoder"]
        facts |= {"task": "detection", "outputs": [each["name"] for each in tried["outputs"]]}
    return Proposal(facts, tried["outputs"], best.get("why", []))


def read_labels(path: Path) -> dict[str, list[str]]:
    """Names of classes, one a line; what comes after a tab is Japanese.

    Raises:
        BuildError: `labels-unreadable`.
    """
    try:
        lines = [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise BuildError("labels-unreadable", file=path, detail=error) from error
    if not lines:
        raise BuildError("labels-unreadable", file=path, detail="no names in it")
    pairs = [(first.strip(), last.strip()) for first, _, last in (x.partition("\t") for x in lines)]
    return {"en": [first for first, _ in pairs], "ja": [last or first for first, last in pairs]}


def facts_text(facts: dict[str, Any]) -> str:
    """JSON as people write it: short objects and lists on one line."""
    lines = [f"  {json.dumps(key)}: {_value(value, 2)}" for key, value in facts.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: object, indent: int) -> str:
    short = json.dumps(value, ensure_ascii=False)
    if len(short) + indent <= 88 or not isinstance(value, dict | list):
        return short
    pad = " " * (indent + 2)
    if isinstance(value, dict):
        inner = [f"{json.dumps(key)}: {_value(each, indent + 2)}" for key, each in value.items()]
    else:
        inner = [_value(each, indent + 2) for each in value]
    first, last = "{}" if isinstance(value, dict) else "[]"
    return f"{first}\n" + ",\n".join(pad + each for each in inner) + f"\n{' ' * indent}{last}"
