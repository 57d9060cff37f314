"""Numbers the objects of a live picture, and steadies their boxes.

After ByteTrack (https://arxiv.org/abs/2110.06864): boxes that are shown are paired with the
predicted boxes of known objects first; boxes below the threshold, most of them noise, only keep
known objects alive that are hard to see for a moment. `motion` predicts, `matching` pairs.

Classes: a detector that takes a dog for a cat in some frames still sees one object. So a pair may
be of two classes if the boxes lie well on each other, though one of the same class is preferred (a
person on a bicycle are two); and an object bears the class that it was mostly given of late.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from mekiki.detection import Detections, Tracked
from mekiki.matching import best_pairs, buffered_overlaps
from mekiki.motion import Motion

SHOWN_OVERLAP = 0.2  # buffered: an object may go 4/3 of its width between two frames
FAINT_OVERLAP = 0.7  # buffered: 0.5 of the plain boxes, ByteTrack's limit for low scores
OTHER_CLASS = 0.5  # taken off the overlap of boxes of two classes
SIGHTINGS = 2  # at or above the threshold, until an object gets a number
UNSEEN_SECONDS = 0.7  # and an object is forgotten,
UNSEEN_FRAMES = 2  # if it could have been seen that often: slow phones have one frame a second
LONGEST_GAP = 3.0  # seconds between frames of one scene
MEMORY = 1.0  # seconds in which a vote for a class fades to a third


@dataclass
class _Track:
    """What is known of an object beside its motion.

    Attributes:
        number: 0 until it is confirmed.
        seen: seconds, when it was last seen.
        missed: frames in which it was not, since then.
        votes: of each class that it was given, the scores, fading.
    """

    seen: float
    number: int = 0
    sightings: int = 0
    missed: int = 0
    votes: dict[int, float] = field(default_factory=dict)

    def vote(self, class_id: int, score: float, seconds: float) -> None:
        fading = math.exp(-seconds / MEMORY)
        self.votes = {each: votes * fading for each, votes in self.votes.items()}
        self.votes[class_id] = self.votes.get(class_id, 0.0) + score

    @property
    def class_id(self) -> int:
        return max(self.votes, key=self.votes.__getitem__)


class Tracker:
    """Follows objects from frame to frame of one camera session."""

    def __init__(self, width: int, height: int) -> None:
        """For frames of this size in pixels, beyond which no box is given."""
        self._frame = np.array((width, height, width, height), np.float64)
        self._time = -math.inf
        self._forget()

    def _forget(self) -> None:
        self._tracks: list[_Track] = []
        self._motion = Motion()
        self._last_number = 0

    def update(
        self, detections: Detections, time: float, threshold: float | NDArray[np.float32]
    ) -> Tracked:
        """Takes in what was found in the next frame.

        Args:
            detections: boxes in pixels of the frame.
            time: of the frame, seconds. When it goes back, or on by more than 3 s, all objects
                are forgotten and numbers start at 1 again.
            threshold: the lowest score shown, of all or of each (N,); only what reaches it can
                become a numbered object.

        Returns:
            The same detections in the same order; those of numbered objects with their number,
            smoothed box, velocity and the object's class.
        """
        seconds = time - self._time
        if not 0 <= seconds <= LONGEST_GAP:
            self._forget()
            seconds = 0.0
        self._time = time
        self._motion.predict(seconds, np.array([t.missed > 0 for t in self._tracks], np.bool_))
        shown = detections.scores >= threshold
        pairs = self._paired(detections, shown)
        self._follow(pairs, detections, shown, seconds)
        tracked = self._tracked(pairs, detections)
        self._bury()
        paired = {found for _, found in pairs}
        self._bear([i for i in np.flatnonzero(shown).tolist() if i not in paired], detections)
        return tracked

    def _paired(self, detections: Detections, shown: NDArray[np.bool_]) -> list[tuple[int, int]]:
        """Pairs (track, detection): numbered objects choose first, and shown boxes go first."""
        similarity = buffered_overlaps(self._motion.boxes(), detections.boxes.astype(np.float64))
        class_ids = np.array([track.class_id for track in self._tracks], np.int32)
        similarity[class_ids[:, np.newaxis] != detections.class_ids] -= OTHER_CLASS
        numbered = np.array([track.number > 0 for track in self._tracks], np.bool_)
        pairs: list[tuple[int, int]] = []
        for tracks in (numbered, ~numbered):
            for found, lowest in ((shown, SHOWN_OVERLAP), (~shown, FAINT_OVERLAP)):
                allowed = np.logical_and.outer(tracks, found)
                chosen = best_pairs(np.where(allowed, similarity, -1.0), lowest)
                for track, detection in chosen:
                    similarity[track, :] = similarity[:, detection] = -1.0
                pairs += chosen
        return pairs

    def _follow(
        self,
        pairs: list[tuple[int, int]],
        detections: Detections,
        shown: NDArray[np.bool_],
        seconds: float,
    ) -> None:
        """Moves the paired objects to where they are, and numbers those seen often enough."""
        for track in self._tracks:
            track.missed += 1
        for index, found in sorted(pairs):
            track = self._tracks[index]
            track.vote(int(detections.class_ids[found]), float(detections.scores[found]), seconds)
            track.sightings += bool(shown[found])
            track.seen, track.missed = self._time, 0
            if track.number == 0 and track.sightings >= SIGHTINGS:
                self._last_number += 1
                track.number = self._last_number
        which, found_at = np.array(pairs, np.intp).reshape(-1, 2).T
        self._motion.correct(which, detections.boxes[found_at].astype(np.float64), seconds)

    def _tracked(self, pairs: list[tuple[int, int]], detections: Detections) -> Tracked:
        """The detections as the numbered objects among them are."""
        boxes, class_ids = detections.boxes.copy(), detections.class_ids.copy()
        numbers = np.zeros(len(detections), np.int32)
        velocities = np.zeros((len(detections), 4), np.float32)
        smoothed = np.clip(self._motion.boxes(), 0, self._frame)
        velocity = self._motion.velocities()
        for index, found in pairs:
            track, box = self._tracks[index], smoothed[index]
            if track.number and box[2] > box[0] and box[3] > box[1]:
                numbers[found], class_ids[found] = track.number, track.class_id
                boxes[found], velocities[found] = box, velocity[index]
        steady = replace(detections, boxes=boxes, class_ids=class_ids)
        return Tracked(steady, numbers, velocities)

    def _bury(self) -> None:
        """Forgets objects unseen for long, and those unseen at once that have no number yet."""
        kept = [
            track.missed == 0
            or (track.number > 0 and track.missed < UNSEEN_FRAMES)
            or (track.number > 0 and self._time - track.seen <= UNSEEN_SECONDS)
            for track in self._tracks
        ]
        self._motion.keep(np.array(kept, np.bool_))
        self._tracks = [track for track, stays in zip(self._tracks, kept, strict=True) if stays]

    def _bear(self, found: list[int], detections: Detections) -> None:
        """Starts an object at each of the detections `found`."""
        self._motion.add(detections.boxes[found].astype(np.float64))
        for index in found:
            class_id, score = int(detections.class_ids[index]), float(detections.scores[index])
            self._tracks.append(_Track(self._time, sightings=1, votes={class_id: score}))
