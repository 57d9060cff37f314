"""The filter behind the tracker, on paths that are known."""

import numpy as np
import pytest

from mekiki.motion import Motion

SIDE = 100.0
NOBODY = np.zeros(1, np.bool_)
FIRST = np.zeros(1, np.intp)


def square(x, y=200.0, side=SIDE):
    return np.array([[x - side / 2, y - side / 2, x + side / 2, y + side / 2]])


def follow(times, xs):
    """Centre x and its velocity at each time, as one box is followed along xs."""
    motion = Motion()
    motion.add(square(xs[0]))
    found = [(xs[0], 0.0)]
    for before, now, x in zip(times, times[1:], xs[1:], strict=False):
        motion.predict(now - before, NOBODY)
        motion.correct(FIRST, square(x), now - before)
        velocity = motion.velocities()[0]
        found.append((motion.state[0, 0, 0], velocity[0] + velocity[2] / 2))
    return np.array(found).T


def irregular(rng, fps, seconds):
    """Times of frames that come now sooner, now later, as on a phone."""
    times = np.arange(0, seconds, 1 / fps)
    return times + rng.uniform(-0.3, 0.3, len(times)) / fps


def rms(errors):
    return float(np.sqrt(np.mean(errors**2)))


@pytest.mark.parametrize("fps", [3, 10, 30])
def test_a_steady_path_is_followed_exactly_whatever_the_frame_rate(fps):
    times = irregular(np.random.default_rng(1), fps, 4)
    position, velocity = follow(times, 50 + 80 * times)
    late = times > 2
    assert np.abs(position - (50 + 80 * times))[late].max() < 1
    np.testing.assert_allclose(velocity[late], 80, rtol=0.1)


@pytest.mark.parametrize(("fps", "left"), [(3, 0.95), (10, 0.85), (30, 0.7)])
def test_noise_of_a_box_that_lies_still_is_smoothed_and_gives_no_velocity(fps, left):
    rng = np.random.default_rng(2)
    times = irregular(rng, fps, 20)
    seen = 200 + rng.normal(0, 2, len(times))
    position, velocity = follow(times, seen)
    late = times > 2
    assert rms(position[late] - 200) < left * rms(seen[late] - 200)
    assert rms(velocity[late]) < 5  # 1 px in 0.2 s


@pytest.mark.parametrize("fps", [3, 10, 30])
def test_a_box_that_sets_off_is_not_left_behind(fps):
    """Three of its widths a second, from one frame to the next. A tenth of a second later a box
    that waits for the next answer would be 45 px behind."""
    rng = np.random.default_rng(3)
    times = irregular(rng, fps, 4)
    path = 200 + 300 * np.maximum(times - 2, 0)
    position, velocity = follow(times, path + rng.normal(0, 1, len(times)))
    assert np.abs(position - path).max() < 7
    assert np.abs(position - path)[times > 2.34].max() < 2
    ahead = position + velocity * 0.15 - (path + 300 * 0.15)
    assert np.abs(ahead)[times > 2.1].max() < 20


def test_drawn_at_the_time_of_a_later_frame_a_moving_box_is_where_the_object_is():
    rng = np.random.default_rng(4)
    times = irregular(rng, 8, 10)
    position, velocity = follow(times, 80 * times + rng.normal(0, 2, len(times)))
    late, latency = times > 1, 0.2
    where = 80 * (times + latency)
    ahead = rms((position + velocity * latency - where)[late])
    assert ahead < 5
    assert rms((position - where)[late]) > 14  # a box that waits for the next answer


def test_size_is_followed_too():
    motion = Motion()
    motion.add(square(200))
    for frame in range(1, 11):
        motion.predict(0.1, NOBODY)
        motion.correct(FIRST, square(200, side=100 + 15 * frame), 0.1)
    left, top, width, height = motion.velocities()[0]
    np.testing.assert_allclose([width, height], 150, rtol=0.2)
    np.testing.assert_allclose([left, top], -75, rtol=0.2)  # its sides move apart
    np.testing.assert_allclose(motion.boxes(), square(200, side=250), atol=3)


def test_an_unseen_box_goes_on_but_keeps_its_size():
    motion = Motion()
    motion.add(square(200))
    for frame in range(1, 31):
        motion.predict(0.1, NOBODY)
        motion.correct(FIRST, square(200 + 10 * frame, side=100 + 4 * frame), 0.1)
    before = motion.state[0, 0].copy()
    motion.predict(0.5, np.ones(1, np.bool_))
    assert motion.state[0, 0, 0] - before[0] == pytest.approx(50, rel=0.1)
    np.testing.assert_array_equal(motion.state[0, 0, 2:], before[2:])


def test_boxes_are_filtered_apart_and_forgotten_apart():
    both, alone = Motion(), Motion()
    both.add(np.vstack((square(100), square(400, side=30))))
    alone.add(square(400, side=30))
    for frame in range(1, 6):
        for motion in (both, alone):
            motion.predict(0.1, np.zeros(motion.state.shape[1], np.bool_))
        both.correct(np.array([1]), square(400 + 9 * frame, side=30), 0.1)
        alone.correct(FIRST, square(400 + 9 * frame, side=30), 0.1)
    both.keep(np.array([False, True]))
    np.testing.assert_array_equal(both.state, alone.state)


def test_two_pictures_of_one_moment_are_no_reason_to_fail():
    motion = Motion()
    motion.add(square(100))
    motion.predict(0.0, NOBODY)
    motion.correct(FIRST, square(300), 0.0)
    assert np.isfinite(motion.state).all()


def test_a_box_without_area_stays_finite():
    motion = Motion()
    motion.add(np.zeros((1, 4)))
    for _ in range(5):
        motion.predict(0.1, NOBODY)
        motion.correct(FIRST, np.zeros((1, 4)), 0.1)
    assert np.isfinite(motion.state).all()
    assert np.isfinite(motion.velocities()).all()
