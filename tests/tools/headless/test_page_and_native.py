"""When two engines agree."""

import pytest

from tools.headless.agreement import compare, iou


def found(score=0.8, x=10.0, class_id=0):
    box = {"x": x, "y": 20.0, "width": 100.0, "height": 50.0}
    return {"class_id": class_id, "label": "dog", "score": score, "box": box}


def agreement(browser, native):
    return compare(browser, native, lambda _class_id: 0.5)


def test_the_same_agrees_in_any_order():
    some = [found(0.9), found(0.7, 300)]
    made = agreement(some, some[::-1])
    assert made["agrees"]
    assert (made["pairs"], made["score"], made["box"], made["iou"]) == (2, 0, 0, 1)


@pytest.mark.parametrize("other", [found(0.79), found(x=12.0), found(class_id=1)])
def test_another_score_box_or_class_does_not(other):
    assert not agreement([found()], [other])["agrees"]


def test_what_only_one_finds_counts_unless_it_is_at_the_threshold():
    assert not agreement([found(0.6)], [])["agrees"]
    assert not agreement([], [found(0.6)])["agrees"]
    made = agreement([found(0.502)], [])
    assert made["agrees"]
    assert made["alone"] == [{"by": "browser", "label": "dog", "score": 0.502, "near": True}]


def test_overlap_is_that_of_areas():
    assert iou(found()["box"], found(x=60.0)["box"]) == pytest.approx(1 / 3)
    assert iou(found()["box"], found(x=110.0)["box"]) == 0
