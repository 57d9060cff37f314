"""Which input takes the picture, and of what size."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mekiki.errors import MekikiError
from mekiki.spec import LARGEST_INPUT

COLOURS = 3
GUESSED_SIZES = ((640, 640), (416, 416), (320, 320))  # where the graph leaves them open
PICTURE_TYPES = ("float32", "float16")

Json = dict[str, Any]


@dataclass(frozen=True)
class Picture:
    """The input of a graph that takes a picture.

    Attributes:
        layout: NCHW, or NHWC as TensorFlow has it.
        sizes: width and height, the first the default.
        open: whether the graph leaves them open.
    """

    name: str
    layout: str
    sizes: tuple[tuple[int, int], ...]
    open: bool

    @property
    def shape(self) -> list[int]:
        """Of the default size: batch, and the rest as `layout` says."""
        width, height = self.sizes[0]
        if self.layout == "NHWC":
            return [1, height, width, COLOURS]
        return [1, COLOURS, height, width]


def picture_input(facts: Mapping[str, Any]) -> Picture:
    """The one input of a graph, if it takes a picture of three colours.

    Args:
        facts: of `mekiki.onnx_facts`; its inputs are no weights.

    Raises:
        MekikiError: `model-input-unsupported`, with the `inputs` there are.
    """
    inputs = facts["inputs"]
    found = _read(inputs[0], facts["metadata"]) if len(inputs) == 1 else None
    if found is None:
        told = [f"{each['name']} {each['type']} {_shown(each['shape'])}" for each in inputs]
        raise MekikiError("model-input-unsupported", model=facts["name"], inputs=", ".join(told))
    return found


def _read(value: Mapping[str, Any], metadata: Mapping[str, str]) -> Picture | None:
    shape = value["shape"]
    if shape is None or len(shape) != 4 or value["type"] not in PICTURE_TYPES:
        return None
    known = [each if isinstance(each, int) and each > 0 else None for each in shape]
    if known[0] not in (None, 1):
        return None
    if known[3] == COLOURS and known[1] != COLOURS:
        layout, height, width = "NHWC", known[1], known[2]
    elif known[1] in (None, COLOURS):
        layout, height, width = "NCHW", known[2], known[3]
    else:
        return None
    if width and height:
        fits = max(width, height) <= LARGEST_INPUT
        return Picture(value["name"], layout, ((width, height),), False) if fits else None
    sizes = [(width or side, height or tall) for side, tall in _wanted(metadata)]
    return Picture(value["name"], layout, tuple(dict.fromkeys(sizes)), True)


def _wanted(metadata: Mapping[str, str]) -> list[tuple[int, int]]:
    """Ultralytics writes height and width, `[640, 640]`, or one number for both."""
    told = [int(each) for each in re.findall(r"\d{1,5}", metadata.get("imgsz", "")[:50])]
    sizes = list(GUESSED_SIZES)
    if told and all(32 <= each <= LARGEST_INPUT for each in told):
        sizes.insert(0, (told[-1], told[0]))
    return sizes


def _shown(shape: list[Any] | None) -> str:
    return "?" if shape is None else "×".join(str(each or "?") for each in shape)
