"""What the whole picture shows: one score a class, (1, C), as ResNet, MobileNet or ViT give.

Options of `decoder`:
    activation: `auto` (default): a softmax unless the scores are probabilities that add up to 1;
        `softmax`; `sigmoid`, for models that name several things at once; `none`.
    top: how many of the likeliest classes are told at most, 5 by default.
"""

from __future__ import annotations

import numpy as np

from mekiki.decoders.reading import Array, choice, output, shown, whole_number
from mekiki.detection import Candidates
from mekiki.grids import sigmoid
from mekiki.network import Outputs
from mekiki.probabilities import are_probabilities, softmax
from mekiki.spec import ModelSpec


def decode(outputs: Outputs, spec: ModelSpec) -> Candidates:
    """Decodes the first output, float32 (1, C) or (1, C, 1, 1); boxes are the whole input."""
    found = output(outputs, spec)
    classes = len(spec.labels)
    if found.size != classes:
        raise ValueError(f"expected a score for {classes} classes, but they are {shown(found)}")
    scores = _activated(found.ravel(), choice(spec, "activation", _ACTIVATIONS))
    top = whole_number(spec, "top", 1, 100, 5)
    best = np.argsort(-scores, kind="stable")[:top]
    class_ids = best[scores[best] >= spec.score.floor]
    whole = np.array((0, 0, spec.input.width, spec.input.height), np.float32)
    boxes = np.repeat(whole[np.newaxis], len(class_ids), axis=0)
    return Candidates(boxes, scores[class_ids], class_ids.astype(np.int32))


_ACTIVATIONS = ("auto", "softmax", "sigmoid", "none")


def _activated(scores: Array, activation: str) -> Array:
    if activation == "softmax" or (activation == "auto" and not are_probabilities(scores)):
        return softmax(scores)
    return sigmoid(scores) if activation == "sigmoid" else scores
