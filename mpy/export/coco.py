"""COCO's JSON, as https://cocodataset.org/#format-data describes it for boxes.

Its own annotations have no `score`; tools that do not know it pass it by.
"""

import json

from .boxes import inside
from .jsontext import array, fields, number, numbers


class Coco:
    """Writes one JSON file with images, annotations and categories, each numbered from 1."""

    def __init__(self, classes):
        self._classes = classes
        self._images = []
        self._annotations = []
        self._last = ""

    def add(self, record, picture):
        """Takes one record; picture: the name of its picture's file in the export."""
        captured = record["time"][:19].replace("T", " ")
        self._last = max(self._last, captured)
        image_id = str(len(self._images) + 1)
        self._images.append(
            fields(
                (
                    ("id", image_id),
                    ("file_name", json.dumps(picture)),
                    ("width", str(record["width"])),
                    ("height", str(record["height"])),
                    ("date_captured", json.dumps(captured)),
                )
            )
        )
        for each in record["detections"]:
            box = inside(record, each)
            if box is not None:
                category = str(self._classes.number(record, each) + 1)
                self._annotate(image_id, category, box, each["score"])
        return []

    def _annotate(self, image_id, category_id, box, score):
        self._annotations.append(
            fields(
                (
                    ("id", str(len(self._annotations) + 1)),
                    ("image_id", image_id),
                    ("category_id", category_id),
                    ("bbox", numbers(box, 2)),
                    ("area", number(box[2] * box[3], 2)),
                    ("iscrowd", "0"),
                    ("segmentation", "[]"),
                    ("score", number(score, 4)),
                )
            )
        )

    def finish(self):
        """The files that are complete now: (name, text)."""
        categories = [
            fields((("id", str(place + 1)), ("name", json.dumps(label)), ("supercategory", '""')))
            for place, label in enumerate(self._classes.labels)
        ]
        info = fields(
            (
                ("description", '"Found by mekiki; not checked by people"'),
                ("version", '"1"'),
                ("year", self._last[:4] or "0"),
                ("date_created", json.dumps(self._last)),
            )
        )
        parts = (
            ("info", info),
            ("licenses", "[]"),
            ("images", _lines(self._images)),
            ("annotations", _lines(self._annotations)),
            ("categories", array(categories)),
        )
        return [("coco.json", fields(parts) + "\n")]


def _lines(texts):
    return "[\n" + ",\n".join(texts) + "\n]" if texts else "[]"
