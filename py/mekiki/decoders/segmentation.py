"""A class for every pixel: U-Net, DeepLab, FCN, SegFormer, and masks of a single thing.

A pixel's class is that of the highest score; with a single channel, whether it is at or above
`threshold`. All pixels of a class are one candidate: its score is the mean probability of its
pixels, its box surrounds its outlines.

Options of `decoder`:
    values: `auto` (default): logits unless they are probabilities; `logits`, `probabilities`, or
        `classes` where the output is (1, H, W) class ids.
    background: `none`, or the `first` (default) or `last` of the channels. It has no label. A
        single channel has none.
    threshold: of a single channel's probability, 0.5 by default.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mekiki.decoders.reading import Array, choice, options_of, output, shown, without_batch
from mekiki.detection import Candidates
from mekiki.grids import sigmoid
from mekiki.network import Outputs
from mekiki.outlines import Rings, bounds, outlines
from mekiki.probabilities import are_probabilities, softmax
from mekiki.shapes import Shapes
from mekiki.spec import ModelSpec

VALUES = ("auto", "logits", "probabilities", "classes")
MOST_ASKED = 4096  # pixels of a class whose probabilities are averaged: an estimate is enough


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes the first output, float32 (1, C, H, W), (1, H, W, C), or (1, H, W)."""
    values = choice(spec, "values", VALUES)
    background = choice(spec, "background", ("first", "none", "last"))
    found, first = output(outputs, spec), int(background == "first")
    if values == "classes":
        masks = _of_ids(found, len(spec.labels), first)
    elif len(spec.labels) == 1 and sum(length > 1 for length in found.shape) <= 2:
        masks = _of_one(found, spec, values)
    else:
        channels = len(spec.labels) + (background != "none")
        masks = _of_scores(_channels_first(found, channels), len(spec.labels), first, values)
    kept: list[tuple[int, float, Rings]] = []
    for class_id, score, mask in masks:
        if score >= spec.score.floor:
            rings = outlines(mask, spec.input.width, spec.input.height)
            if rings:
                kept.append((class_id, score, rings))
    boxes = [bounds(rings) for _, _, rings in kept]
    return Candidates(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array([score for _, score, _ in kept], np.float32),
        np.array([class_id for class_id, _, _ in kept], np.int32),
        Shapes(polygons=tuple(rings for _, _, rings in kept)),
    )


Masks = list[tuple[int, float, NDArray[np.uint8]]]


def _of_ids(found: Array, classes: int, first: int) -> Masks:
    """Of class ids; nobody says how sure they are, so they are."""
    ids = without_batch(found, 2)
    present = [each for each in range(classes) if (ids == each + first).any()]
    return [(each, 1.0, (ids == each + first).astype(np.uint8)) for each in present]


def _of_one(found: Array, spec: ModelSpec, values: str) -> Masks:
    """Of a single channel."""
    plane = found.reshape(_plane_shape(found))
    if values == "logits" or (values == "auto" and not _within_0_and_1(plane)):
        plane = sigmoid(plane)
    options = options_of(spec)
    threshold = options.number("threshold", 0.0, 1.0) if options.has("threshold") else 0.5
    mask = plane >= threshold
    return [(0, float(plane[mask].mean()), mask.astype(np.uint8))] if mask.any() else []


def _plane_shape(found: Array) -> tuple[int, int]:
    """Rows and columns of an output that has a single channel."""
    lengths = [length for length in found.shape if length != 1]
    if len(lengths) != 2:
        raise ValueError(f"expected an output (1, 1, H, W), but it is {shown(found)}")
    return lengths[0], lengths[1]


def _within_0_and_1(plane: Array) -> bool:
    return bool(plane.min(initial=0) >= 0 and plane.max(initial=0) <= 1)


def _channels_first(found: Array, channels: int) -> Array:
    """An output as (C, H, W)."""
    planes = without_batch(found, 3)
    if planes.shape[0] == channels:
        return planes
    if planes.shape[2] == channels:
        return planes.transpose(2, 0, 1)
    raise ValueError(f"expected {channels} channels (1, C, H, W), but the output is {shown(found)}")


def _of_scores(planes: Array, classes: int, first: int, values: str) -> Masks:
    """Of a score for each class (C, H, W)."""
    ids = planes.argmax(axis=0)
    flat = planes.reshape(len(planes), -1)
    counts = np.bincount(ids.ravel(), minlength=len(planes))
    found: Masks = []
    for each in range(classes):
        channel = each + first
        if counts[channel]:
            step = 1 + int(counts[channel]) // MOST_ASKED
            asked = flat[:, np.flatnonzero(ids == channel)[::step]]
            if values == "logits" or (values == "auto" and not are_probabilities(asked)):
                asked = softmax(asked)
            found.append((each, float(asked[channel].mean()), (ids == channel).astype(np.uint8)))
    return found
