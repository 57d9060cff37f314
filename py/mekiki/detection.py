"""What a model found: candidates in input pixels, detections in the frame's own pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Candidates:
    """What a model's decode returns, in any order.

    Attributes:
        boxes: float32 (N, 4), x0, y0, x1, y1 in model-input pixels; may reach outside.
        scores: float32 (N,), 0..1.
        class_ids: int32 (N,).
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.scores)

    def take(self, indices: NDArray[Any]) -> Candidates:
        """Those at `indices` (whole numbers or a mask), in that order."""
        return Candidates(self.boxes[indices], self.scores[indices], self.class_ids[indices])


@dataclass(frozen=True)
class Detections:
    """Detections by descending score.

    Attributes:
        boxes: float32 (N, 4), x0, y0, x1, y1 in the frame's pixels, inside the frame.
        scores: float32 (N,), 0..1.
        class_ids: int32 (N,).
        labels: names of all classes, indexed by class id.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.scores)

    def at_least(self, score: float) -> Detections:
        """Those at or above `score`: the same as detecting with it as the lowest score."""
        kept = self.scores >= score
        return Detections(self.boxes[kept], self.scores[kept], self.class_ids[kept], self.labels)

    def scaled(self, x: float, y: float) -> Detections:
        """The same for a picture whose width is `x` and height `y` times the frame's."""
        boxes = self.boxes * np.array((x, y, x, y), np.float32)
        return Detections(boxes, self.scores, self.class_ids, self.labels)

    def to_plain(self) -> list[dict[str, Any]]:
        """A list of dicts that JSON can hold; `box` is x, y, width, height in pixels."""
        corners, sizes = self.boxes[:, :2], self.boxes[:, 2:] - self.boxes[:, :2]
        boxes = np.hstack((corners, sizes)).tolist()
        columns = zip(self.class_ids.tolist(), self.scores.tolist(), boxes, strict=True)
        return [
            {"class_id": class_id, "label": self.labels[class_id], "score": score, "box": box}
            for class_id, score, box in columns
        ]


@dataclass(frozen=True)
class Tracked:
    """Detections of a live picture, as objects that are followed from frame to frame.

    Attributes:
        detections: those of objects that have a number with the object's box and class.
        numbers: int32 (N,), of the object from 1 on; 0 where there is none.
        velocities: float32 (N, 4), of the box's x, y, width and height, pixels of the frame a
            second: at t seconds after its frame the box is at box + velocity * t.
    """

    detections: Detections
    numbers: NDArray[np.int32]
    velocities: NDArray[np.float32]

    def scaled(self, x: float, y: float) -> Tracked:
        """The same for a picture whose width is `x` and height `y` times the frame's."""
        velocities = self.velocities * np.array((x, y, x, y), np.float32)
        return Tracked(self.detections.scaled(x, y), self.numbers, velocities)

    def to_plain(self) -> list[dict[str, Any]]:
        """As of the detections; with `track` and `velocity` where there is a number."""
        plain = self.detections.to_plain()
        numbers, velocities = self.numbers.tolist(), self.velocities.tolist()
        for each, number, velocity in zip(plain, numbers, velocities, strict=True):
            if number:
                each["track"], each["velocity"] = number, velocity
        return plain
