"""What a run of the engines' measurements is to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.paths import DIST

# Parts that can be left out: onnxruntime-web, the native engines, the times to `import cv2`.
PARTS = ("ort", "native", "starts")


@dataclass(frozen=True)
class Plan:
    """What to measure, and how often.

    Attributes:
        wheels: cv2 wheels, by the name that the tables give them.
        numpy: the wheel of numpy under all of them.
        models: names of networks (inputs.known_names).
        rounds: how often each engine has its turn with each network.
        passes: timed forward passes in a turn.
        warm_up: seconds (and 10 passes) before the first round.
        starts: how often `import cv2` is timed, after one first visit.
        without: some of PARTS.
        profile: how many passes to time layer by layer; 0 for not at all.
        dist: the built site, whose engine is started.
        mirror: a folder of model files.
    """

    wheels: Mapping[str, Path]
    numpy: Path
    models: Sequence[str]
    rounds: int = 8
    passes: int = 5
    warm_up: float = 2.0
    starts: int = 5
    without: frozenset[str] = frozenset()
    profile: int = 0
    dist: Path = DIST
    mirror: Path | None = None

    def has(self, part: str) -> bool:
        """Whether one of PARTS is to be measured."""
        return part not in self.without
