import numpy as np
import pytest

from mekiki.loader import load_model
from tools.paths import MODELS

SPEC, DECODE = load_model(MODELS / "nanodet-coco")
SIDES = {8: 52, 16: 26, 32: 13, 64: 7}  # cells of a grid: 416 over the stride, rounded up


def raw(*found):
    """Outputs with the given (stride, row, column, class id, probability, distances).

    Distances are those of left, top, right and bottom in strides: whole, or two to lie between.
    """
    outputs = {}
    for stride, side in SIDES.items():
        outputs[f"classes {stride}"] = np.zeros((1, side * side, 80), np.float32)
        outputs[f"distances {stride}"] = np.zeros((1, side * side, 32), np.float32)
    for stride, row, column, class_id, probability, distances in found:
        cell = row * SIDES[stride] + column
        outputs[f"classes {stride}"][0, cell, class_id] = probability
        for side, steps in enumerate(distances):
            for step in np.atleast_1d(steps):
                outputs[f"distances {stride}"][0, cell, side * 8 + step] = 50  # a logit
    return outputs


def test_a_cell_with_its_four_distances():
    # Column 3, row 2 of the 8 px grid: its middle is at (3 * 8 + 3.5, 2 * 8 + 3.5).
    found = DECODE(raw((8, 2, 3, 16, 0.75, [1, 2, 3, 0])), SPEC)
    np.testing.assert_allclose(found.boxes, [[27.5 - 8, 19.5 - 16, 27.5 + 24, 19.5]], atol=1e-4)
    assert found.scores.tolist() == [0.75]
    assert found.class_ids.tolist() == [16]
    assert (found.boxes.dtype, found.class_ids.dtype) == (np.float32, np.int32)


@pytest.mark.parametrize(("stride", "middle"), [(16, 7.5), (32, 15.5), (64, 31.5)])
def test_each_grid_has_its_own_stride(stride, middle):
    last = SIDES[stride] - 1
    found = DECODE(raw((stride, last, 0, 0, 0.5, [1, 1, 7, 2])), SPEC)
    x, y = middle, last * stride + middle
    expected = [x - stride, y - stride, x + 7 * stride, y + 2 * stride]
    np.testing.assert_allclose(found.boxes, [expected], rtol=1e-5)


def test_a_distance_is_the_mean_of_its_distribution():
    found = DECODE(raw((16, 5, 5, 0, 0.5, [[1, 2], [0, 7], [3, 5], [2, 3]])), SPEC)
    expected = 87.5 + np.array([-1.5, -3.5, 4, 2.5]) * 16
    np.testing.assert_allclose(found.boxes, [expected], rtol=1e-5)


def test_large_logits_do_not_overflow():
    outputs = raw((16, 5, 5, 0, 0.5, [1, 1, 1, 1]))
    outputs["distances 16"] *= 100
    np.testing.assert_allclose(DECODE(outputs, SPEC).boxes, [[71.5, 71.5, 103.5, 103.5]])


def test_outputs_are_known_by_their_shapes_in_any_order_and_by_any_name():
    outputs = raw((32, 1, 2, 7, 0.5, [1, 1, 1, 1]), (8, 1, 2, 9, 0.6, [1, 1, 1, 1]))
    shuffled = {str(place): outputs[name] for place, name in enumerate(sorted(outputs))}
    expected, found = DECODE(outputs, SPEC), DECODE(shuffled, SPEC)
    np.testing.assert_array_equal(found.boxes, expected.boxes)
    assert found.class_ids.tolist() == [9, 7]


def test_scores_below_the_floor_are_left_out():
    floor = SPEC.score.floor
    low, high = ((64, 0, at, 0, floor + by, [1] * 4) for at, by in ((0, -0.01), (1, 0.01)))
    assert len(DECODE(raw(low, high), SPEC)) == 1


def test_a_stride_that_is_missing_is_told():
    outputs = raw()
    del outputs["distances 64"]
    with pytest.raises(ValueError, match="expected classes and distances for 4 strides"):
        DECODE(outputs, SPEC)


def test_nothing_is_found_in_nothing():
    assert DECODE(raw(), SPEC).boxes.shape == (0, 4)
