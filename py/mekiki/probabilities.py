"""Logits, and probabilities made of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

SLACK = 0.01  # of a sum of probabilities; half floats and int8 weights are not exact


def softmax(logits: Array) -> Array:
    """Probabilities along the first axis, of any finite logits."""
    powers = np.exp(logits - logits.max(axis=0))
    shares: Array = powers / powers.sum(axis=0)
    return shares


def are_probabilities(values: Array) -> bool:
    """Whether values lie in 0..1 and add up to 1 along the first axis, everywhere."""
    inside = bool((values >= -SLACK).all() and (values <= 1 + SLACK).all())
    return inside and bool((np.abs(values.sum(axis=0) - 1) <= SLACK).all())
