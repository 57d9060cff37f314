"""What a model found: candidates in input pixels, detections in the frame's own pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mekiki.shapes import NO_SHAPES, Shapes


@dataclass(frozen=True)
class Candidates:
    """What a model's decode returns, in any order.

    Attributes:
        boxes: float32 (N, 4), x0, y0, x1, y1 in model-input pixels; may reach outside.
        scores: float32 (N,), 0..1.
        class_ids: int32 (N,).
        shapes: key points, quads or outlines of theirs, in model-input pixels.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    shapes: Shapes = NO_SHAPES

    def __len__(self) -> int:
        return len(self.scores)

    def take(self, indices: NDArray[Any]) -> Candidates:
        """Those at `indices` (whole numbers or a mask), in that order."""
        shapes = self.shapes.take(indices)
        return Candidates(
            self.boxes[indices], self.scores[indices], self.class_ids[indices], shapes
        )


@dataclass(frozen=True)
class Attribute:
    """What a model says of an object that it found: its class id, and the score, 0..1."""

    class_id: int
    score: float


@dataclass(frozen=True)
class Detections:
    """Detections by descending score.

    Attributes:
        boxes: float32 (N, 4), x0, y0, x1, y1 in the frame's pixels, inside the frame.
        scores: float32 (N,), 0..1.
        class_ids: int32 (N,).
        labels: names of all classes, indexed by class id.
        shapes: of each its key points, quad or outlines, in the frame's pixels.
        attributes: of each what is said of it; None where the model says nothing of the kind.
    """

    boxes: NDArray[np.float32]
    scores: NDArray[np.float32]
    class_ids: NDArray[np.int32]
    labels: tuple[str, ...]
    shapes: Shapes = NO_SHAPES
    attributes: tuple[tuple[Attribute, ...], ...] | None = None

    def __len__(self) -> int:
        return len(self.scores)

    def take(self, indices: NDArray[Any]) -> Detections:
        """Those at `indices` (whole numbers or a mask), in that order."""
        attributes = self.attributes
        if attributes is not None:
            order = np.arange(len(attributes))[indices].tolist()
            attributes = tuple(attributes[index] for index in order)
        return replace(
            self,
            boxes=self.boxes[indices],
            scores=self.scores[indices],
            class_ids=self.class_ids[indices],
            shapes=self.shapes.take(indices),
            attributes=attributes,
        )

    def at_least(self, score: float) -> Detections:
        """Those at or above `score`: the same as detecting with it as the lowest score."""
        return self.take(self.scores >= score)

    def scaled(self, x: float, y: float) -> Detections:
        """The same for a picture whose width is `x` and height `y` times the frame's."""
        factor = np.array((x, y), np.float32)
        return replace(
            self,
            boxes=self.boxes * np.tile(factor, 2),
            shapes=self.shapes.moved(lambda points: points * factor),
        )

    def to_plain(self) -> list[dict[str, Any]]:
        """A list of dicts that JSON can hold; `box` is x, y, width, height in pixels.

        With `points`, `quad`, `polygons` and `attributes` where the model has them.
        """
        corners, sizes = self.boxes[:, :2], self.boxes[:, 2:] - self.boxes[:, :2]
        boxes = np.hstack((corners, sizes)).tolist()
        columns = zip(self.class_ids.tolist(), self.scores.tolist(), boxes, strict=True)
        plain: list[dict[str, Any]] = []
        for index, (class_id, score, box) in enumerate(columns):
            one = {"class_id": class_id, "label": self.labels[class_id], "score": score, "box": box}
            plain.append(one | self.shapes.to_plain(index) | self._said_of(index))
        return plain

    def _said_of(self, index: int) -> dict[str, Any]:
        said = self.attributes[index] if self.attributes else ()
        if not said:
            return {}
        names = [
            {"class_id": each.class_id, "label": self.labels[each.class_id], "score": each.score}
            for each in said
        ]
        return {"attributes": names}


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
