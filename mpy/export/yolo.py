"""YOLO's text files, laid out as the trainers of that family look for them.

One file a picture, in labels/ beside images/; a line a detection: the class's number, then the
middle of the box, its width and its height as parts of the picture's. A picture without detections
has an empty file, which says that there is nothing in it.
"""

import json

from .boxes import inside


def line(number, record, box):
    """One line; box: x, y, width, height in pixels, inside the picture."""
    x, y, width, height = box
    across, down = record["width"], record["height"]
    parts = (x + width / 2) / across, (y + height / 2) / down, width / across, height / down
    return "%d %.6f %.6f %.6f %.6f\n" % ((number,) + parts)  # noqa: RUF005, MicroPython has no (*a,)


class Yolo:
    """Writes labels/, classes.txt and data.yaml."""

    def __init__(self, classes):
        self._classes = classes

    def add(self, record, picture):
        """Takes one record; picture: the name of its picture's file in the export."""
        text = ""
        for each in record["detections"]:
            box = inside(record, each)
            if box is not None:
                text += line(self._classes.number(record, each), record, box)
        return [("labels/" + picture[: picture.rfind(".")] + ".txt", text)]

    def finish(self):
        """The files that are complete now: (name, text)."""
        labels = self._classes.labels
        # JSON's strings are YAML's too, and need no other care.
        names = "".join("  %d: %s\n" % (i, json.dumps(each)) for i, each in enumerate(labels))
        yaml = "path: .\ntrain: images\nval: images\nnames:\n" + (names or "  {}\n")
        return [("classes.txt", "".join(each + "\n" for each in labels)), ("data.yaml", yaml)]
