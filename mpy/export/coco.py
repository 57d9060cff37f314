"""COCO's JSON, as https://cocodataset.org/#format-data describes it.

Boxes, outlines and key points. Its own annotations have no `score` and no `attributes`; tools that
do not know them pass them by.
"""

import json

from .boxes import inside
from .jsontext import array, fields, number, numbers, value
from .rings import segmentation

SEEN = 0.3  # the lowest score of a key point that is called visible


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
                self._annotate(image_id, record, each, box)
        return []

    def _annotate(self, image_id, record, detection, box):
        rings, area = segmentation(record, detection)
        pairs = [
            ("id", str(len(self._annotations) + 1)),
            ("image_id", image_id),
            ("category_id", str(self._classes.number(record, detection) + 1)),
            ("bbox", numbers(box, 2)),
            ("area", number(box[2] * box[3] if area is None else area, 2)),
            ("iscrowd", "0"),
            ("segmentation", array([numbers(ring, 2) for ring in rings])),
            ("score", number(detection["score"], 4)),
        ]
        if "points" in detection:
            points = [
                (x, y, 2) if score >= SEEN else (0, 0, 0) for x, y, score in detection["points"]
            ]
            pairs.append(("keypoints", numbers([part for each in points for part in each], 2)))
            pairs.append(("num_keypoints", str(sum([each[2] == 2 for each in points]))))
        if "attributes" in detection:
            said = {each["label"]: each["score"] for each in detection["attributes"]}
            pairs.append(("attributes", value(said)))
        self._annotations.append(fields(pairs))

    def _category(self, place, label):
        pairs = [("id", str(place + 1)), ("name", json.dumps(label)), ("supercategory", '""')]
        keypoints = self._classes.keypoints.get(label)
        if keypoints:
            limbs = [[one + 1, other + 1] for one, other in keypoints["limbs"]]
            pairs.append(("keypoints", value(keypoints["en"])))
            pairs.append(("skeleton", value(limbs)))
        return fields(pairs)

    def finish(self):
        """The files that are complete now: (name, text)."""
        categories = [
            self._category(place, label) for place, label in enumerate(self._classes.labels)
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
