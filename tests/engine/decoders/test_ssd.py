import numpy as np
import pytest

NAMES = ("boxes", "scores")
BOXES = [[80, 40, 120, 60], [0, 0, 20, 40], [5, 5, 6, 6]]


def outputs(boxes, scores, *more):
    arrays = zip(("boxes", "scores", "classes"), (boxes, scores, *more), strict=False)
    return {name: np.array([array], np.float32) for name, array in arrays}


def test_each_box_has_its_likeliest_class(decoder):
    found = decoder("ssd", outputs=NAMES)(outputs(BOXES, [[0.9, 0.1], [0.2, 0.6], [0.2, 0.1]]))
    assert found.boxes.tolist() == BOXES[:2]
    assert found.class_ids.tolist() == [0, 1]
    np.testing.assert_allclose(found.scores, [0.9, 0.6])


@pytest.mark.parametrize(("background", "place"), [("first", 0), ("last", 2)])
def test_the_background_is_no_class(decoder, background, place):
    scores = np.insert(np.array([[0.3, 0.6], [0.3, 0.1]]), place, [0.1, 0.6], axis=1)
    decode = decoder("ssd", outputs=NAMES, background=background)
    found = decode(outputs(BOXES[:2], scores))
    assert found.class_ids.tolist() == [1, 0]


def test_logits_become_probabilities(decoder):
    softmax = decoder("ssd", outputs=NAMES, activation="softmax")
    assert softmax(outputs(BOXES[:1], [[0, np.log(4)]])).scores.tolist() == [pytest.approx(0.8)]
    sigmoid = decoder("ssd", outputs=NAMES, activation="sigmoid")
    assert sigmoid(outputs(BOXES[:1], [[-9, np.log(4)]])).scores.tolist() == [pytest.approx(0.8)]


@pytest.mark.parametrize(
    ("form", "box"),
    [
        ("corners", [0.25, 0.25, 0.5, 0.5]),
        ("rows-first", [0.25, 0.25, 0.5, 0.5]),
        ("centre", [0.375, 0.375, 0.25, 0.25]),
    ],
)
def test_boxes_of_every_form(decoder, form, box):
    decode = decoder("ssd", outputs=NAMES, box=form, coordinates="normalised")
    assert decode(outputs([box], [[0.9, 0]])).boxes.tolist() == [[80, 40, 160, 80]]


def test_rows_first_means_y_before_x(decoder):
    decode = decoder("ssd", outputs=NAMES, box="rows-first")
    assert decode(outputs([[1, 2, 3, 4]], [[0.9, 0]])).boxes.tolist() == [[2, 1, 4, 3]]


def test_finished_detections_bring_their_class(decoder):
    decode = decoder("ssd", outputs=(*NAMES, "classes"), first_class=1)
    found = decode(outputs(BOXES, [0.9, 0.6, 0.1], [2, 1, 1]))
    assert found.class_ids.tolist() == [1, 0]
    assert found.boxes.tolist() == BOXES[:2]


def test_as_many_scores_as_boxes_are_expected(decoder):
    with pytest.raises(ValueError, match="scores for 3 boxes"):
        decoder("ssd", outputs=NAMES)(outputs(BOXES, [[0.9, 0.1]] * 4))
