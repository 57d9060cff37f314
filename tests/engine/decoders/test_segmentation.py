import numpy as np
import pytest

# An input of 320 x 160 with a map of 32 x 16: 10 px a cell. Rows 4 to 11, columns 8 to 23.
INSIDE = np.s_[4:12, 8:24]
BOX = [80, 40, 240, 120]


def planes(channels, inside, value=5.0):
    found = np.zeros((1, channels, 16, 32), np.float32)
    found[0, 0] = 1
    found[(0, inside, *INSIDE)] = value
    return found


def near(found, box=BOX):
    return found.boxes.tolist() == [pytest.approx(box, abs=8)]


@pytest.mark.parametrize("last", [False, True])
def test_pixels_of_a_class_are_one_outline(decoder, last):
    output = planes(3, 2)
    decode = decoder("segmentation", task="mask")
    found = decode({"output0": output.transpose(0, 2, 3, 1) if last else output})
    assert found.class_ids.tolist() == [1]
    assert near(found)
    (ring,) = found.shapes.polygons[0]
    assert ring.dtype == np.float32
    assert found.scores[0] == pytest.approx(np.exp(5) / (np.exp(5) + np.e + 1), abs=1e-5)


def test_without_a_background_every_channel_is_a_class(decoder):
    found = decoder("segmentation", background="none")({"output0": planes(2, 1)})
    assert sorted(found.class_ids.tolist()) == [0, 1]


def test_one_channel_is_a_mask_from_its_threshold_on(decoder):
    output = np.full((1, 1, 16, 32), 0.1, np.float32)
    output[(0, 0, *INSIDE)] = 0.7
    found = decoder("segmentation", ["person"])({"output0": output})
    assert near(found)
    assert found.scores.tolist() == [pytest.approx(0.7)]
    strict = decoder("segmentation", ["person"], threshold=0.8)({"output0": output})
    assert len(strict.scores) == 0


def test_logits_of_one_channel_have_a_sigmoid(decoder):
    output = np.full((1, 1, 16, 32), -5, np.float32)
    output[(0, 0, *INSIDE)] = np.log(4)
    found = decoder("segmentation", ["person"])({"output0": output})
    assert found.scores.tolist() == [pytest.approx(0.8)]


def test_class_ids_may_be_the_output(decoder):
    ids = np.zeros((1, 16, 32), np.float32)
    ids[(0, *INSIDE)] = 2
    found = decoder("segmentation", values="classes")({"output0": ids})
    assert (found.class_ids.tolist(), found.scores.tolist()) == ([1], [1])
    assert near(found)


def test_another_number_of_channels_is_told(decoder):
    with pytest.raises(ValueError, match="3 channels"):
        decoder("segmentation")({"output0": np.zeros((1, 5, 16, 32), np.float32)})
