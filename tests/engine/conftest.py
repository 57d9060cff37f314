"""Pictures, models and detectors for the engine's tests."""

import json
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from mekiki.detector import Detector
from mekiki.loader import load_model
from mekiki.spec import ModelSpec
from tools.models.archives import ALL, HEAVY
from tools.models.prepare import Missing, prepare
from tools.paths import APP, CACHE, MODELS, NODE_MODULES


def may_be_missing(model_id: str) -> bool:
    """Weights by URL only, which a machine without internet or a mirror does not have.

    Or in a package so large that it is not fetched unasked.
    """
    source = json.loads((MODELS / model_id / "model.json").read_text("utf-8"))["source"]
    unasked = source.get("bytes", 0) > HEAVY and os.environ.get(ALL) != "all"
    return source["kind"] == "url" or unasked


@cache
def read_sample(name: str) -> NDArray[np.uint8]:
    """A photo of app/samples, RGBA."""
    picture = cv2.imread(str(APP / "samples" / f"{name}.jpg"), cv2.IMREAD_COLOR)
    assert picture is not None, name
    return cv2.cvtColor(picture, cv2.COLOR_BGR2RGBA)


@cache
def onnx_file(model_id: str, weights: str | None = None) -> Path:
    """The ONNX file of a model, with these weights or its first ones."""
    mirror = os.environ.get("MEKIKI_MIRROR")
    ready = prepare(
        MODELS / model_id,
        cache=CACHE,
        node_modules=NODE_MODULES,
        mirror=Path(mirror) if mirror else None,
    )
    if isinstance(ready, Missing):
        reason = f"model {model_id} is not here: {ready.reason}"
        if may_be_missing(model_id):
            pytest.skip(f"{reason} (build once, or name a folder that has it in MEKIKI_MIRROR)")
        pytest.fail(reason)
    return next(each.path for each in ready if weights in (None, each.weights))


@cache
def make_detector(model_id: str) -> Detector:
    spec, decode = load_model(MODELS / model_id)
    return Detector(spec, decode, onnx_file(model_id).read_bytes())


@pytest.fixture(scope="session")
def sample() -> Callable[[str], NDArray[np.uint8]]:
    return read_sample


@pytest.fixture(scope="session")
def onnx() -> Callable[[str], bytes]:
    return lambda model_id: onnx_file(model_id).read_bytes()


@pytest.fixture(scope="session")
def detector() -> Callable[[str], Detector]:
    """One detector a model for all tests, as in the app: one net, frame after frame."""
    return make_detector


@pytest.fixture
def spec_data() -> dict:
    """A model.json that is right, to be spoiled."""
    return {
        "id": "a-model",
        "task": "detection",
        "labels": "coco80",
        "input": {
            "name": "images",
            "width": 416,
            "height": 320,
            "colour": "RGB",
            "scale": 0.5,
            "mean": [1, 2.5, 3],
            "resize": "letterbox",
            "align": "centre",
            "rounding": "nearest",
            "pad": 114,
        },
        "outputs": ["boxes", "scores"],
        "score": {"floor": 0.1, "threshold": 0.4},
        "nms": {"iou": 0.5, "across_classes_iou": None},
    }


@pytest.fixture
def spec(spec_data: dict) -> ModelSpec:
    return ModelSpec.from_dict(spec_data, ["cat", "dog"])
