"""Whether two engines give the same outputs, as far as float32 lets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Outputs = Mapping[str, NDArray[np.float32]]

# Sums in another order differ by some 1e-6 of the largest term, layer after layer.
TOLERANCE = 1e-3


def largest_difference(outputs: Outputs, reference: Outputs) -> float | None:
    """The largest absolute difference over all values of all outputs.

    None if the outputs have other names or shapes, or hold what is not a finite number.
    """
    if outputs.keys() != reference.keys():
        return None
    worst = 0.0
    for name, expected in reference.items():
        found = outputs[name]
        if found.shape != expected.shape or not np.isfinite(found).all():
            return None
        worst = max(worst, float(np.abs(found.astype(np.float64) - expected).max()))
    return worst


def compare(found: Mapping[str, Outputs], references: list[str]) -> dict[str, dict[str, Any]]:
    """Compares each engine with each reference engine.

    Args:
        found: outputs by engine.
        references: engines in `found` that the others are compared with.

    Returns:
        By engine: `max_abs_difference` by reference (None as above), and `agrees`: whether each
        is at most TOLERANCE of the reference's largest absolute value (of 1, if that is less).
    """
    scales = {
        name: max(1.0, *(float(np.abs(array).max()) for array in found[name].values()))
        for name in references
    }
    verdicts: dict[str, dict[str, Any]] = {}
    for engine, outputs in found.items():
        differences = {name: largest_difference(outputs, found[name]) for name in references}
        verdicts[engine] = {
            "max_abs_difference": differences,
            "agrees": all(
                difference is not None and difference <= TOLERANCE * scales[name]
                for name, difference in differences.items()
            ),
        }
    return verdicts
