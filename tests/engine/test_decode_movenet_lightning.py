import numpy as np
import pytest

from mekiki.loader import load_model
from tools.paths import MODELS

SPEC, DECODE = load_model(MODELS / "movenet-lightning")
JOINTS, CELLS = 17, 48  # a cell is 4 px of the 192


def logit(probability):
    return float(np.log(probability / (1 - probability)))


def raw(centres=(), joints=(), regress=(), offsets=()):
    """Maps with the given values; logits elsewhere say no, regressions and offsets are zero.

    Args:
        centres: (row, column, probability).
        joints: (joint, row, column, probability).
        regress: (joint, row, column, rows down, columns to the right).
        offsets: likewise, in parts of a cell.
    """
    outputs = {
        "heat": np.full((1, JOINTS, CELLS, CELLS), -30, np.float32),
        "center": np.full((1, 1, CELLS, CELLS), -30, np.float32),
        "regress": np.zeros((1, 2 * JOINTS, CELLS, CELLS), np.float32),
        "offset": np.zeros((1, 2 * JOINTS, CELLS, CELLS), np.float32),
    }
    for row, column, probability in centres:
        outputs["center"][0, 0, row, column] = logit(probability)
    for joint, row, column, probability in joints:
        outputs["heat"][0, joint, row, column] = logit(probability)
    for name, values in (("regress", regress), ("offset", offsets)):
        for joint, row, column, down, right in values:
            outputs[name][0, 2 * joint : 2 * joint + 2, row, column] = (down, right)
    return outputs


def standing(*changed, probability=0.5):
    """A person with the centre at (20, 30) whose joints are in column 32, one below the other."""
    everybody = {joint: (joint, 12 + joint, 32, probability) for joint in range(JOINTS)}
    return everybody | {each[0]: each for each in changed}


def guesses(row=20, column=30):
    """What the cell of the centre says of the joints of `standing`."""
    return [(joint, row, column, 12 + joint - row, 32 - column) for joint in range(JOINTS)]


def test_joints_are_peaks_with_their_offsets():
    offsets = [(joint, 12 + joint, 32, 0.25, 0.5) for joint in range(JOINTS)]
    joints = standing(probability=0.75).values()
    found = DECODE(raw([(20, 30, 0.9)], joints, guesses(), offsets), SPEC)
    expected = [[[32.5 * 4, (12.25 + joint) * 4, 0.75] for joint in range(JOINTS)]]
    np.testing.assert_allclose(found.shapes.points, expected, rtol=1e-6)
    assert found.shapes.points.dtype == found.boxes.dtype == np.float32
    # From y = 49 to 113, a tenth of that more on both sides, and a pixel.
    np.testing.assert_allclose(found.boxes, [[129, 41.6, 131, 120.4]], rtol=1e-6)
    np.testing.assert_allclose(found.scores, [0.75], rtol=1e-6)
    assert found.class_ids.tolist() == [0]


@pytest.mark.parametrize(("near", "column"), [(0.5, 32), (0.05, 42)])
def test_a_peak_where_the_joint_is_expected_wins_unless_it_is_faint(near, column):
    # At the guess it counts near / 1.8, ten cells away 0.9 / 11.8.
    joints = [*standing((0, 12, 42, 0.9)).values(), (0, 12, 32, near)]
    found = DECODE(raw([(20, 30, 0.9)], joints, guesses()), SPEC)
    assert found.shapes.points[0, 0, 0] == column * 4


def test_of_two_people_the_one_in_the_middle_is_found():
    centres = [(24, 40, 0.9), (24, 26, 0.9)]
    expected = [(3, 24, 40, 0, 5), (3, 24, 26, 0, -5)]
    joints = [*standing().values(), (3, 24, 45, 0.9), (3, 24, 21, 0.9)]
    found = DECODE(raw(centres, joints, expected), SPEC)
    assert found.shapes.points[0, 3, :2].tolist() == [21 * 4, 24 * 4]


def test_the_box_surrounds_the_joints_that_are_seen():
    joints = standing((0, 12, 2, 0.2), (1, 13, 32, 0.2)).values()
    found = DECODE(raw([(20, 30, 0.9)], joints, guesses()), SPEC)
    np.testing.assert_allclose(found.boxes[0, [1, 3]], [56 - 6.6, 112 + 6.6], rtol=1e-6)


def test_the_box_surrounds_all_joints_where_none_is_clearly_seen():
    joints = standing(probability=0.2).values()
    found = DECODE(raw([(20, 30, 0.9)], joints, guesses()), SPEC)
    np.testing.assert_allclose(found.boxes[0, [1, 3]], [48 - 7.4, 112 + 7.4], rtol=1e-6)


@pytest.mark.parametrize(("probability", "count"), [(0.09, 0), (0.11, 1)])
def test_a_person_below_the_floor_is_left_out(probability, count):
    joints = standing(probability=probability).values()
    found = DECODE(raw([(20, 30, 0.9)], joints, guesses()), SPEC)
    assert found.boxes.shape == (count, 4)
    assert found.shapes.points.shape == (count, JOINTS, 3)


def test_nothing_is_found_in_nothing():
    assert DECODE(raw(), SPEC).boxes.shape == (0, 4)
