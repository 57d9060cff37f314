"""The tracker on picture sequences whose paths are known: boxes only, no pixels."""

import time as clock
from dataclasses import dataclass

import numpy as np
import pytest

from mekiki.detection import Detections
from mekiki.tracker import Tracker

LABELS = ("person", "bicycle", "car", "cat", "dog")
PERSON, BICYCLE, CAR, CAT, DOG = range(5)
SHOWN = 0.35


@dataclass
class Seen:
    """One detection of a frame; `x`, `y` is the box's centre."""

    x: float
    y: float = 200
    width: float = 80
    height: float = 80
    class_id: int = DOG
    score: float = 0.8


def detections(*seen):
    boxes = [
        (s.x - s.width / 2, s.y - s.height / 2, s.x + s.width / 2, s.y + s.height / 2) for s in seen
    ]
    return Detections(
        np.array(boxes, np.float32).reshape(-1, 4),
        np.array([s.score for s in seen], np.float32),
        np.array([s.class_id for s in seen], np.int32),
        LABELS,
    )


class Camera:
    """Feeds frames to a tracker, and keeps the numbers that each frame's detections were given."""

    def __init__(self, width=640, height=480):
        self.tracker = Tracker(width, height)
        self.time = 0.0
        self.numbers = []

    def frame(self, *seen, after=0.1):
        self.time += after
        tracked = self.tracker.update(detections(*seen), self.time, SHOWN)
        self.numbers.append(tracked.numbers.tolist())
        return tracked

    def frames(self, count, *seen, after=0.1):
        for _ in range(count):
            tracked = self.frame(*seen, after=after)
        return tracked


@pytest.fixture
def camera():
    return Camera()


# --- birth and death


def test_an_object_gets_its_number_when_it_is_seen_again(camera):
    camera.frames(3, Seen(100))
    assert camera.numbers == [[0], [1], [1]]


def test_what_is_seen_in_one_frame_only_gets_no_number(camera):
    camera.frames(3, Seen(100))
    camera.frame(Seen(100), Seen(500))
    camera.frame(Seen(100))
    camera.frame(Seen(100), Seen(500))
    camera.frames(2, Seen(100), Seen(300))
    assert camera.numbers[3:] == [[1, 0], [1], [1, 0], [1, 0], [1, 2]]  # and takes none away


def test_noise_below_the_threshold_is_no_object(camera):
    camera.frames(10, Seen(100, score=0.3))
    assert camera.numbers == [[0]] * 10


def test_an_object_that_is_hard_to_see_keeps_its_number(camera):
    camera.frames(3, Seen(100))
    faint = camera.frames(20, Seen(100, score=0.12))
    assert faint.numbers.tolist() == [1]
    assert faint.detections.scores[0] == pytest.approx(0.12)


def test_scores_around_the_threshold_still_make_an_object(camera):
    for score in (0.36, 0.33, 0.37, 0.34, 0.36):
        camera.frame(Seen(100, score=score))
    assert camera.numbers == [[0], [0], [1], [1], [1]]


@pytest.mark.parametrize(("gap", "number"), [(0.3, 1), (0.6, 1), (0.9, 2)])
def test_an_object_is_remembered_for_two_thirds_of_a_second(camera, gap, number):
    camera.frames(3, Seen(100))
    camera.frames(round(gap / 0.1) - 1)  # empty pictures
    camera.frames(2, Seen(100))
    assert camera.numbers[-1] == [number]


def test_one_missed_picture_is_no_death_where_each_takes_a_second(camera):
    camera.frames(3, Seen(100), after=1.0)
    camera.frame(after=1.0)
    camera.frame(Seen(100), after=1.0)
    assert camera.numbers[-1] == [1]
    camera.frames(2, after=1.0)
    camera.frames(2, Seen(100), after=1.0)
    assert camera.numbers[-1] == [2]


# --- the same object, or another


@pytest.mark.parametrize("fps", [4, 10, 30])
def test_objects_that_cross_keep_their_numbers(fps):
    """Two of one class, in opposite directions; where one hides the other, one box is left."""
    for seed in range(20):
        rng = np.random.default_rng(seed)
        camera = Camera()
        numbers = []
        for seconds in np.arange(0, 4, 1 / fps):
            right, left = 120 + 100 * seconds, 520 - 100 * seconds
            places = [right, left] if abs(right - left) > 30 else [left if seed % 2 else right]
            seen = [Seen(x + rng.normal(0, 1.5), 200 + rng.normal(0, 1.5)) for x in places]
            tracked = camera.frame(*seen, after=rng.uniform(0.95, 1.05) / fps)
            if len(seen) == 2:
                numbers.append(tracked.numbers.tolist())
        assert numbers[1:] == [[1, 2]] * (len(numbers) - 1)


def numbers_of(numbers):
    """The one number beside 0."""
    (number,) = numbers - {0}
    return number


def test_many_objects_seen_badly_at_an_uneven_rate_keep_their_numbers():
    rng = np.random.default_rng(7)
    camera = Camera(1280, 720)
    first = np.stack(np.meshgrid(np.arange(150, 1200, 200), (150, 350, 550)), -1).reshape(-1, 2)
    phases = rng.uniform(0, 6.28, len(first))
    owners = [set() for _ in first]
    while camera.time < 12:
        after = rng.choice([0.05, 0.1, 0.2])
        now = camera.time + after
        there = np.flatnonzero(rng.random(len(first)) > 0.15)  # 15 % of all are missed
        seen = []
        for each in there:
            sway = 60 * np.array((np.sin(now + phases[each]), np.cos(now + phases[each])))
            x, y = first[each] + sway + rng.normal(0, 2, 2)
            seen.append(Seen(x, y, score=rng.uniform(0.15, 0.9), class_id=int(each) % 3))
        tracked = camera.frame(*seen, after=after)
        for each, number in zip(there, tracked.numbers.tolist(), strict=True):
            owners[each].add(number)
    numbers = [numbers_of(owner) for owner in owners]
    assert sorted(numbers) == list(range(1, len(first) + 1))


def test_a_small_object_is_followed_when_the_phone_is_turned(camera):
    """Five pictures a second, in each of which it lies clear of where it lay before."""
    for step in range(10):
        camera.frame(Seen(60 + 55 * step, width=50, height=50), after=0.2)
    assert camera.numbers == [[0]] + [[1]] * 9


def test_another_object_at_another_place_gets_another_number(camera):
    camera.frames(3, Seen(100))
    camera.frames(3, Seen(400))
    assert camera.numbers[-1] == [2]


def test_a_dog_that_is_taken_for_a_cat_stays_the_same_dog(camera):
    for class_id in (DOG, DOG, DOG, CAT, DOG, CAT, DOG, CAT):
        tracked = camera.frame(Seen(100, class_id=class_id))
        assert tracked.detections.class_ids.tolist() == [DOG]
    assert camera.numbers[1:] == [[1]] * 7


def test_things_of_two_classes_in_one_place_do_not_take_each_others_numbers(camera):
    """The phone moves by what lies between them: each is now where the other was."""
    camera.frames(3, Seen(100, class_id=PERSON), Seen(112, class_id=CAR))
    camera.frames(2, Seen(112, class_id=PERSON), Seen(124, class_id=CAR))
    camera.frame(Seen(136, class_id=CAR), Seen(124, class_id=PERSON))
    assert camera.numbers[2:] == [[1, 2], [1, 2], [1, 2], [2, 1]]


def test_noise_nearby_does_not_carry_a_number_away(camera):
    camera.frames(5, Seen(100))
    camera.frame(Seen(150, score=0.15))
    camera.frame(Seen(100))
    assert camera.numbers[-2:] == [[0], [1]]


def test_what_an_object_was_taken_for_long_ago_counts_no_more(camera):
    camera.frames(50, Seen(100, class_id=DOG))
    tracked = camera.frames(20, Seen(100, class_id=CAT))
    assert tracked.detections.class_ids.tolist() == [CAT]
    assert tracked.numbers.tolist() == [1]


def test_an_object_that_turns_out_to_be_a_cat_becomes_one_under_its_number(camera):
    camera.frames(3, Seen(100, class_id=DOG, score=0.5))
    tracked = camera.frames(8, Seen(100, class_id=CAT))
    assert tracked.numbers.tolist() == [1]
    assert tracked.detections.to_plain()[0]["label"] == "cat"


def test_a_person_on_a_bicycle_are_two_also_when_one_is_missed(camera):
    person = Seen(100, 170, width=60, height=140, class_id=PERSON)
    bicycle = Seen(100, 210, width=100, height=80, class_id=BICYCLE)
    camera.frames(3, person, bicycle)
    camera.frames(2, bicycle)
    camera.frames(2, person)
    camera.frame(bicycle, person)
    assert camera.numbers[2:] == [[1, 2], [2], [2], [1], [1], [2, 1]]


def test_the_surer_object_chooses_first(camera):
    """A flicker beside an object does not take its box over."""
    camera.frames(5, Seen(100))
    camera.frame(Seen(100), Seen(130))
    camera.frame(Seen(125))
    assert camera.numbers[-1] == [1]


def test_a_shown_box_comes_before_a_faint_one_that_lies_better(camera):
    camera.frames(5, Seen(100))
    camera.frame(Seen(112), Seen(100, score=0.2))
    assert camera.numbers[-1] == [1, 0]


# --- where it starts anew


def test_numbers_start_again_after_a_jump_in_time(camera):
    camera.frames(3, Seen(100), Seen(300))
    camera.frames(2, Seen(300), after=10)
    assert camera.numbers[-2:] == [[0], [0]]
    camera.frame(Seen(300))
    assert camera.numbers[-1] == [1]


def test_numbers_start_again_when_time_goes_back(camera):
    camera.frames(3, Seen(100), Seen(300))
    camera.frame(Seen(300), after=-0.2)
    camera.frame(Seen(300))
    assert camera.numbers[-2:] == [[0], [1]]


def test_a_picture_that_comes_twice_does_no_harm(camera):
    camera.frames(3, Seen(100))
    tracked = camera.frames(3, Seen(102), after=0)
    assert tracked.numbers.tolist() == [1]
    assert np.isfinite(tracked.detections.boxes).all()


# --- boxes


@pytest.mark.parametrize("fps", [5, 15, 30])
def test_boxes_are_steadier_than_they_were_found_and_lag_little(fps):
    """At 120 px/s, and drawn 150 ms after their frame, as on a phone."""
    rng = np.random.default_rng(11)
    camera = Camera(2000, 720)
    raw, smooth, ahead = [], [], []
    while camera.time < 12:
        after = rng.uniform(0.7, 1.3) / fps
        x = 100 + 120 * (camera.time + after)
        seen = Seen(x + rng.normal(0, 2), 200 + rng.normal(0, 2))
        tracked = camera.frame(seen, after=after)
        if camera.time > 1:
            box, velocity = tracked.detections.boxes[0], tracked.velocities[0]
            centre = (box[0] + box[2]) / 2
            raw.append(seen.x - x)
            smooth.append(centre - x)
            ahead.append(centre + (velocity[0] + velocity[2] / 2) * 0.15 - (x + 120 * 0.15))
    assert rms(smooth) < rms(raw)
    assert abs(np.mean(smooth)) < 1  # px of lag
    assert rms(ahead) < 120 * 0.15 / 3  # a box that waits for the next answer is 18 px behind


def rms(errors):
    return float(np.sqrt(np.mean(np.square(errors))))


def test_a_thing_that_lies_still_is_drawn_still():
    rng = np.random.default_rng(12)
    camera = Camera()
    found = []
    for _ in range(150):
        seen = Seen(200 + rng.normal(0, 2), 200 + rng.normal(0, 2))
        tracked = camera.frame(seen, after=1 / 15)
        found.append((seen.x, tracked.detections.boxes[0, [0, 2]].mean()))
    raw, smooth = np.diff(np.array(found[15:]), axis=0).std(axis=0)
    assert smooth < 0.6 * raw


def test_what_has_no_number_is_as_it_was_found(camera):
    seen = detections(Seen(100), Seen(300, score=0.2))
    tracked = camera.tracker.update(seen, 1.0, SHOWN)
    np.testing.assert_array_equal(tracked.detections.boxes, seen.boxes)
    np.testing.assert_array_equal(tracked.velocities, 0)
    assert all("track" not in each for each in tracked.to_plain())


def test_order_and_scores_stay(camera):
    seen = [Seen(100, score=0.9), Seen(300, score=0.6), Seen(500, score=0.2)]
    camera.frames(3, *seen)
    tracked = camera.frame(*seen[::-1])
    assert tracked.numbers.tolist() == [0, 2, 1]
    np.testing.assert_allclose(tracked.detections.scores, [0.2, 0.6, 0.9])


def test_boxes_stay_in_the_frame(camera):
    for step in range(12):
        left = max(0, 120 - 15 * step)
        right = max(10, 200 - 15 * step)  # what is left of it as it goes out
        tracked = camera.frame(Seen((left + right) / 2, width=right - left))
        boxes = tracked.detections.boxes
        assert (boxes >= 0).all()
        assert (boxes <= [640, 480, 640, 480]).all()
        assert (boxes[:, 2] > boxes[:, 0]).all()


def test_plain_form_has_number_and_velocity_in_pixels_of_the_source(camera):
    for step in range(20):
        tracked = camera.frame(Seen(100 + 10 * step))
    (plain,) = tracked.scaled(2, 3).to_plain()
    assert plain["track"] == 1
    assert plain["label"] == "dog"
    np.testing.assert_allclose(plain["box"], [500, 480, 160, 240], atol=4)
    np.testing.assert_allclose(plain["velocity"], [200, 0, 0, 0], atol=20)


def test_pictures_without_anything(camera):
    assert camera.frames(3).to_plain() == []
    camera.frames(3, Seen(100))
    assert camera.frame().to_plain() == []


def test_twenty_objects_take_less_than_a_millisecond():
    rng = np.random.default_rng(13)
    camera = Camera(1280, 720)
    places = [Seen(*rng.uniform(50, 650, 2)) for _ in range(20)]
    noise = [Seen(*rng.uniform(50, 650, 2), score=0.15) for _ in range(50)]
    taken = []
    for _ in range(50):
        started = clock.perf_counter()
        camera.frame(*places, *noise)
        taken.append(clock.perf_counter() - started)
    assert min(taken) < 0.001
