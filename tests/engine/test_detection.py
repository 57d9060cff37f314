import json

import numpy as np

from mekiki.detection import Detections

FOUND = Detections(
    np.array([[10, 20, 30, 60], [0, 0, 5, 5]], np.float32),
    np.array([0.75, 0.25], np.float32),
    np.array([1, 0], np.int32),
    ("cat", "dog"),
)


def test_plain_numbers_survive_json():
    assert json.loads(json.dumps(FOUND.to_plain())) == [
        {"class_id": 1, "label": "dog", "score": 0.75, "box": [10, 20, 20, 40]},
        {"class_id": 0, "label": "cat", "score": 0.25, "box": [0, 0, 5, 5]},
    ]


def test_at_least_keeps_the_score_itself():
    assert FOUND.at_least(0.75).scores.tolist() == [0.75]
    assert FOUND.at_least(0.76).to_plain() == []


def test_scaling_moves_each_axis_by_its_own():
    assert FOUND.scaled(2, 0.5).boxes.tolist() == [[20, 10, 60, 30], [0, 0, 10, 2.5]]
    assert FOUND.boxes[0].tolist() == [10, 20, 30, 60]
