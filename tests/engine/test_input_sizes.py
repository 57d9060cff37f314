"""Each size that a model offers, on the sample photos, with its real weights."""

from functools import cache

import cv2
import numpy as np
import pytest

from mekiki.detector import Detector
from mekiki.loader import load_model
from tests.engine.conftest import onnx_file, read_sample
from tests.engine.test_real_models import IDS, facts, iou, shown
from tools.paths import MODELS


def sizes(model_id):
    given = facts(model_id)["input"]
    return [tuple(size) for size in given.get("sizes", [[given["width"], given["height"]]])]


SIZES = [(model_id, size) for model_id in IDS for size in sizes(model_id)]


@cache
def at(model_id, size):
    spec, decode = load_model(MODELS / model_id)
    return Detector(spec.at(*size), decode, onnx_file(model_id).read_bytes())


# Labels at the model's threshold. What is missed or found twice is what these sizes get wrong.
LABELS = {
    ("yolox-nano", 320): {
        "astronaut": "person",
        "cat": "cat",
        "coffee": "cup, dining table",
        "dog": "bicycle, bicycle, car, car, dog",
    },
    ("yolox-nano", 640): {
        "astronaut": "person",
        "cat": "cat",
        "coffee": "cup, dining table",
        "dog": "bicycle, car, dog",
    },
    ("centernet-coco", 320): {
        "astronaut": "person",
        "cat": "cat",
        "coffee": "cup",
        "dog": "bicycle, car",
    },
    ("centernet-coco", 640): {
        "astronaut": "person",
        "cat": "cat",
        "coffee": "cup",
        "dog": "bicycle, car, dog",
    },
    ("ppocr-det", 320): {"astronaut": "", "coffee": "", "sign": ", ".join(["text"] * 5)},
    ("ppocr-det", 960): {"astronaut": "", "dog": "text", "sign": ", ".join(["text"] * 5)},
}


@pytest.mark.parametrize(("model_id", "width"), LABELS)
def test_the_classes_in_each_photo(model_id, width):
    for name, labels in LABELS[model_id, width].items():
        found = shown(at(model_id, (width, width)), read_sample(name)).to_plain()
        assert ", ".join(sorted(item["label"] for item in found)) == labels, name


def test_every_size_offered_has_its_labels():
    # But for models that only the phone fetches: their weights were not at hand.
    ours = [each for each in IDS if facts(each).get("delivery", "site") == "site"]
    others = {(model_id, size) for model_id in ours for size in sizes(model_id)[1:]}
    assert others == {(model_id, (width, width)) for model_id, width in LABELS}


@pytest.mark.parametrize(("model_id", "size"), SIZES)
def test_boxes_lie_where_they_were_drawn_by_hand(model_id, size):
    """A size that the decoder takes for another one puts everything elsewhere."""
    expected = facts(model_id)["expected"]
    found = shown(at(model_id, size), read_sample(expected["sample"])).to_plain()
    for wanted in expected["detections"]:
        same_label = [item for item in found if item["label"] == wanted["label"]]
        best = max((iou(item["box"], wanted["box"]) for item in same_label), default=0)
        assert best >= 0.6, (wanted, found)


def contact_sheet(columns):
    """The samples over and over, small, side by side; and the label and cell of each."""
    labels = {"astronaut": "person", "cat": "cat", "coffee": "cup", "dog": "dog"}
    side = 1280 // columns
    sheet = np.full((1280, 1280, 4), 114, np.uint8)
    cells = []
    for place in range(columns * columns):
        name = list(labels)[(place + place // columns) % 4]
        picture = read_sample(name)
        scale = (side - 8) / max(picture.shape[:2])
        small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        x, y = place % columns * side, place // columns * side
        sheet[y : y + small.shape[0], x : x + small.shape[1]] = small
        cells.append((labels[name], x, y, side))
    return sheet, cells


def found_in(cells, detector, sheet):
    """How many cells have a box of their label, whose centre is inside and that is no larger."""
    found = shown(detector, sheet).to_plain()

    def is_found(label, x, y, side):
        for item in found:
            left, top, width, height = item["box"]
            inside = x < left + width / 2 < x + side and y < top + height / 2 < y + side
            if item["label"] == label and inside and max(width, height) < 1.1 * side:
                return True
        return False

    return sum(is_found(*cell) for cell in cells)


COCO = sorted({model_id for model_id, _ in LABELS if facts(model_id)["labels"] == "coco80"})


@pytest.mark.parametrize("model_id", COCO)
def test_larger_inputs_find_smaller_things(model_id):
    """The reason to offer them. 16 photos of a quarter of the frame's width."""
    sheet, cells = contact_sheet(4)
    counts = [found_in(cells, at(model_id, (side, side)), sheet) for side in (320, 416, 640)]
    assert counts[0] <= counts[1] < counts[2]
    assert counts[2] >= len(cells) / 2
