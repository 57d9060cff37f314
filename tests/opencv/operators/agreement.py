"""When two outcomes are the same."""

from __future__ import annotations

import numpy as np

from tests.opencv.operators.bundle import Outcome
from tests.opencv.operators.sketch import Case


def difference(case: Case, golden: Outcome, found: Outcome) -> str:
    """How `found` differs from `golden`, in words; empty where it agrees."""
    if golden.outputs is None:
        return f"no golden: {golden.error}"
    if found.outputs is None:
        return f"raised: {found.error}"
    if len(golden.outputs) != len(found.outputs):
        return f"{len(found.outputs)} outputs, not {len(golden.outputs)}"
    for number, (right, ours) in enumerate(zip(golden.outputs, found.outputs, strict=True)):
        if said := _of_arrays(case, right, ours):
            return f"output {number}: {said}"
    return ""


def _of_arrays(case: Case, right: np.ndarray, ours: np.ndarray) -> str:
    # OpenCV 4 has no tensors of fewer than two axes: vectors come as columns.
    if right.ndim < 2 and ours.size == right.size:
        ours = ours.reshape(right.shape)
    if right.shape != ours.shape:
        return f"shape {ours.shape}, not {right.shape}"
    if case.random:
        return ""
    right, ours = right.astype(np.float64), ours.astype(np.float64)
    with np.errstate(invalid="ignore"):  # two infinities have no difference
        distance = np.abs(ours - right)
        off = ~(distance <= case.absolute + case.relative * np.abs(right)) & (ours != right)
    if not off.any():
        return ""
    worst = float(np.nanmax(distance, initial=0))
    return f"{int(off.sum())} of {off.size} elements differ, by at most {worst:.3g}"
