"""Where a model's weights come from, what becomes of them, and how they reach a phone."""

from __future__ import annotations

import re

from mekiki.errors import MekikiError
from mekiki.fields import Fields
from tools.models.folders.given import Given
from tools.models.recipe import WEIGHTS, read_recipe

MOST_BYTES = 2**40
_SHA256 = re.compile("[0-9a-f]{64}")
COPYLEFT = ("GPL", "AGPL")
KINDS = ("tfjs", "wheel", "url", "file")


def _delivery(given: Given) -> None:
    fields = given.fields
    delivery = fields.choice("delivery", ["site", "tap"]) if fields.has("delivery") else "site"
    if delivery == "tap":
        if fields.section("source").text("kind") != "url":
            fields.fail("delivery", "site, for what the phone cannot fetch from an address")
    elif fields.section("licence").text("spdx").startswith(COPYLEFT):
        fields.fail("delivery", "tap, for weights under the GPL")


def _source(given: Given) -> None:
    source = given.fields.section("source")
    kind = source.choice("kind", KINDS)
    if kind == "file":
        name = source.text("file")
        if "/" in name or "\\" in name:
            source.fail("file", "a name in the model's folder")
        if not (given.folder / name).is_file():
            source.fail("file", "a file that lies in the model's folder")
        return
    if kind == "url":
        source.text("file")
        for url in source.texts("urls"):
            if not url.startswith("https://"):
                source.fail("urls", "addresses that begin with https://")
    else:
        source.text("package")
        source.text("version")
    if kind != "tfjs" or source.has("sha256"):
        _content(source)


def _onnx(given: Given) -> None:
    seen = set()
    for each in given.fields.sections("onnx"):
        weights = each.choice("weights", WEIGHTS)
        if weights in seen:
            each.fail("weights", f"{weights} once")
        seen.add(weights)
        lies_here = given.data.get("source", {}).get("kind") == "file"
        if not (lies_here and weights == "published" and not each.has("sha256")):
            _content(each)


def _content(fields: Fields) -> None:
    fields.integer("bytes", 1, MOST_BYTES)
    if not _SHA256.fullmatch(fields.text("sha256")):
        fields.fail("sha256", "64 hexadecimal digits")


def _recipe(given: Given) -> None:
    """What is left for the build to say, once the parts are right by themselves."""
    try:
        for check in (_delivery, _source, _onnx):
            check(given)
    except MekikiError:
        return  # told already
    read_recipe(given.folder)


CHECKS = (_delivery, _source, _onnx, _recipe)
