"""No decoder: nothing is found, and the outputs are shown as they are (`mekiki.tensors`)."""

from __future__ import annotations

import numpy as np

from mekiki.detection import Candidates
from mekiki.network import Outputs
from mekiki.spec import ModelSpec


def decode(_outputs: Outputs, _spec: ModelSpec) -> Candidates:
    """No candidates."""
    nothing = np.zeros(0, np.float32)
    return Candidates(np.zeros((0, 4), np.float32), nothing, np.zeros(0, np.int32))
