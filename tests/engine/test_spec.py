import math

import numpy as np
import pytest

from mekiki.errors import MekikiError
from mekiki.spec import InputSpec, ModelSpec, NmsSpec, ScoreSpec


def test_every_key_is_read(spec_data):
    spec = ModelSpec.from_dict(spec_data, ["cat", "dog"])
    assert spec == ModelSpec(
        id="a-model",
        labels=("cat", "dog"),
        input=InputSpec(
            "images",
            416,
            320,
            "RGB",
            (0.5, 0.5, 0.5),
            (1, 2.5, 3),
            "letterbox",
            "centre",
            "nearest",
            114,
            ((416, 320),),
        ),
        outputs=("boxes", "scores"),
        score=ScoreSpec(0.1, 0.4),
        nms=NmsSpec(0.5, None),
    )


def test_stretching_needs_no_letterbox_keys(spec_data):
    spec_data["input"]["resize"] = "stretch"
    for key in ("align", "rounding", "pad"):
        del spec_data["input"][key]
    assert ModelSpec.from_dict(spec_data, ["cat"]).input.resize == "stretch"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", ""),
        ("task", "dancing"),
        ("outputs", []),
        ("outputs", ["boxes", 3]),
        ("input", None),
        ("input", []),
        ("input.name", 7),
        ("input.width", 0),
        ("input.width", 416.0),
        ("input.height", True),
        ("input.height", 100_000),
        ("input.sizes", []),
        ("input.sizes", [416, 320]),
        ("input.sizes", [[320, 416]]),  # width and height of the spec come first
        ("input.sizes", [[416, 320], [320, 0]]),
        ("input.sizes", [[416, 320], [320, True]]),
        ("input.sizes", [[416, 320], [320.0, 320]]),
        ("input.sizes", [[416, 320], [320]]),
        ("input.sizes", [[416, 320], [4096, 4096]]),
        ("input.sizes", [[416, 320], [416, 320]]),
        ("input.colour", "GRAY"),
        ("input.colour", ["RGB"]),
        ("input.scale", 0),
        ("input.scale", math.nan),
        ("input.scale", "1"),
        ("input.scale", [1, 2]),
        ("input.scale", [1, 2, 0]),
        ("input.mean", [0, 0]),
        ("input.mean", [0, 0, math.inf]),
        ("input.resize", "crop"),
        ("input.align", "bottom"),
        ("input.rounding", None),
        ("input.pad", 256),
        ("score.floor", -0.1),
        ("score.threshold", 0.05),
        ("score.classes", {"cat": 0.05}),
        ("score.classes", {"cow": 0.5}),
        ("score.classes", ["cat"]),
        ("decoder", "yolox"),
        ("attributes", {"threshold": 0.7, "groups": []}),
        ("attributes", {"threshold": 0.7, "groups": [{"of": "cow", "classes": ["cat"]}]}),
        ("attributes", {"threshold": 0.7, "groups": [{"of": "cat", "classes": ["cow"]}]}),
        ("attributes", {"groups": [{"of": "cat", "classes": ["cat"]}]}),
        ("nms.iou", 1.5),
        ("nms.across_classes_iou", "none"),
    ],
)
def test_a_wrong_value_is_named_by_its_key(spec_data, key, value):
    target = spec_data
    *sections, last = key.split(".")
    for section in sections:
        target = target[section]
    target[last] = value
    with pytest.raises(MekikiError) as caught:
        ModelSpec.from_dict(spec_data, ["cat"])
    assert caught.value.code == "spec-invalid"
    assert caught.value.data["key"].startswith(key)  # or what lies in it
    assert caught.value.data["expected"]


def test_a_key_inside_a_list_is_named(spec_data):
    groups = [{"of": "cat", "classes": ["dog"]}, {"of": "cat", "classes": ["cow"]}]
    spec_data["attributes"] = {"threshold": 0.7, "groups": groups}
    with pytest.raises(MekikiError) as caught:
        ModelSpec.from_dict(spec_data, ["cat", "dog"])
    assert caught.value.data["key"] == "attributes.groups[1].classes"


def test_classes_with_thresholds_of_their_own_move_with_the_slider(spec_data):
    spec_data["score"]["classes"] = {"dog": 0.2}
    score = ModelSpec.from_dict(spec_data, ["cat", "dog"]).score
    ids = np.array([0, 1, 0], np.int32)
    np.testing.assert_allclose(score.lowest(0.4, ids), [0.4, 0.2, 0.4])
    np.testing.assert_allclose(score.lowest(0.8, ids), [0.8, 0.4, 0.8])


def test_a_missing_key_is_named(spec_data):
    del spec_data["nms"]["iou"]
    with pytest.raises(MekikiError) as caught:
        ModelSpec.from_dict(spec_data, ["cat"])
    assert caught.value.data["key"] == "nms.iou"


def test_a_model_without_sizes_has_its_own_only(spec):
    assert spec.at(416, 320) == spec


def test_another_of_its_sizes(spec_data):
    spec_data["input"]["sizes"] = [[416, 320], [256, 192]]
    spec = ModelSpec.from_dict(spec_data, ["cat"])
    smaller = spec.at(256, 192)
    assert (smaller.input.width, smaller.input.height) == (256, 192)
    assert smaller.at(416, 320) == spec


@pytest.mark.parametrize("size", [(320, 320), (192, 256), (0, 0)])
def test_a_size_that_is_not_offered_is_refused(spec_data, size):
    spec_data["input"]["sizes"] = [[416, 320], [256, 192]]
    with pytest.raises(MekikiError) as caught:
        ModelSpec.from_dict(spec_data, ["cat"]).at(*size)
    assert caught.value.code == "input-size-unknown"
    assert caught.value.data == {
        "model": "a-model",
        "size": f"{size[0]} × {size[1]}",
        "sizes": ["416 × 320", "256 × 192"],
    }
