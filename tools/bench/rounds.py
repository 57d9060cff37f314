"""Engines side by side: a few passes each, in turn, again and again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools.bench.engine import Engine, Outputs
from tools.bench.inputs import Subject

# V8 compiles WebAssembly quickly first and well later, function by function, in the background.
WARM_UP_PASSES = 10


@dataclass(frozen=True)
class Measured:
    """What one network took.

    Attributes:
        subject: the network.
        rounds: by engine, for each round, milliseconds of its passes.
        outputs: by engine.
    """

    subject: Subject
    rounds: dict[str, list[list[float]]]
    outputs: dict[str, Outputs]

    def samples(self, engine: str) -> list[float]:
        """All passes of one engine."""
        return [value for values in self.rounds[engine] for value in values]


def _warm_up(engine: Engine, subject: Subject, seconds: float) -> None:
    engine.load(subject)
    until = time.monotonic() + seconds
    passes = 0
    while passes < WARM_UP_PASSES or time.monotonic() < until:
        engine.run(2)
        passes += 2


def measure(
    engines: Sequence[Engine],
    subject: Subject,
    *,
    rounds: int,
    passes: int,
    warm_up_seconds: float,
    between: Callable[[], None],
) -> Measured:
    """Times one network in every engine.

    The first to go changes from round to round, so that no engine always follows the same other.

    Args:
        engines: which.
        subject: the network.
        rounds: how often each has its turn.
        passes: how many are timed in a turn; one more, before them, brings the caches back.
        warm_up_seconds: how long each runs before the first round, and for WARM_UP_PASSES.
        between: called before every turn.
    """
    times: dict[str, list[list[float]]] = {engine.name: [] for engine in engines}
    for engine in engines:
        _warm_up(engine, subject, warm_up_seconds)
    for index in range(rounds):
        first = index % len(engines)
        for engine in (*engines[first:], *engines[:first]):
            between()
            times[engine.name].append(engine.run(passes + 1)[1:])
    outputs = {engine.name: engine.outputs() for engine in engines}
    return Measured(subject, times, outputs)
