"""What the decoders share: their options, and outputs whose shape is checked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mekiki.fields import Fields
from mekiki.network import Outputs
from mekiki.spec import ModelSpec

Array = NDArray[np.float32]

MOST_KEYPOINTS = 1000


def options_of(spec: ModelSpec) -> Fields:
    """The options beside `decoder.kind`; none for a spec without the section."""
    return Fields({}, "decoder.") if spec.decoder is None else spec.decoder.options


def choice(spec: ModelSpec, key: str, choices: Sequence[str]) -> str:
    """One of `choices` under `decoder.key`; the first of them where the key is missing.

    Raises:
        MekikiError: `spec-invalid`.
    """
    options = options_of(spec)
    return options.choice(key, choices) if options.has(key) else choices[0]


def whole_number(spec: ModelSpec, key: str, low: int, high: int, default: int) -> int:
    """The whole number under `decoder.key`, from `low` to `high`.

    Raises:
        MekikiError: `spec-invalid`.
    """
    options = options_of(spec)
    return options.integer(key, low, high) if options.has(key) else default


def output(outputs: Outputs, spec: ModelSpec, index: int = 0) -> Array:
    """The output that is named at `index` of the spec's `outputs`, as it came.

    Raises:
        ValueError: the spec names fewer outputs.
    """
    if index >= len(spec.outputs):
        raise ValueError(f"expected {index + 1} outputs, but {len(spec.outputs)} are named")
    return outputs[spec.outputs[index]]


def without_batch(array: Array, dimensions: int) -> Array:
    """The one picture's part of an output, with so many dimensions; leading 1s go.

    Raises:
        ValueError: it has fewer dimensions, or holds several pictures.
    """
    if array.ndim >= dimensions and array.size == np.prod(array.shape[-dimensions:]):
        return array.reshape(array.shape[-dimensions:])
    letters = {1: "N", 2: "rows, columns", 3: "C, H, W"}[dimensions]
    raise ValueError(f"expected an output (1, {letters}), but it is {shown(array)}")


def shown(array: Array) -> str:
    """An array's shape, for people."""
    return "(" + ", ".join(str(length) for length in array.shape) + ")"


def columns(array: Array, width: int, parts: str) -> Array:
    """A table (1, width, N) or its transpose (1, N, width), as a view (width, N).

    Args:
        array: an output.
        width: how many numbers belong to one candidate.
        parts: what they are, for people.

    Raises:
        ValueError: neither fits.
    """
    table = without_batch(array, 2)
    if table.shape[0] == width:
        return table
    if table.shape[1] == width:
        transposed: Array = table.T
        return transposed
    raise ValueError(
        f"expected {width} numbers a candidate ({parts}), "
        f"so (1, {width}, N) or (1, N, {width}), but the output is {shown(array)}"
    )


def kept_best(scores: Array, floor: float) -> tuple[NDArray[np.intp], NDArray[np.int32]]:
    """The likeliest class of each candidate, where it is at or above the floor.

    Args:
        scores: (C, N).
        floor: the lowest score.

    Returns:
        Indices of the candidates (M,), and their class ids, int32 (M,).
    """
    cells = np.flatnonzero(scores.max(axis=0, initial=-np.inf) >= floor)
    return cells, scores[:, cells].argmax(axis=0).astype(np.int32)


def in_pixels(spec: ModelSpec) -> tuple[float, float]:
    """What x and y are multiplied with to be pixels of the input, by `decoder.coordinates`."""
    if choice(spec, "coordinates", ("pixels", "normalised")) == "pixels":
        return 1.0, 1.0
    return float(spec.input.width), float(spec.input.height)


def keypoints_of(spec: ModelSpec) -> tuple[int, int]:
    """How many key points a candidate has, and of how many numbers each is."""
    keypoints = whole_number(spec, "keypoints", 0, MOST_KEYPOINTS, 0)
    return keypoints, whole_number(spec, "keypoint_values", 2, 3, 3)


def points_of(found: Array, scale: Array) -> Array:
    """Key points (N, K, 2 or 3) as (N, K, 3) in pixels; without a score of its own one is sure."""
    scores = found[..., 2:] if found.shape[2] == 3 else np.ones_like(found[..., :1])
    return np.concatenate((found[..., :2] * scale, scores), axis=-1)
