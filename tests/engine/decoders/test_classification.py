import numpy as np
import pytest

LABELS = [f"class {number}" for number in range(8)]


def logits(**values):
    found = np.full((1, 8), -20.0, np.float32)
    for place, value in values.items():
        found[0, int(place[1:])] = value
    return {"output0": found}


def test_logits_become_probabilities_of_the_whole_input(decoder):
    decode = decoder("classification", LABELS, task="classification")
    found = decode(logits(_3=np.log(4), _5=0))
    assert found.class_ids.tolist() == [3]
    assert found.scores.tolist() == [pytest.approx(0.8)]
    assert found.boxes.tolist() == [[0, 0, 320, 160]]


def test_probabilities_stay(decoder):
    probabilities = np.array([[0.7, 0.3, 0, 0, 0, 0, 0, 0]], np.float32)
    found = decoder("classification", LABELS)({"output0": probabilities})
    np.testing.assert_allclose(found.scores, [0.7, 0.3])


def test_several_things_at_once_have_a_sigmoid_each(decoder):
    decode = decoder("classification", LABELS, activation="sigmoid", top=2)
    found = decode(logits(_1=np.log(4), _2=np.log(9), _3=np.log(3)))
    assert found.class_ids.tolist() == [2, 1]
    np.testing.assert_allclose(found.scores, [0.9, 0.8], rtol=1e-6)


def test_the_output_may_have_pixels_of_one(decoder):
    found = logits(_3=9)["output0"].reshape(1, 8, 1, 1)
    assert decoder("classification", LABELS)({"output0": found}).class_ids.tolist() == [3]


def test_another_number_of_classes_is_told(decoder):
    with pytest.raises(ValueError, match="8 classes"):
        decoder("classification", LABELS)({"output0": np.zeros((1, 9), np.float32)})
