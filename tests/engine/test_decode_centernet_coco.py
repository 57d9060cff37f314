import cv2
import numpy as np

from mekiki.loader import load_model
from tools.paths import MODELS

SPEC, DECODE = load_model(MODELS / "centernet-coco")


def raw(*peaks, distances=(0, 0, 0, 0)):
    """Outputs with the given (class id, row, column, probability) and the same distances."""
    heatmap = np.zeros((1, 80, 104, 104), np.float32)
    for class_id, row, column, probability in peaks:
        heatmap[0, class_id, row, column] = probability
    wh = np.broadcast_to(np.array(distances, np.float32).reshape(1, 4, 1, 1), (1, 4, 104, 104))
    return {"heatmap": heatmap, "wh": wh.copy()}


def places(found):
    """Centres in cells, for boxes of no size."""
    return (found.boxes[:, :2] / 4).tolist()


def test_a_peak_with_its_four_distances():
    found = DECODE(raw((16, 10, 20, 0.75), distances=(1, 2, 3, 4)), SPEC)
    assert found.boxes.tolist() == [[80 - 1, 40 - 2, 80 + 3, 40 + 4]]
    assert found.scores.tolist() == [0.75]
    assert found.class_ids.tolist() == [16]
    assert (found.boxes.dtype, found.class_ids.dtype) == (np.float32, np.int32)


def test_of_neighbours_only_the_highest_is_a_peak():
    found = DECODE(raw((0, 5, 5, 0.5), (0, 6, 6, 0.6), (0, 7, 7, 0.55), (0, 9, 6, 0.3)), SPEC)
    assert places(found) == [[6, 6], [6, 9]]


def test_classes_do_not_compete():
    found = DECODE(raw((0, 5, 5, 0.5), (1, 5, 6, 0.6)), SPEC)
    assert found.class_ids.tolist() == [1, 0]


def test_corners_are_peaks_and_do_not_touch_the_other_side():
    found = DECODE(raw((3, 0, 0, 0.5), (3, 103, 103, 0.6), (3, 0, 103, 0.7)), SPEC)
    assert places(found) == [[103, 0], [103, 103], [0, 0]]


def test_peaks_agree_with_a_dilation_of_the_whole_map():
    heatmap = np.random.default_rng(0).uniform(0, 0.15, (1, 80, 104, 104)).astype(np.float32)
    found = DECODE({"heatmap": heatmap, "wh": np.zeros((1, 4, 104, 104), np.float32)}, SPEC)
    kernel = np.ones((3, 3), np.uint8)
    highest = np.stack([cv2.dilate(one_class, kernel) for one_class in heatmap[0]])
    peaks = heatmap[0][(heatmap[0] == highest) & (heatmap[0] >= 0.1)]
    assert len(peaks) > 100
    np.testing.assert_array_equal(found.scores, np.sort(peaks)[::-1][:100])


def test_nothing_is_found_in_nothing():
    assert DECODE(raw(), SPEC).boxes.shape == (0, 4)
