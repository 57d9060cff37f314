import numpy as np
import pytest

from mekiki.grids import boxes_around, grid_points, sigmoid


def test_points_run_along_the_rows():
    assert grid_points(3, 2, 0.0).tolist() == [[0, 0], [1, 0], [2, 0], [0, 1], [1, 1], [2, 1]]
    assert grid_points(2, 1, 0.5).tolist() == [[0.5, 0.5], [1.5, 0.5]]


def test_a_shared_grid_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        grid_points(2, 2, 0.0)[0, 0] = 1


def test_sigmoid_of_huge_logits_is_finite_and_warns_of_nothing():
    logits = np.array([-1000, -1, 0, 1, 1000], np.float32)
    probabilities = sigmoid(logits)
    assert probabilities.dtype == np.float32
    np.testing.assert_allclose(probabilities, [0, 0.26894143, 0.5, 0.7310586, 1], atol=1e-6)


def test_boxes_lie_around_their_centres():
    boxes = boxes_around(np.array([[10, 20]], np.float32), np.array([[4, 6]], np.float32))
    assert boxes.tolist() == [[8, 17, 12, 23]]
