"""What many times come to: middle and spread of one engine, and of the ratio of two."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass

Rounds = Sequence[Sequence[float]]


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0..1) of the values lie, interpolated between neighbours.

    The definition that numpy calls linear and Hyndman and Fan (1996) number 7.

    Raises:
        ValueError: there are no values, or `share` is not 0..1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"no quantile {share} of {len(values)} values")
    ordered = sorted(values)
    below, part = divmod(share * (len(ordered) - 1), 1)
    low = ordered[int(below)]
    high = ordered[min(int(below) + 1, len(ordered) - 1)]
    return low + (high - low) * part


@dataclass(frozen=True)
class Summary:
    """Milliseconds: median, 10th and 90th percentile, the shortest; and how many there were."""

    median: float
    p10: float
    p90: float
    min: float
    n: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Summary:
        """Summarises at least one value."""
        return cls(
            median=statistics.median(values),
            p10=quantile(values, 0.1),
            p90=quantile(values, 0.9),
            min=min(values),
            n=len(values),
        )

    def to_dict(self) -> dict[str, float]:
        """Rounded to microseconds."""
        return {key: round(value, 3) for key, value in asdict(self).items()}


@dataclass(frozen=True)
class Ratio:
    """One engine's time over another's.

    A slow spell of the machine hits both in the same round, so each round gives one ratio of
    medians, and these are what is summarised.

    Attributes:
        median: of the rounds' ratios.
        q1: their first quartile.
        q3: their third quartile.
        of_minima: the shortest time of all rounds over the other's: what remains when the
            machine disturbs neither.
    """

    median: float
    q1: float
    q3: float
    of_minima: float

    @classmethod
    def of(cls, ours: Rounds, theirs: Rounds) -> Ratio:
        """Compares round by round; there must be as many of each.

        Raises:
            ValueError: the numbers of rounds differ, or there is none.
        """
        ratios = [
            statistics.median(mine) / statistics.median(other)
            for mine, other in zip(ours, theirs, strict=True)
        ]
        return cls(
            median=statistics.median(ratios),
            q1=quantile(ratios, 0.25),
            q3=quantile(ratios, 0.75),
            of_minima=min(map(min, ours)) / min(map(min, theirs)),
        )

    def to_dict(self) -> dict[str, float]:
        """Rounded to three places."""
        return {key: round(value, 3) for key, value in asdict(self).items()}
