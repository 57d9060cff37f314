"""What people read of a model: names, labels, key points, its licence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mekiki.errors import MekikiError
from mekiki.fields import Fields
from tools.models.folders.given import Given

LANGUAGES = ("en", "ja")
_ID = re.compile("[a-z0-9][a-z0-9-]{0,99}")
# An identifier, or several: https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/
_SPDX = re.compile(r"[A-Za-z0-9.+-]+( (AND|OR|WITH) [A-Za-z0-9.+-]+)*")


def _id(given: Given) -> None:
    model_id = given.fields.text("id")
    if not _ID.fullmatch(model_id):
        given.fields.fail("id", "small letters, digits and hyphens")
    if model_id != given.folder.name:
        given.fields.fail("id", f"the folder's name, {given.folder.name}")


def _order(given: Given) -> None:
    if given.fields.has("order"):
        given.fields.integer("order", 0, 10_000)


def _name(given: Given) -> None:
    _in_both(given.fields.section("name"))


def _about(given: Given) -> None:
    _in_both(given.fields.section("about"))


def _in_both(fields: Fields) -> None:
    for language in LANGUAGES:
        fields.text(language)


def _labels(given: Given) -> None:
    _same_length(given, "labels", given.listed("labels"))


def _keypoints(given: Given) -> None:
    if not given.fields.has("keypoints"):
        return
    given.fields.text("keypoints")
    points = given.listed("keypoints")
    _same_length(given, "keypoints", points)
    count, limbs = len(points["en"]), points.get("limbs")
    if not isinstance(limbs, list) or not all(_is_limb(each, count) for each in limbs):
        given.fields.fail("keypoints", f"limbs: pairs of places from 0 to {count - 1}")


def _is_limb(limb: object, count: int) -> bool:
    return (
        isinstance(limb, list)
        and len(limb) == 2
        and all(type(each) is int and 0 <= each < count for each in limb)
    )


def _same_length(given: Given, key: str, texts: Mapping[str, Any]) -> None:
    try:
        english, japanese = (Fields(texts).texts(language) for language in LANGUAGES)
    except MekikiError as error:
        given.fields.fail(key, f"{error.data['key']}: {error.data['expected']}")
    if len(english) != len(japanese) or len(set(english)) < len(english):
        given.fields.fail(key, "as many names in both languages, no English one twice")


def _points(given: Given) -> None:
    if not given.fields.has("points"):
        return
    labels = given.listed("labels").get("en", ())
    for name in given.fields.texts("points"):
        if name not in labels:
            given.fields.fail("points", f"labels; {name} is none")


def _licence(given: Given) -> None:
    licence = given.fields.section("licence")
    if not _SPDX.fullmatch(licence.text("spdx")):
        licence.fail("spdx", "an SPDX identifier such as Apache-2.0")
    licence.text("holder")


def _licence_url(given: Given) -> None:
    licence = given.fields.section("licence")
    if not licence.text("url").startswith("https://"):
        licence.fail("url", "an address that begins with https://")


def _licence_note(given: Given) -> None:
    licence = given.fields.section("licence")
    if licence.is_object("note"):
        _in_both(licence.section("note"))
    elif not isinstance(given.data["licence"].get("note"), str):
        licence.fail("note", "a text, which may be empty, or one each for en and ja")


CHECKS = (
    _id,
    _order,
    _name,
    _about,
    _labels,
    _keypoints,
    _points,
    _licence,
    _licence_url,
    _licence_note,
)
