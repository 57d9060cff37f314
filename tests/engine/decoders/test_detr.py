import numpy as np
import pytest

NAMES = ("boxes", "logits")


def outputs(boxes, logits):
    return {"boxes": np.array([boxes], np.float32), "logits": np.array([logits], np.float32)}


QUERIES = [[0.5, 0.5, 0.25, 0.5], [0.25, 0.25, 0.1, 0.1], [0.1, 0.1, 0.1, 0.1]]


def test_boxes_are_parts_of_the_input_and_classes_have_a_sigmoid_each(decoder):
    found = decoder("detr", outputs=NAMES)(outputs(QUERIES, [[-9, np.log(4)], [-2, -3], [-9, -9]]))
    assert found.boxes.tolist() == [[120, 40, 200, 120]]
    assert found.scores.tolist() == [pytest.approx(0.8)]
    assert found.class_ids.tolist() == [1]


def test_the_last_class_of_a_softmax_is_none(decoder):
    decode = decoder("detr", outputs=NAMES, activation="softmax", no_object="last")
    found = decode(outputs(QUERIES[:2], [[np.log(8), 0, 0], [0, 0, np.log(98)]]))
    assert found.class_ids.tolist() == [0]
    assert found.scores.tolist() == [pytest.approx(0.8)]


def test_probabilities_and_corners_in_pixels_stay(decoder):
    options = {"activation": "none", "coordinates": "pixels", "box": "corners"}
    decode = decoder("detr", outputs=NAMES, **options)
    found = decode(outputs([[10, 20, 30, 40]], [[0.1, 0.7]]))
    assert found.boxes.tolist() == [[10, 20, 30, 40]]
    assert found.scores.tolist() == [pytest.approx(0.7)]


def test_another_number_of_classes_or_boxes_is_told(decoder):
    decode = decoder("detr", outputs=NAMES)
    with pytest.raises(ValueError, match="2 classes"):
        decode(outputs(QUERIES, [[0, 0, 0, 0]] * 3))
    with pytest.raises(ValueError, match="scores for 1 boxes"):
        decode(outputs(QUERIES[:1], [[0, 0]] * 3))
