"""The tracker behind real detectors: photos moved below a camera along a known path."""

from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import pytest

from mekiki.detector import Detector
from mekiki.loader import load_model
from mekiki.tracker import Tracker
from tests.engine.conftest import onnx_file, read_sample
from tools.paths import MODELS

WIDTH, HEIGHT = 640, 480
ZOOM = 0.8

# Model, width of its input, photo, and the class that is followed in it.
PHOTOS = [("blazeface-back", 256, "astronaut", "face"), ("yolox-nano", 320, "dog", "dog")]


def pan(picture, times, path, seed):
    """Frames of the picture shifted along path(time), with a camera's noise and uneven light."""
    rng = np.random.default_rng(seed)
    for time in times:
        shift = path(time)
        matrix = np.array([[ZOOM, 0, 20 + shift[0]], [0, ZOOM, 10 + shift[1]]])
        frame = cv2.warpAffine(picture, matrix, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)
        light = 1 + 0.05 * np.sin(7 * time)
        noisy = frame[..., :3] * light + rng.normal(0, 6, (HEIGHT, WIDTH, 1))
        frame[..., :3] = np.clip(noisy, 0, 255).astype(np.uint8)
        yield time, shift, frame


def uneven(rng, seconds, fps):
    times = np.arange(0, seconds, 1 / fps)
    return times + rng.uniform(-0.3, 0.3, len(times)) / fps


def drift(time):
    """A hand that follows something slowly: 25 px/s, and trembles a little."""
    return np.array((25 * time - 50, 6 * time)) + 1.5 * np.sin((9 * time, 7 * time + 1))


def sweep(time):
    """A phone turned to and fro: up to 140 px/s."""
    return np.array((65 * np.sin(2 * np.pi * time / 3), 10 * np.sin(time)))


def centre(box):
    return (box[:2] + box[2:]) / 2


@dataclass
class Followed:
    """An object in each frame in which it was seen, by its number and its centre.

    The centres (N, 2) are as found, as smoothed, and as drawn at the time of the next frame, from
    where the object is then: with the velocity, and without. In pixels that move with the photo.
    """

    frames: int
    numbers: list[int]
    raw: np.ndarray
    smooth: np.ndarray
    ahead: np.ndarray
    waiting: np.ndarray


@cache
def follow(model_id, width, name, label, path, fps):
    spec, decode = load_model(MODELS / model_id)
    detector = Detector(spec.at(width, width), decode, onnx_file(model_id).read_bytes())
    tracker = Tracker(WIDTH, HEIGHT)
    times = uneven(np.random.default_rng(3), 4, fps)
    numbers, rows = [], []
    for (time, shift, frame), then in zip(
        pan(read_sample(name), times[:-1], path, 5), times[1:], strict=True
    ):
        found = detector.detect(frame).detections
        threshold = spec.score.threshold
        tracked = tracker.update(found, time, threshold)
        wanted = found.labels.index(label)
        same = (tracked.detections.class_ids == wanted) & (found.scores >= threshold)
        if same.any():
            best = int(np.flatnonzero(same)[0])  # of the highest score
            velocity = tracked.velocities[best]
            travel = (velocity[:2] + velocity[2:] / 2) * (then - time)
            raw, smooth = centre(found.boxes[best]), centre(tracked.detections.boxes[best])
            later = path(then)
            numbers.append(int(tracked.numbers[best]))
            rows.append((raw - shift, smooth - shift, smooth + travel - later, smooth - later))
    return Followed(len(times) - 1, numbers, *np.array(rows).transpose(1, 0, 2))


def rms(errors):
    return float(np.sqrt(np.mean(errors**2)))


@pytest.mark.parametrize("photo", PHOTOS)
@pytest.mark.parametrize(("path", "fps"), [(drift, 15), (sweep, 10)])
def test_the_same_object_keeps_its_number(photo, path, fps):
    followed = follow(*photo, path, fps)
    assert len(followed.numbers) >= 0.9 * followed.frames
    first, *others = followed.numbers
    assert first == 0
    assert len(set(others)) == 1


@pytest.mark.parametrize("photo", PHOTOS)
def test_smoothed_boxes_are_nearer_to_the_object_and_steadier_than_found_ones(photo):
    followed = follow(*photo, drift, 15)
    raw, smooth = followed.raw[5:], followed.smooth[5:]
    where = np.median(raw, axis=0)  # where the model takes the object's middle to be
    assert rms(smooth - where) < rms(raw - where)
    assert rms(np.diff(smooth, axis=0)) < 0.8 * rms(np.diff(raw, axis=0))
    assert np.abs(np.mean(smooth - raw, axis=0)).max() < 1  # px that they lag, at 25 px/s


@pytest.mark.parametrize("photo", PHOTOS)
def test_boxes_drawn_at_the_time_of_a_later_frame_keep_up_with_a_sweep(photo):
    followed = follow(*photo, sweep, 10)
    where = np.median(followed.raw, axis=0)
    ahead, waiting = followed.ahead[5:] - where, followed.waiting[5:] - where
    assert rms(ahead) < 0.85 * rms(waiting)
