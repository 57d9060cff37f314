"""The keys that there are: one that nobody reads is mostly a slip of the pen."""

from __future__ import annotations

from mekiki.fields import Fields
from tools.models.folders.given import Given

# By section; the options of a decoder are its own.
KEYS = {
    "": (
        "id order name about task labels keypoints points attributes input outputs decoder score"
        " nms expected licence delivery source onnx"
    ),
    "input": ("name width height sizes fixed layout colour scale mean resize align rounding pad"),
    "score": "floor threshold classes",
    "nms": "iou across_classes_iou",
    "attributes": "threshold groups",
    "expected": "sample detections",
    "licence": "spdx holder url note",
    "name": "en ja",
    "about": "en ja",
}


def _all_known(given: Given) -> None:
    for section, known in KEYS.items():
        fields = given.fields
        if section:
            if not fields.is_object(section):
                continue
            fields = fields.section(section)
        _known(fields, known.split())


def _known(fields: Fields, known: list[str]) -> None:
    for key in fields:
        if key not in known:
            fields.fail(key, f"no such key, but one of {', '.join(known)}")


def _one_decoder(given: Given) -> None:
    code = given.folder / "decode.py"
    if given.fields.has("decoder") and code.is_file():
        given.fields.fail("decoder", "a built-in decoder or a decode.py, not both")


CHECKS = (_all_known, _one_decoder)
