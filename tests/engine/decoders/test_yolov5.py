import numpy as np
import pytest

CAT, DOG = [100, 50, 40, 20, 0.9, 0.9, 0.1], [10, 20, 20, 40, 0.8, 0.2, 0.75]
SPARSE = [5, 5, 1, 1, 0.4, 0.5, 0.5]  # 0.4 * 0.5 is below the floor
NEVER = [5, 5, 1, 1, 0.2, 1, 1]


def rows(*candidates):
    return np.array([candidates], np.float32)


@pytest.mark.parametrize("transposed", [False, True])
def test_a_score_is_that_of_an_object_times_that_of_the_class(decoder, transposed):
    output = rows(CAT, SPARSE, DOG, NEVER, *[NEVER] * 6)
    found = decoder("yolov5")({"output0": output.transpose(0, 2, 1) if transposed else output})
    assert found.boxes.tolist() == [[80, 40, 120, 60], [0, 0, 20, 40]]
    np.testing.assert_allclose(found.scores, [0.81, 0.6], rtol=1e-6)
    assert found.class_ids.tolist() == [0, 1]


def test_coordinates_from_0_to_1(decoder):
    output = rows([0.5, 0.5, 0.25, 0.5, 1, 0.9, 0.1])
    found = decoder("yolov5", coordinates="normalised")({"output0": output})
    assert found.boxes.tolist() == [[120, 40, 200, 120]]


def test_key_points_follow_the_classes(decoder):
    output = rows([100, 50, 40, 20, 1, 0.9, 90, 45, 0.8, 110, 55, 0.3])
    found = decoder("yolov5", labels=["person"], keypoints=2)({"output0": output})
    np.testing.assert_allclose(found.shapes.points, [[[90, 45, 0.8], [110, 55, 0.3]]])


def test_what_is_no_number_is_left_out(decoder):
    broken = [np.nan, np.inf, 1, 1, np.nan, 0.9, 0.9]
    found = decoder("yolov5")({"output0": rows(CAT, broken)})
    assert found.class_ids.tolist() == [0]


def test_another_number_of_classes_is_told(decoder):
    with pytest.raises(ValueError, match="2 classes"):
        decoder("yolov5")({"output0": np.zeros((1, 10, 9), np.float32)})
