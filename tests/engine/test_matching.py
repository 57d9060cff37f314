import numpy as np
import pytest

from mekiki.matching import best_pairs, buffered_overlaps


def box(x, y=0, width=10, height=10):
    return np.array([[x, y, x + width, y + height]], np.float64)


@pytest.mark.parametrize(
    ("moved", "overlap"),
    # Both become 20 wide: they share 20 - moved of 20 + moved.
    [(0, 1.0), (5, 15 / 25), (10, 10 / 30), (20, 0.0), (500, 0.0)],
)
def test_overlap_of_boxes_made_twice_as_wide(moved, overlap):
    assert buffered_overlaps(box(0), box(moved))[0, 0] == pytest.approx(overlap)
    assert buffered_overlaps(box(0), box(0, moved))[0, 0] == pytest.approx(overlap)


def test_a_box_within_another():
    """Half as wide and on the same centre: so it stays when both get wider."""
    assert buffered_overlaps(box(0), box(2.5, width=5))[0, 0] == pytest.approx(0.5)


def test_every_row_with_every_column():
    a = np.vstack([box(0), box(100), box(7)])
    b = np.vstack([box(7), box(0)])
    found = buffered_overlaps(a, b)
    assert found.shape == (3, 2)
    assert (found[0, 1], found[2, 0]) == (1, 1)
    assert (found[1] == 0).all()


@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0)])
def test_none_with_some(shape):
    rows, columns = (np.repeat(box(0), count, axis=0) for count in shape)
    similarity = buffered_overlaps(rows, columns)
    assert similarity.shape == shape
    assert best_pairs(similarity, 0.1) == []


def test_boxes_without_area_overlap_nothing():
    nothing = box(0, width=0, height=0)
    assert buffered_overlaps(nothing, nothing)[0, 0] == 0


def test_the_surest_pair_is_kept_though_two_doubtful_ones_would_add_up_to_more():
    similarity = np.array([[0.9, 0.6], [0.6, 0.0]])
    assert best_pairs(similarity, 0.3) == [(0, 0)]


def test_each_is_paired_once_and_none_below_the_lowest():
    similarity = np.array([[0.5, 0.8, 0.1], [0.7, 0.9, 0.1], [0.2, 0.3, 0.1]])
    assert best_pairs(similarity, 0.3) == [(1, 1), (0, 0)]
    assert best_pairs(similarity, 0.1) == [(1, 1), (0, 0), (2, 2)]
