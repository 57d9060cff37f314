"""Which decoder reads outputs of these shapes, in the order of likelihood.

The shapes are those of the exports that the decoders' own sources name. Where one shape has two
readings, what the file tells of its classes decides, then the number of cells of the grids, then
the values of a trial run; the other reading is proposed after it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mekiki.propose.reasons import reason

Json = dict[str, Any]

STRIDES = (8, 16, 32)
MOST_QUERIES = 1000  # of a DETR; grids have more cells
FINISHED = 1000  # rows of a detector with its suppression inside
KEYPOINTS = 17  # of COCO; a person's
POSE_COLUMNS = 4 + 1 + 3 * KEYPOINTS


@dataclass(frozen=True)
class Output:
    """One of a run: `low` and `high` are its least and greatest value, None of no values."""

    name: str
    shape: tuple[int, ...]
    low: float | None
    high: float | None

    @property
    def inner(self) -> tuple[int, ...]:
        """The shape without the batch of one."""
        return self.shape[1:] if len(self.shape) > 1 and self.shape[0] == 1 else self.shape


@dataclass(frozen=True)
class Layout:
    """One reading.

    Attributes:
        classes: how many there are labels for.
        outputs: names, in the order that the decoder wants.
        options: of the decoder.
        recipe: how pictures are made ready for this family: see `recipes.py`.
        seen: the output whose shape says so.
        keypoints: name of a list of key points.
    """

    kind: str
    task: str
    classes: int
    outputs: tuple[str, ...]
    recipe: str
    seen: Output | None = None
    options: Json = field(default_factory=dict)
    keypoints: str | None = None
    doubt: Json | None = None  # a code with data: why it may be nonsense


def layouts(
    outputs: Sequence[Output], size: tuple[int, int], told: int, metadata: Mapping[str, str]
) -> Iterator[Layout]:
    """Every reading that makes sense.

    Args:
        outputs: of a trial run.
        size: width and height of its input.
        told: how many names of classes the file tells, 0 for none.
        metadata: of the file.
    """
    cells = sum(size[0] // stride * (size[1] // stride) for stride in STRIDES)
    yield from _masks_of_boxes(outputs)
    yield from _boxes_and_scores(outputs, cells, told)
    if len(outputs) > 2:
        yield from _three(outputs)
    for each in outputs[:1] if len(outputs) != 1 else outputs:
        if len(each.inner) == 2:
            yield from _rows(each, cells, told, metadata)
        yield from _whole(each, metadata)
        yield from _pixels(each, size, told)


def _masks_of_boxes(outputs: Sequence[Output]) -> Iterator[Layout]:
    """YOLOv8-seg: rows with coefficients, and as many prototype masks."""
    for prototypes in outputs:
        for rows in outputs:
            if len(prototypes.inner) != 3 or len(rows.inner) != 2 or len(outputs) > 2:
                continue
            classes = min(rows.inner) - 4 - prototypes.inner[0]
            if classes > 0:
                names = rows.name, prototypes.name
                yield Layout("yolov8seg", "mask", classes, names, "yolo", rows)


def _boxes_and_scores(outputs: Sequence[Output], cells: int, told: int) -> Iterator[Layout]:
    if len(outputs) != 2:
        return
    pairs = [(one, other) for one, other in (outputs, outputs[::-1]) if _are_pair(one, other)]
    for boxes, scores in pairs[:1]:
        count, classes = scores.inner
        names = boxes.name, scores.name
        probable = _between(scores, 0.0, 1.0)
        if count <= MOST_QUERIES:
            last = "softmax" in scores.name or classes in (92, told + 1)
            options: Json = {"activation": "none"} if probable else {}
            if last:
                options = {"activation": "softmax", "no_object": "last"}
            recipe = "imagenet" if last else "unit"
            yield Layout("detr", "detection", classes - last, names, recipe, scores, options)
            continue
        options = {"coordinates": "pixels" if _above(boxes, 2.0) else "normalised"}
        background = classes in (21, 81, 91) or classes == told + 1
        if background:
            options["background"] = "first"
        if not probable:
            options["activation"] = "softmax" if background else "sigmoid"
        doubt = None
        if count != cells and boxes.low is not None and boxes.low < -1 and not _above(boxes, 20.0):
            doubt = reason("not-decoded", output=boxes.name)
        recipe = "yolo" if count == cells else "signed"
        yield Layout(
            "ssd",
            "detection",
            classes - background,
            names,
            recipe,
            scores,
            options,
            None,
            doubt,
        )


def _are_pair(boxes: Output, scores: Output) -> bool:
    same = len(boxes.inner) == len(scores.inner) == 2 and boxes.inner[0] == scores.inner[0]
    return same and boxes.inner[1] == 4 and (scores.inner[1] != 4 or "box" in boxes.name)


def _three(outputs: Sequence[Output]) -> Iterator[Layout]:
    """Boxes, scores and class ids, told apart by their names: torchvision and TensorFlow."""
    boxes = [each for each in outputs if each.shape and each.shape[-1] == 4]
    lists = [each for each in outputs if each not in boxes]
    scores = [each for each in lists if "score" in each.name.lower() or "prob" in each.name.lower()]
    classes = [
        each for each in lists if "class" in each.name.lower() or "label" in each.name.lower()
    ]
    if not (boxes and scores and classes):
        return
    names = boxes[0].name, scores[0].name, classes[0].name
    tensorflow = "detection" in names[0].lower()
    options: Json = {"first_class": 1}
    if tensorflow:
        options |= {"box": "rows-first", "coordinates": "normalised"}
    recipe = "bytes" if tensorflow else "unit"
    # How many classes there are is not seen; ids of COCO's papers go to 90.
    yield Layout("ssd", "detection", 90, names, recipe, boxes[0], options)


def _rows(output: Output, cells: int, told: int, metadata: Mapping[str, str]) -> Iterator[Layout]:
    """One table: a detection in each row, or in each column."""
    rows, columns = output.inner
    names = (output.name,)
    if columns in (6, 7) and rows <= FINISHED and rows != columns:
        row = "box-score-class" if columns == 6 else "batch-box-class-score"
        classes = told or 80
        yield Layout("yolov10", "detection", classes, names, "yolo", output, {"row": row})
        return
    first = rows < columns  # the parts of a box come first
    parts, count = (rows, columns) if first else (columns, rows)
    if count < 20 or parts < 5:
        return
    if parts == POSE_COLUMNS and metadata.get("task", "pose") == "pose" and not told > 1:
        options = {"keypoints": KEYPOINTS}
        yield Layout("yolov8", "pose", 1, names, "yolo", output, options, "coco17")
    plain = {} if _above(output, 2.0) else {"coordinates": "normalised"}
    v8 = Layout("yolov8", "detection", parts - 4, names, "yolo", output, plain)
    # YOLOX leaves offsets and logarithms, a few units; finished boxes have pixels.
    raw = count == cells and not _above(output, 40.0)
    kind, recipe = ("yolox", "yolox") if raw else ("yolov5", "yolo")
    v5 = Layout(kind, "detection", parts - 5, names, recipe, output, {} if raw else plain)
    objects = parts - 5 == told or (parts - 4 != told and (count == 3 * cells or not first))
    if not told and count != 3 * cells and parts - 4 == 80:
        objects = False
    for each in (v5, v8) if objects else (v8, v5):
        if each.classes > 0:
            yield each


def _whole(output: Output, metadata: Mapping[str, str]) -> Iterator[Layout]:
    """One score a class."""
    longer = [length for length in output.shape if length != 1]
    if len(longer) == 1 and longer[0] > 1 and (len(output.shape) < 3 or output.shape[1] > 1):
        recipe = "unit" if metadata.get("task") == "classify" else "imagenet"
        classes, names = longer[0], (output.name,)
        yield Layout("classification", "classification", classes, names, recipe, output)


def _pixels(output: Output, size: tuple[int, int], told: int) -> Iterator[Layout]:
    """A map of classes."""
    if len(output.shape) == 4 and min(output.shape[2:]) > 1:
        channels, names = output.shape[1], (output.name,)
        if channels == 1:
            yield Layout("segmentation", "mask", 1, names, "imagenet", output)
        elif channels <= 300 or channels == told:
            background = channels != told
            options: Json = {} if background else {"background": "none"}
            classes = channels - background
            yield Layout("segmentation", "mask", classes, names, "imagenet", output, options)
    elif len(output.inner) == 2 and told and output.inner[0] * size[0] == output.inner[1] * size[1]:
        options = {"values": "classes", "background": "none"}
        names = (output.name,)
        yield Layout("segmentation", "mask", told, names, "imagenet", output, options)


def _above(output: Output, value: float) -> bool:
    return output.high is not None and output.high > value


def _between(output: Output, low: float, high: float) -> bool:
    if output.low is None or output.high is None:
        return False
    return output.low >= low and output.high <= high
