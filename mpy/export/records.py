"""The records themselves as JSON: everything that is known, nothing changed but spare digits."""

import json

from .jsontext import array, fields, number, numbers, value

FORMAT = "mekiki/1"
_ORDER = ("id", "time", "name", "source", "video_time", "model", "threshold", "input")
_SHAPES = ("points", "quad", "polygons", "attributes", "whole")


def _detection(each):
    pairs = [
        ("class_id", str(each["class_id"])),
        ("label", json.dumps(each["label"])),
        ("score", number(each["score"], 4)),
        ("box", numbers(each["box"], 2)),
    ]
    if each.get("track") is not None:
        pairs.append(("track", str(each["track"])))
    pairs += [(key, value(each[key])) for key in _SHAPES if key in each]
    return fields(pairs)


class Records:
    """Writes one JSON file: {"format": "mekiki/1", "records": [...]}, a line a record."""

    def __init__(self, _classes):
        self._lines = []

    def add(self, record, picture):
        """Takes one record; picture: the name of its picture's file in the export."""
        pairs = [(key, json.dumps(record[key])) for key in _ORDER if key in record]
        pairs.append(("picture", json.dumps(picture)))
        pairs += [(key, str(record[key])) for key in ("width", "height")]
        found = [_detection(each) for each in record["detections"]]
        pairs.append(("detections", array(found)))
        self._lines.append(fields(pairs))
        return []

    def finish(self):
        """The files that are complete now: (name, text)."""
        text = '{"format":"%s","records":[\n%s\n]}\n' % (FORMAT, ",\n".join(self._lines))
        return [("mekiki.json", text)]
