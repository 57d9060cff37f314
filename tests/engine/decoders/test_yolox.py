import numpy as np
import pytest

from mekiki.loader import load_model
from tools.paths import MODELS

SPEC, DECODE = load_model(MODELS / "yolox-nano")


def raw(*cells):
    """An output with the given (row, values of the first five columns, class id, probability)."""
    output = np.zeros((1, 3549, 85), np.float32)
    for row, first_five, class_id, probability in cells:
        output[0, row, :5] = first_five
        output[0, row, 5 + class_id] = probability
    return {"output": output}


def test_a_cell_of_each_grid():
    # Rows: 52 x 52 cells of 8 px, then 26 x 26 of 16 px, then 13 x 13 of 32 px.
    found = DECODE(
        raw(
            (52 * 2 + 3, [0.5, 0.25, 0, 0, 1], 0, 0.5),  # column 3, row 2
            (2704 + 26 * 1 + 4, [0, 0, np.log(2), np.log(3), 0.5], 16, 0.5),
            (2704 + 676 + 13 * 12 + 12, [-0.5, 0.5, 0, np.log(0.5), 1], 79, 1.0),
        ),
        SPEC,
    )
    centres = np.array([[28, 18], [64, 16], [368, 400]])
    sizes = np.array([[8, 8], [32, 48], [32, 16]])
    expected = np.hstack((centres - sizes / 2, centres + sizes / 2))
    np.testing.assert_allclose(found.boxes, expected, rtol=1e-6)
    assert found.scores.tolist() == [0.5, 0.25, 1.0]
    assert found.class_ids.tolist() == [0, 16, 79]
    assert (found.boxes.dtype, found.scores.dtype) == (np.float32, np.float32)


def test_only_the_product_of_object_and_class_counts():
    likely = [0, 0, 0, 0, 0.5]
    found = DECODE(raw((0, likely, 1, 0.19), (1, likely, 1, 0.21)), SPEC)
    np.testing.assert_allclose(found.scores, [0.105], rtol=1e-6)


def test_nothing_is_found_in_nothing():
    found = DECODE(raw(), SPEC)
    assert found.boxes.shape == (0, 4)
    assert len(found) == 0


def test_what_it_returns_does_not_change_with_the_next_frame():
    outputs = raw((0, [0, 0, 0, 0, 1], 2, 1.0))
    found = DECODE(outputs, SPEC)
    before = found.boxes.copy()
    outputs["output"][:] = 0.7
    assert found.scores.tolist() == [1.0]
    np.testing.assert_array_equal(found.boxes, before)


def test_another_number_of_cells_is_refused():
    with pytest.raises(ValueError, match="each of the 3549 cells, not 8400"):
        DECODE({"output": np.zeros((1, 8400, 85), np.float32)}, SPEC)
