"""What pictures and detections can be exported as. Knows nothing of the page."""

from .classes import Classes
from .coco import Coco
from .names import Names
from .records import Records
from .table import Table
from .yolo import Yolo

# The kinds that are text; "annotated" and "picture" are the two kinds that are pictures.
TEXTS = {"json": Records, "csv": Table, "coco": Coco, "yolo": Yolo}
ORDER = ("annotated", "picture", "json", "csv", "coco", "yolo")


class Export:
    """Names the pictures and writes the texts of one export."""

    def __init__(self, kinds, model_of, stamp):
        """kinds: of ORDER; model_of: see Classes; stamp: see Names."""
        self._names = Names(stamp)
        classes = Classes(model_of)
        self._writers = [TEXTS[kind](classes) for kind in ORDER if kind in kinds and kind in TEXTS]

    def add(self, record):
        """Takes the next record; returns its picture's name and the texts that are complete now.

        The texts are (name, text) with / between folders.
        """
        picture = self._names.of(record) + ".jpg"
        files = []
        for writer in self._writers:
            files += writer.add(record, picture)
        return picture, files

    def finish(self):
        """The texts that are complete when everything was added."""
        files = []
        for writer in self._writers:
            files += writer.finish()
        return files
