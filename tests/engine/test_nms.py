import numpy as np
import pytest

from mekiki.detection import Candidates
from mekiki.nms import MOST_CANDIDATES, suppress
from mekiki.spec import NmsSpec

PER_CLASS = NmsSpec(iou=0.5, across_classes_iou=None)
ACROSS = NmsSpec(iou=0.5, across_classes_iou=0.8)


def candidates(*rows):
    """Each row: box, score, class id."""
    boxes, scores, class_ids = zip(*rows, strict=True)
    return Candidates(
        np.array(boxes, np.float32), np.array(scores, np.float32), np.array(class_ids, np.int32)
    )


def random_candidates(seed, count=300):
    """Many overlapping boxes of few classes, partly left of and above the input, with ties."""
    generator = np.random.default_rng(seed)
    corners = generator.uniform(-100, 300, (count, 2))
    sizes = generator.uniform(20, 200, (count, 2))
    boxes = np.hstack((corners, corners + sizes)).astype(np.float32)
    scores = np.round(generator.uniform(0.1, 1, count), 2).astype(np.float32)
    return Candidates(boxes, scores, generator.integers(0, 4, count).astype(np.int32))


def iou(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return width * height / (areas - width * height)


def plain_suppress(found, spec):
    """The definition, written out: indices kept, by descending score."""
    kept = sorted(range(len(found)), key=lambda index: -found.scores[index])
    for limit, same_class_only in ((spec.iou, True), (spec.across_classes_iou, False)):
        if limit is None:
            continue
        survivors = []
        for index in kept:
            rivals = [
                other
                for other in survivors
                if not same_class_only or found.class_ids[other] == found.class_ids[index]
            ]
            box = found.boxes[index].astype(float)
            if all(iou(found.boxes[other].astype(float), box) <= limit for other in rivals):
                survivors.append(index)
        kept = survivors
    return kept


@pytest.mark.parametrize("spec", [PER_CLASS, ACROSS])
@pytest.mark.parametrize("seed", range(5))
def test_it_keeps_what_the_definition_keeps(spec, seed):
    found = random_candidates(seed)
    kept = suppress(found, spec)
    expected = plain_suppress(found, spec)
    assert 0 < len(expected) < len(found)
    np.testing.assert_array_equal(kept.boxes, found.boxes[expected])
    np.testing.assert_array_equal(kept.scores, found.scores[expected])
    np.testing.assert_array_equal(kept.class_ids, found.class_ids[expected])


@pytest.mark.parametrize("spec", [PER_CLASS, ACROSS])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("count", [300, MOST_CANDIDATES + 500])
def test_filtering_afterwards_equals_filtering_before(spec, seed, count):
    found = random_candidates(seed, count)
    everything = suppress(found, spec)
    for threshold in np.float32([0.2, 0.5, 0.55, 0.9]):
        before = suppress(found.take(found.scores >= threshold), spec)
        after = everything.take(everything.scores >= threshold)
        assert len(after) > 0
        np.testing.assert_array_equal(after.boxes, before.boxes)
        np.testing.assert_array_equal(after.scores, before.scores)


def test_classes_stay_apart_even_outside_the_input():
    # cv2's own batched suppression takes these two for one object: it moves class 1 right and
    # down by 1 more than the largest coordinate, and the second box lies that far outside.
    found = candidates(([0, 0, 10, 10], 0.9, 0), ([-11, -11, -1, -1], 0.8, 1))
    assert len(suppress(found, PER_CLASS)) == 2


def test_a_box_of_absurd_size_does_not_disturb_the_others():
    found = candidates(
        ([0, 0, 1e30, 1e30], 0.95, 7),
        ([0, 0, 10, 10], 0.9, 7),
        ([20, 20, 30, 30], 0.8, 7),
        ([20, 21, 30, 31], 0.7, 7),
    )
    assert suppress(found, PER_CLASS).scores.tolist() == np.float32([0.95, 0.9, 0.8]).tolist()


def test_one_place_with_two_names_keeps_the_better_name_only_when_asked():
    found = candidates(([0, 0, 100, 100], 0.4, 15), ([1, 0, 100, 100], 0.8, 16))
    assert suppress(found, PER_CLASS).class_ids.tolist() == [16, 15]
    assert suppress(found, ACROSS).class_ids.tolist() == [16]


def test_what_is_not_a_number_is_dropped():
    found = candidates(
        ([0, 0, np.inf, 10], 0.9, 0),
        ([np.nan, 0, 10, 10], 0.8, 0),
        ([0, 0, 10, 10], np.nan, 0),
        ([0, 0, 10, 10], 0.5, 0),
    )
    assert suppress(found, ACROSS).scores.tolist() == [0.5]


def test_nothing_in_nothing_out():
    empty = random_candidates(0).take(np.zeros(0, np.intp))
    assert len(suppress(empty, ACROSS)) == 0
