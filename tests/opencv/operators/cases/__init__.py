"""The graphs of the sweep, a module for each family of operators."""

from collections.abc import Iterator
from functools import cache

from tests.opencv.operators.cases import (
    activations,
    convolutions,
    elementwise,
    fusions,
    matrices,
    normalisations,
    pooling,
    quantised,
    recurrent,
    reductions,
    resizing,
    shapes,
    slices,
    unofficial,
)
from tests.opencv.operators.sketch import Case

FAMILIES = (
    activations,
    convolutions,
    elementwise,
    fusions,
    matrices,
    normalisations,
    pooling,
    quantised,
    recurrent,
    reductions,
    resizing,
    shapes,
    slices,
    unofficial,
)


def _all() -> Iterator[Case]:
    for family in FAMILIES:
        yield from family.cases()


@cache
def by_name() -> dict[str, Case]:
    """Every case of the sweep.

    Raises:
        ValueError: two cases have one name.
    """
    found: dict[str, Case] = {}
    for case in _all():
        if case.name in found:
            raise ValueError(f"two cases are named {case.name}")
        found[case.name] = case
    return found
