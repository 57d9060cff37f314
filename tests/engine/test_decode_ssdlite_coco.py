import numpy as np
import pytest

from mekiki.loader import load_model
from tools.paths import MODELS

SPEC, DECODE = load_model(MODELS / "ssdlite-coco")
# Anchors: 19 x 19 cells with 3 each, then 10 x 10, 5 x 5, 3 x 3, 2 x 2 and 1 with 6 each.
COUNT = 19 * 19 * 3 + (100 + 25 + 9 + 4 + 1) * 6


def raw(*found, background=0.0):
    """Outputs with the given (anchor, COCO's id, probability, (y, x, height, width))."""
    boxes = np.zeros((1, 4, COUNT, 1), np.float32)
    scores = np.zeros((1, COUNT, 91), np.float32)
    scores[..., 0] = background
    for anchor, coco_id, probability, offsets in found:
        scores[0, anchor, coco_id] = probability
        boxes[0, :, anchor, 0] = offsets
    return {"boxes": boxes, "scores": scores}


def test_an_anchor_of_the_first_grid_moved_and_widened():
    # Column 2, row 1: centre (2.5, 1.5) / 19 of 300 px; its first anchor is 30 px square.
    # It moves by half of its size (5 / 10) and becomes twice as wide: exp(5 * ln 2 / 5).
    anchor = (19 * 1 + 2) * 3
    found = DECODE(raw((anchor, 18, 0.75, [-5, 5, 0, 5 * np.log(2)])), SPEC)
    x, y = 2.5 / 19 * 300 + 15, 1.5 / 19 * 300 - 15
    np.testing.assert_allclose(found.boxes, [[x - 30, y - 15, x + 30, y + 15]], rtol=1e-5)
    assert found.scores.tolist() == [0.75]
    assert SPEC.labels[found.class_ids[0]] == "dog"
    assert (found.boxes.dtype, found.class_ids.dtype) == (np.float32, np.int32)


@pytest.mark.parametrize(
    ("anchor", "centre", "size"),
    [
        # The third shape of the first grid: scale 0.2, half as wide as high.
        (2, 0.5 / 19 * 300, (60 * 0.5**0.5, 60 * 2**0.5)),
        # The last cell of the second grid, its second shape: scale 0.35, twice as wide as high.
        (1083 + 99 * 6 + 1, 285, (105 * 2**0.5, 105 * 0.5**0.5)),
        # The fourth of the one cell of the last grid: scale 0.95, three times as wide as high.
        (COUNT - 3, 150, (285 * 3**0.5, 285 / 3**0.5)),
        # The very last is square, between scale 0.95 and 1.
        (COUNT - 1, 150, (300 * 0.95**0.5, 300 * 0.95**0.5)),
    ],
)
def test_anchors_have_the_shapes_that_the_model_was_trained_with(anchor, centre, size):
    found = DECODE(raw((anchor, 1, 0.5, [0] * 4)), SPEC)
    half = np.array(size) / 2
    np.testing.assert_allclose(found.boxes[0], [*(centre - half), *(centre + half)], rtol=1e-5)


@pytest.mark.parametrize(
    ("coco_id", "label"), [(1, "person"), (13, "stop sign"), (27, "backpack"), (90, "toothbrush")]
)
def test_cocos_ids_become_the_eighty_labels(coco_id, label):
    found = DECODE(raw((700, coco_id, 0.5, [0] * 4)), SPEC)
    assert SPEC.labels[found.class_ids[0]] == label


@pytest.mark.parametrize("unused", [12, 26, 83])
def test_an_id_that_coco_does_not_use_is_not_found(unused):
    found = DECODE(raw((700, unused, 0.9, [0] * 4), (700, 3, 0.4, [0] * 4)), SPEC)
    assert [SPEC.labels[each] for each in found.class_ids] == ["car"]
    assert found.scores.tolist() == [np.float32(0.4)]
    assert len(DECODE(raw((700, unused, 0.9, [0] * 4)), SPEC)) == 0


def test_background_is_nothing_however_likely():
    assert len(DECODE(raw(background=0.99), SPEC)) == 0


def test_scores_below_the_floor_are_left_out():
    floor = SPEC.score.floor
    found = DECODE(raw((8, 1, floor - 0.01, [0] * 4), (9, 1, floor + 0.01, [0] * 4)), SPEC)
    assert len(found) == 1


def test_nothing_is_found_in_nothing():
    assert DECODE(raw(), SPEC).boxes.shape == (0, 4)
