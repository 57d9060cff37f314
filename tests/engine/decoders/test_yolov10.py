import numpy as np
import pytest

BOX = [80, 40, 120, 60]
ROWS = {
    "box-score-class": [*BOX, 0.9, 1],
    "box-class-score": [*BOX, 1, 0.9],
    "batch-box-class-score": [0, *BOX, 1, 0.9],
    "batch-box-score-class": [0, *BOX, 0.9, 1],
}


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("flat", [False, True])
def test_rows_are_finished_detections(decoder, row, flat):
    output = np.array([ROWS[row], [0.0] * len(ROWS[row])], np.float32)
    found = decoder("yolov10", row=row)({"output0": output if flat else output[np.newaxis]})
    assert found.boxes.tolist() == [BOX]
    assert found.scores.tolist() == [pytest.approx(0.9)]
    assert found.class_ids.tolist() == [1]


def test_an_empty_picture_has_no_rows(decoder):
    found = decoder("yolov10", row="batch-box-class-score")(
        {"output0": np.zeros((0, 7), np.float32)}
    )
    assert found.boxes.shape == (0, 4)


def test_rows_that_are_not_needed_are_left_out(decoder):
    output = np.array([[[*BOX, 0.9, -1], [*BOX, 0.2, 0], [*BOX, np.nan, 0]]], np.float32)
    assert len(decoder("yolov10")({"output0": output}).scores) == 0


def test_coordinates_from_0_to_1(decoder):
    output = np.array([[[0.25, 0.25, 0.5, 0.5, 0.9, 0]]], np.float32)
    found = decoder("yolov10", coordinates="normalised")({"output0": output})
    assert found.boxes.tolist() == [[80, 40, 160, 80]]


def test_key_points_follow(decoder):
    output = np.array([[[*BOX, 0.9, 0, 90, 45, 0.8]]], np.float32)
    found = decoder("yolov10", labels=["person"], keypoints=1)({"output0": output})
    np.testing.assert_allclose(found.shapes.points, [[[90, 45, 0.8]]])
