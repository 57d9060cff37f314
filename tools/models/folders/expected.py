"""The photo that a model has to get right, and what must be found on it."""

from __future__ import annotations

from typing import Any

from mekiki.fields import Fields
from tools.models.folders.given import Given, numbers
from tools.paths import APP


def _sample(given: Given) -> None:
    expected = given.fields.section("expected")
    photo = APP / "samples" / f"{expected.text('sample')}.jpg"
    if not photo.is_file():
        names = sorted(path.stem for path in photo.parent.glob("*.jpg"))
        expected.fail("sample", f"one of app/samples: {', '.join(names)}")


def _detections(given: Given) -> None:
    labels = given.listed("labels").get("en", ())
    expected = given.fields.section("expected")
    raw = given.data["expected"].get("detections")
    for place, each in enumerate(expected.sections("detections")):
        if each.text("label") not in labels:
            each.fail("label", "one of the model's labels")
        for name in each.texts("attributes") if each.has("attributes") else ():
            if name not in labels:
                each.fail("attributes", "labels of the model")
        _places(given, each, raw[place])


def _places(given: Given, fields: Fields, data: dict[str, Any]) -> None:
    box = numbers(data.get("box"), 4)
    if box is None or min(box[2:]) <= 0:
        fields.fail("box", "[x, y, width, height] in pixels of the photo")
    if fields.has("quad"):
        corners = data["quad"]
        if not isinstance(corners, list) or [numbers(each, 2) is None for each in corners] != (
            [False] * 4
        ):
            fields.fail("quad", "four corners [x, y]")
    if fields.has("polygons"):
        rings = data["polygons"]
        if not isinstance(rings, list) or not all(numbers(ring) for ring in rings):
            fields.fail("polygons", "outlines [x, y, x, y, ...]")
    if fields.has("points"):
        names = given.listed("keypoints").get("en", ())
        points = fields.section("points")
        for name in points:
            if name not in names or numbers(data["points"][name], 2) is None:
                points.fail(name, "[x, y] of one of the model's key points")


CHECKS = (_sample, _detections)
