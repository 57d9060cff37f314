import numpy as np

from mekiki.loader import load_model
from tools.paths import MODELS

SPEC, DECODE = load_model(MODELS / "blazeface-back")


def raw(*anchors):
    """Outputs with the given (output, row, logit, first regressions); others are no face."""
    outputs = {
        "score16": np.full((1, 512, 1), -1000, np.float32),
        "score8": np.full((1, 384, 1), -1000, np.float32),
        "reg16": np.zeros((1, 512, 16), np.float32),
        "reg8": np.zeros((1, 384, 16), np.float32),
    }
    for name, row, logit, box in anchors:
        outputs[f"score{name}"][0, row, 0] = logit
        outputs[f"reg{name}"][0, row, : len(box)] = box
    return outputs


def test_an_anchor_of_each_grid():
    # 16 x 16 cells of 16 px with 2 anchors each, then 8 x 8 cells of 32 px with 6 each.
    found = DECODE(
        raw(
            (16, (16 * 1 + 2) * 2 + 1, 0.0, [3, -4, 10, 20]),  # column 2, row 1
            (8, (8 * 7 + 7) * 6 + 5, 1000.0, [0, 0, 50, 50]),  # the last of all
        ),
        SPEC,
    )
    assert found.boxes.tolist() == [[43 - 5, 20 - 10, 43 + 5, 20 + 10], [215, 215, 265, 265]]
    assert found.scores.tolist() == [0.5, 1.0]
    assert found.class_ids.tolist() == [0, 0]


def test_six_points_are_told_from_the_anchor_too():
    # Column 2, row 1 of the 16 x 16 cells: the anchor is at (40, 24).
    places = [-10, -5, 10, -5, 0, 2.5, 0, 10, -20, 0, 20, 0]  # eyes, nose, mouth, ears
    found = DECODE(raw((16, (16 + 2) * 2, 0.0, [0, 0, 50, 50, *places])), SPEC)
    expected = [[30, 19], [50, 19], [40, 26.5], [40, 34], [20, 24], [60, 24]]
    assert found.shapes.points[..., :2].tolist() == [expected]
    assert found.shapes.points[..., 2].tolist() == [[0.5] * 6]
    assert found.shapes.points.dtype == np.float32


def test_scores_below_the_floor_are_left_out():
    floor = np.log(SPEC.score.floor / (1 - SPEC.score.floor))
    found = DECODE(raw((8, 0, floor - 0.01, [0] * 4), (8, 1, floor + 0.01, [0] * 4)), SPEC)
    assert len(found) == 1


def test_nothing_is_found_in_nothing():
    found = DECODE(raw(), SPEC)
    assert found.boxes.shape == (0, 4)
    assert found.shapes.points.shape == (0, 6, 3)
