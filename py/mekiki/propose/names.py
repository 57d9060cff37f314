"""The names of classes, as far as a file tells them."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from typing import Any

from mekiki.propose.reasons import reason

MOST_CLASSES = 30000  # ImageNet-21k has 21,841
LONGEST_TEXT = 2_000_000
KEYS = ("names", "labels", "classes", "class_names", "id2label")

Json = dict[str, Any]


def names_told(metadata: Mapping[str, str]) -> list[str]:
    """The names in a file's metadata, in the order of the class ids; none if it has none.

    Ultralytics writes a Python dict, {0: 'person', ...}; others JSON, or a list with commas or
    lines.
    """
    for key in KEYS:
        text = metadata.get(key, "")
        if text and len(text) <= LONGEST_TEXT:
            names = _listed(text)
            if 0 < len(names) <= MOST_CLASSES:
                return names
    return []


def _listed(text: str) -> list[str]:
    value: object = None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
            break
        # Deep nesting ends the parser's stack; anything may be written in a file.
        except (ValueError, SyntaxError, RecursionError, MemoryError, TypeError):
            continue
    if isinstance(value, dict):
        try:
            ids = sorted((int(key), str(name)) for key, name in value.items())
        except (TypeError, ValueError):
            return []
        complete = [number for number, _ in ids] == list(range(len(ids)))
        return [name for _, name in ids] if complete else []
    if isinstance(value, list):
        return [str(each) for each in value]
    separator = "\n" if "\n" in text else ","
    listed = [each.strip() for each in text.strip().split(separator)]
    return listed if len(listed) > 1 and all(listed) else []


def labels_for(count: int, told: list[str]) -> tuple[str | Json, Json]:
    """Labels of so many classes as a model.json has them, and why these, as a code with data.

    COCO's 80 classes are meant wherever nothing else is told of 80.
    """
    if told and len(told) == count:
        return {"en": told, "ja": told}, reason("metadata-names", count=count)
    if count == 80:
        return "coco80", reason("classes-guessed", count=count, list="COCO")
    names = [f"class {number}" for number in range(count)]
    japanese = [f"クラス {number}" for number in range(count)]
    return {"en": names, "ja": japanese}, reason("labels-unnamed", count=count)
