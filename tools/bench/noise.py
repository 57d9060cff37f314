"""Whether the machine was quiet enough for its times to be trusted."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.bench.spread import quantile

# A fixed loop's 90th percentile over its 10th. On an idle desktop it is 1.02 to 1.05.
WIDEST_CALIBRATION = 1.25
# Processors that others kept busy, on average. A browser alone needs half of one for itself.
BUSIEST_OTHERS = 0.5
# Quartiles of a ratio, as a share of its median.
WIDEST_RATIO = 0.1


@dataclass(frozen=True)
class Verdict:
    """Why not to trust a run; nothing if it can be trusted."""

    reasons: tuple[str, ...]
    calibration_spread: float | None
    others_busy: float | None

    @property
    def trustworthy(self) -> bool:
        """Whether there is no reason not to."""
        return not self.reasons

    def to_dict(self) -> dict[str, Any]:
        """For the report."""
        return {
            "reasons": list(self.reasons),
            "calibration_p90_over_p10": _rounded(self.calibration_spread),
            "processors_kept_busy_by_others": _rounded(self.others_busy),
            "load_average": [round(value, 2) for value in os.getloadavg()],
        }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def judge(
    calibration: Sequence[float],
    others_busy: float | None,
    ratio_spreads: Sequence[float] = (),
) -> Verdict:
    """Judges a run.

    Args:
        calibration: milliseconds of the same loop, again and again through the run.
        others_busy: how many processors other processes used, on average; None if not known.
        ratio_spreads: for each ratio, its quartiles' distance as a share of its median.
    """
    reasons = []
    spread = None
    if calibration:
        spread = quantile(calibration, 0.9) / quantile(calibration, 0.1)
        if spread > WIDEST_CALIBRATION:
            reasons.append(
                f"a fixed loop took {spread:.2f} times as long in slow moments as in quick ones "
                f"(p90 / p10; at most {WIDEST_CALIBRATION})"
            )
    if others_busy is not None and others_busy > BUSIEST_OTHERS:
        reasons.append(
            f"other processes kept {others_busy:.1f} processors busy (at most {BUSIEST_OTHERS})"
        )
    widest = max(ratio_spreads, default=0.0)
    if widest > WIDEST_RATIO:
        reasons.append(
            f"the quartiles of a ratio lie {widest:.0%} apart (at most {WIDEST_RATIO:.0%})"
        )
    return Verdict(tuple(reasons), spread, others_busy)


class Others:
    """How busy processes other than this one and its children are, from Linux's /proc."""

    def __init__(self, proc: Path = Path("/proc")) -> None:
        """Starts to watch."""
        self._proc = proc
        self._started = time.monotonic()
        self._before = self._ticks()

    def busy(self) -> float | None:
        """Processors they used on average since the start; None where there is no /proc.

        What a hypervisor gave to other machines counts as theirs.
        """
        now = self._ticks()
        if now is None or self._before is None:
            return None
        ticks = (now[0] - self._before[0]) - (now[1] - self._before[1])
        seconds = max(time.monotonic() - self._started, 1e-9)
        return max(0.0, ticks / os.sysconf("SC_CLK_TCK") / seconds)

    def _ticks(self) -> tuple[int, int] | None:
        """Clock ticks that were used so far: by everybody, and by us."""
        try:
            total = (self._proc / "stat").read_text().splitlines()[0].split()[1:]
            parents, used = self._processes()
        except OSError:
            return None
        user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, total[:8])
        family = {os.getpid()}
        while more := {pid for pid, up in parents.items() if up in family} - family:
            family |= more
        everybody = user + nice + system + irq + softirq + steal
        return everybody, sum(used.get(pid, 0) for pid in family)

    def _processes(self) -> tuple[dict[int, int], dict[int, int]]:
        """Each process's parent, and the ticks that it and its ended children used."""
        parents, used = {}, {}
        for folder in self._proc.glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended since
                continue
            # Without pid and name, proc(5) counts: 2 parent, 12..15 utime, stime, cutime, cstime.
            parents[int(folder.name)] = int(fields[1])
            used[int(folder.name)] = sum(map(int, fields[11:15]))
        return parents, used


def busy_at_rest(seconds: float = 1.0) -> float:
    """Processors that others use while nothing of ours runs; 0 where that is not known.

    For a measurement whose own processes end before it does.
    """
    others = Others()
    time.sleep(seconds)
    return others.busy() or 0.0
