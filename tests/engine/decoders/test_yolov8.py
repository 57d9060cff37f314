import numpy as np
import pytest

from mekiki.errors import MekikiError


def columns(*candidates, rest=6):
    """An output (1, values, N): the candidates, and `rest` empty cells."""
    width = len(candidates[0])
    table = np.zeros((1, width, len(candidates) + rest), np.float32)
    table[0, :, : len(candidates)] = np.array(candidates, np.float32).T
    return table


CAT, DOG = [100, 50, 40, 20, 0.9, 0.1], [10, 20, 20, 40, 0.2, 0.6]


@pytest.mark.parametrize("transposed", [False, True])
def test_boxes_and_the_likeliest_class(decoder, transposed):
    output = columns(CAT, [5, 5, 1, 1, 0.24, 0.1], DOG)
    found = decoder("yolov8")({"output0": output.transpose(0, 2, 1) if transposed else output})
    assert found.boxes.tolist() == [[80, 40, 120, 60], [0, 0, 20, 40]]
    np.testing.assert_allclose(found.scores, [0.9, 0.6])
    assert found.class_ids.tolist() == [0, 1]
    assert (found.boxes.dtype, found.scores.dtype) == (np.float32, np.float32)
    assert found.class_ids.dtype == np.int32


def test_every_class_that_is_likely(decoder):
    output = columns([100, 50, 40, 20, 0.9, 0.25], DOG)
    found = decoder("yolov8", classes="all")({"output0": output})
    assert sorted(zip(found.class_ids.tolist(), found.boxes[:, 0].tolist(), strict=True)) == [
        (0, 80.0),
        (1, 0.0),
        (1, 80.0),
    ]


def test_coordinates_from_0_to_1(decoder):
    output = columns([0.5, 0.5, 0.25, 0.5, 0.9, 0.1])
    found = decoder("yolov8", coordinates="normalised")({"output0": output})
    assert found.boxes.tolist() == [[120, 40, 200, 120]]


def test_key_points(decoder):
    output = columns([100, 50, 40, 20, 0.9, 90, 45, 0.8, 110, 55, 0.3])
    decode = decoder("yolov8", labels=["person"], keypoints=2)
    found = decode({"output0": output})
    np.testing.assert_allclose(found.shapes.points, [[[90, 45, 0.8], [110, 55, 0.3]]])
    assert decode({"output0": output * 0}).shapes.points.shape == (0, 2, 3)


def test_key_points_without_a_score(decoder):
    output = columns([0.5, 0.5, 0.1, 0.1, 0.9, 0.25, 0.75])
    options = {"keypoints": 1, "keypoint_values": 2, "coordinates": "normalised"}
    found = decoder("yolov8", labels=["person"], **options)({"output0": output})
    assert found.shapes.points.tolist() == [[[80, 120, 1]]]


def test_what_it_returns_does_not_change_with_the_next_frame(decoder):
    output = columns([100, 50, 40, 20, 0.9, 90, 45, 0.8])
    found = decoder("yolov8", labels=["person"], keypoints=1)({"output0": output})
    output[:] = 7
    assert found.boxes.tolist() == [[80, 40, 120, 60]]
    np.testing.assert_allclose(found.scores, [0.9])
    np.testing.assert_allclose(found.shapes.points, [[[90, 45, 0.8]]])


def test_what_is_no_number_is_not_found(decoder):
    output = columns([1, 1, 1, 1, np.nan, 0.1], [np.inf, 1, np.inf, 1, 0.9, 0], CAT)
    with np.errstate(all="raise"):
        found = decoder("yolov8")({"output0": output})
    finite = found.take(np.isfinite(found.boxes).all(axis=1))
    assert finite.boxes.tolist() == [[80, 40, 120, 60]]


def test_a_shape_that_does_not_fit_says_what_was_expected(decoder):
    message = r"expected 6 numbers a candidate .*2 classes.*, but the output is \(1, 84, 8400\)"
    with pytest.raises(ValueError, match=message):
        decoder("yolov8")({"output0": np.zeros((1, 84, 8400), np.float32)})
    with pytest.raises(ValueError, match=r"expected an output \(1, rows, columns\)"):
        decoder("yolov8")({"output0": np.zeros((2, 6, 8400), np.float32)})


@pytest.mark.parametrize(
    ("key", "value"),
    [("classes", "some"), ("coordinates", "metres"), ("keypoints", -1), ("keypoint_values", 4)],
)
def test_options_that_are_wrong_are_named(decoder, key, value):
    with pytest.raises(MekikiError) as error:
        decoder("yolov8", **{key: value})({"output0": columns(CAT)})
    assert (error.value.code, error.value.data["key"]) == ("spec-invalid", f"decoder.{key}")
