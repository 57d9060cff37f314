"""Boxes in one output and their classes in another: SSD, YOLO-NAS, torchvision, TensorFlow.

The `outputs` of the model.json are named in this order:
    boxes (1, N, 4) and scores (1, N, C), with or without a class for the background; or
    boxes (1, N, 4), scores (1, N) and class ids (1, N), as after a suppression in the graph:
    `detection_boxes`, `detection_scores`, `detection_classes` of TensorFlow's Object Detection API,
    https://github.com/tensorflow/models/blob/master/research/object_detection/exporter.py, and
    https://docs.pytorch.org/vision/stable/models.html#object-detection.
A box that is not finished, but an offset from an anchor, is not for this decoder.

Options of `decoder`:
    box: `corners` x0, y0, x1, y1 (default), `rows-first` y0, x0, y1, x1, or `centre` cx, cy, w, h.
    coordinates: `pixels` (default), or `normalised` to 0..1 of the input.
    activation: `none` where scores are probabilities (default), `softmax` or `sigmoid`.
    background: `none` (default), or the `first` or `last` of the C classes. It has no label.
    first_class: the class id of the first label, 0 (default) or 1, where class ids are an output.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mekiki.decoders.reading import (
    Array,
    choice,
    columns,
    in_pixels,
    kept_best,
    output,
    whole_number,
    without_batch,
)
from mekiki.detection import Candidates
from mekiki.grids import boxes_around, sigmoid
from mekiki.network import Outputs
from mekiki.probabilities import softmax
from mekiki.spec import ModelSpec

BOXES = ("corners", "rows-first", "centre")
ACTIVATIONS = ("none", "softmax", "sigmoid")
BACKGROUNDS = ("none", "first", "last")


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes two outputs, or three."""
    boxes = columns(output(outputs, spec, 0), 4, "x and y of two corners")
    if len(spec.outputs) > 2:
        check_count(boxes.shape[1], len(without_batch(output(outputs, spec, 1), 1)))
        kept, scores, class_ids = _finished(outputs, spec)
    else:
        background = choice(spec, "background", BACKGROUNDS)
        activation = choice(spec, "activation", ACTIVATIONS)
        table = class_table(outputs, spec, background)
        check_count(boxes.shape[1], table.shape[1])
        kept, scores, class_ids = best_classes(table, spec, activation, background)
    form = choice(spec, "box", BOXES)
    return Candidates(boxes_in(boxes[:, kept], form, in_pixels(spec)), scores, class_ids)


def class_table(outputs: Outputs, spec: ModelSpec, background: str) -> Array:
    """The second output as (C, N); C counts the background.

    Raises:
        ValueError: its classes are not those of the labels.
    """
    classes = len(spec.labels) + (background != "none")
    parts = f"{len(spec.labels)} classes" + (" and the background" * (background != "none"))
    return columns(output(outputs, spec, 1), classes, parts)


def best_classes(
    table: Array, spec: ModelSpec, activation: str, background: str
) -> tuple[NDArray[np.intp], Array, NDArray[np.int32]]:
    """Candidates (M,) at or above the floor, their scores and class ids, from scores (C, N)."""
    if activation == "softmax":
        table = softmax(table)
    elif activation == "sigmoid":
        table = sigmoid(table)
    if background == "first":
        table = table[1:]
    elif background == "last":
        table = table[:-1]
    kept, class_ids = kept_best(table, spec.score.floor)
    return kept, table[class_ids, kept], class_ids


def check_count(boxes: int, scores: int) -> None:
    """Compares how many boxes and scores there are.

    Raises:
        ValueError: there is not a score for each box.
    """
    if boxes != scores:
        raise ValueError(f"expected scores for {boxes} boxes, but there are {scores}")


def boxes_in(found: Array, form: str, scale: tuple[float, float]) -> Array:
    """Boxes (4, N) of one of the forms `BOXES` as (N, 4) x0, y0, x1, y1, times the scale."""
    if form == "rows-first":
        found = found[[1, 0, 3, 2]]
    rows = found.T * np.tile(np.array(scale, np.float32), 2)
    return boxes_around(rows[:, :2], rows[:, 2:]) if form == "centre" else rows


def _finished(
    outputs: Outputs, spec: ModelSpec
) -> tuple[NDArray[np.intp], Array, NDArray[np.int32]]:
    """Candidates (M,) at or above the floor, with their scores and class ids as outputs."""
    all_scores = without_batch(output(outputs, spec, 1), 1)
    numbers = without_batch(output(outputs, spec, 2), 1)
    if len(all_scores) != len(numbers):
        raise ValueError(
            f"expected as many classes as scores, {len(all_scores)}, not {len(numbers)}"
        )
    first = whole_number(spec, "first_class", 0, 1, 0)
    wanted = (all_scores >= spec.score.floor) & (numbers >= first) & (numbers < 2**31)
    kept = np.flatnonzero(wanted)
    return kept, all_scores[kept], numbers[kept].astype(np.int32) - np.int32(first)
