"""What the decoders share: their options, and outputs whose shape is checked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mekiki.fields import Fields
from mekiki.network import Outputs
from mekiki.spec import ModelSpec

Array = NDArray[np.float32]


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
    """The one picture's part of an output, with so many dimensions; a leading 1 goes.

    Raises:
        ValueError: it has another number of dimensions, or several pictures.
    """
    if array.ndim == dimensions + 1 and array.shape[0] == 1:
        return array[0]
    if array.ndim == dimensions:
        return array
    letters = ", ".join("NCHW"[-dimensions:])
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
        return table.T
    raise ValueError(
        f"expected {width} numbers a candidate ({parts}), "
        f"so (1, {width}, N) or (1, N, {width}), but the output is {shown(array)}"
    )


def in_pixels(spec: ModelSpec) -> tuple[float, float]:
    """What x and y are multiplied with to be pixels of the input, by `decoder.coordinates`."""
    if choice(spec, "coordinates", ("pixels", "normalised")) == "pixels":
        return 1.0, 1.0
    return float(spec.input.width), float(spec.input.height)
