import cv2
import numpy as np
import pytest

from mekiki.loader import load_model
from tools.paths import MODELS

SPEC, DECODE = load_model(MODELS / "ppocr-det")
NAME = SPEC.outputs[0]


def raw(*blocks, side=640):
    """A map with the given (x, y, width, height, probability) one after the other."""
    plane = np.zeros((side, side), np.float32)
    for x, y, width, height, probability in blocks:
        plane[y : y + height, x : x + width] = probability
    return {NAME: plane[None, None]}


def test_a_line_of_text_grows_to_the_size_of_its_letters():
    found = DECODE(raw((200, 100, 100, 20, 0.75)), SPEC)
    # The outline runs through the outermost pixels' centres: 99 x 19, around (249.5, 109.5).
    # It grows by area * 1.6 / perimeter on each side.
    grown = 99 * 19 * 1.6 / (2 * (99 + 19))
    left, right = 200 - grown, 299 + grown
    top, bottom = 100 - grown, 119 + grown
    np.testing.assert_allclose(found.boxes, [[left, top, right, bottom]], rtol=1e-5)
    corners = sorted(map(tuple, found.shapes.quads[0].tolist()))
    expected = [(left, top), (left, bottom), (right, top), (right, bottom)]
    np.testing.assert_allclose(corners, expected, rtol=1e-5)
    assert found.scores.tolist() == [0.75]
    assert found.class_ids.tolist() == [0]
    assert found.boxes.dtype == found.shapes.quads.dtype == np.float32


def test_a_turned_line_has_a_turned_quad_and_an_upright_box():
    outputs = raw()
    drawn = cv2.boxPoints(((320, 320), (200, 40), 30))
    cv2.fillPoly(outputs[NAME][0, 0], [np.rint(drawn).astype(np.int32)], 0.8)
    found = DECODE(outputs, SPEC)
    grown = 2 * 200 * 40 * 1.6 / (2 * (200 + 40))
    expected = cv2.boxPoints(((320, 320), (200 + grown, 40 + grown), 30))
    for corner in expected:  # whichever of the four comes first
        distances = np.linalg.norm(found.shapes.quads[0] - corner, axis=1)
        assert distances.min() < 2
    (quad,) = found.shapes.quads
    np.testing.assert_array_equal(found.boxes[0], [*quad.min(axis=0), *quad.max(axis=0)])


def test_a_smaller_map_is_spread_over_the_input():
    found = DECODE(raw((100, 50, 100, 20, 0.75), side=320), SPEC)
    centre = (found.boxes[0, :2] + found.boxes[0, 2:]) / 2
    np.testing.assert_allclose(centre, [149.5 * 2, 59.5 * 2], rtol=1e-5)


def test_the_score_is_the_mean_of_the_pixels_inside():
    found = DECODE(raw((200, 100, 50, 20, 0.4), (250, 100, 50, 20, 0.8)), SPEC)
    np.testing.assert_allclose(found.scores, [0.6], rtol=1e-5)


def test_the_hole_of_a_ring_is_no_text():
    found = DECODE(raw((200, 200, 40, 40, 0.9), (210, 210, 20, 20, 0)), SPEC)
    np.testing.assert_allclose(found.scores, [0.75 * 0.9], rtol=1e-5)


@pytest.mark.parametrize(("height", "count"), [(3, 0), (4, 1)])  # 2 and 3 px between centres
def test_what_is_too_thin_is_no_text(height, count):
    assert len(DECODE(raw((200, 100, 100, height, 0.9)), SPEC)) == count


def test_pixels_that_are_hardly_text_are_left_out():
    found = DECODE(raw((10, 10, 50, 20, 0.29), (10, 100, 50, 20, 0.31)), SPEC)
    assert found.boxes[:, 1].tolist() == pytest.approx([100 - 49 * 19 * 0.8 / 68])


def test_lines_apart_are_two():
    found = DECODE(raw((10, 10, 50, 20, 0.9), (10, 100, 80, 20, 0.5)), SPEC)
    assert sorted(found.scores.tolist()) == [0.5, pytest.approx(0.9)]


def test_nothing_is_found_in_nothing():
    found = DECODE(raw(), SPEC)
    assert found.boxes.shape == (0, 4)
    assert found.shapes.quads.shape == (0, 4, 2)
