"""What a video and its document hold."""

from pathlib import Path

import cv2
import numpy as np

from tests.browser.videos import FRAMES, SIZE, read


def times_of(document: dict) -> list[float]:
    return [frame["time"] for frame in document["frames"]]


def assert_boxes_are_drawn(recording: Path, document: dict, plain: list[np.ndarray]):
    """On each box's border the recording differs from the video; in the far corner it does not."""
    pictures, _ = read(recording)
    drawn = checked = 0
    for frame, with_boxes, without in zip(document["frames"], pictures, plain, strict=True):
        difference = cv2.absdiff(with_boxes, without).max(axis=2)
        for found in frame["detections"]:
            x, y, _, height = found["box"]
            column = np.clip(int(x), 1, SIZE[0] - 2)
            rows = slice(max(0, int(y) + 8), int(y + height) - 8)
            border = difference[rows, column - 1 : column + 2].max(axis=1)
            checked += 1
            drawn += np.median(border) > 40
    assert checked > FRAMES
    assert drawn / checked > 0.9


def bicycle_moves(document: dict) -> float:
    """Pixels by which the bicycle's left side moves from frame to frame."""
    lefts = []
    for frame in document["frames"][3:15]:
        bicycles = [each for each in frame["detections"] if each["label"] == "bicycle"]
        lefts.append(max(bicycles, key=lambda each: each["score"])["box"][0])
    return float(np.polyfit(range(len(lefts)), lefts, 1)[0])


def has_boxes(picture: np.ndarray) -> bool:
    """Whether there is much of the colour in which bicycles are framed (#56b4e9)."""
    return int(cv2.inRange(picture, (203, 150, 56), (255, 210, 116)).sum()) > 255 * 300
