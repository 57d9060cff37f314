"""Specs for the decoders: small inputs, few classes."""

import copy

import pytest

from mekiki import decoders
from mekiki.spec import ModelSpec

FACTS = {
    "id": "own-model",
    "task": "detection",
    "input": {
        "name": "images",
        "width": 320,
        "height": 160,
        "colour": "RGB",
        "scale": 1 / 255,
        "mean": [0, 0, 0],
        "resize": "stretch",
    },
    "outputs": ["output0"],
    "score": {"floor": 0.25, "threshold": 0.5},
    "nms": {"iou": 0.5, "across_classes_iou": None},
}


@pytest.fixture
def decoder():
    """Makes a decode(outputs) of a kind with options."""

    def make(kind, labels=("cat", "dog"), outputs=("output0",), task="detection", **options):
        facts = copy.deepcopy(FACTS)
        facts.update(outputs=list(outputs), task=task, decoder={"kind": kind, **options})
        spec = ModelSpec.from_dict(facts, list(labels))
        found = decoders.find(spec.decoder)
        return lambda outputs: found(outputs, spec)

    return make
