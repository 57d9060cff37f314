import os
import time
from pathlib import Path

import pytest

from tools.bench.noise import Others, busy_at_rest, judge

QUIET = [20.0, 20.1, 20.3, 20.2, 20.4] * 4


def test_a_quiet_machine_is_trusted():
    verdict = judge(QUIET, 0.1, [0.02, 0.05])
    assert verdict.trustworthy
    assert verdict.to_dict()["reasons"] == []


def test_a_fixed_loop_that_varies_is_a_reason_not_to_trust():
    verdict = judge([20.0] * 8 + [40.0] * 2, 0.1)
    assert not verdict.trustworthy
    assert "2.00 times" in verdict.reasons[0]


def test_one_hiccup_of_a_fixed_loop_is_no_reason():
    assert judge([20.0] * 19 + [90.0], 0.1).trustworthy


def test_other_busy_processes_are_a_reason_not_to_trust():
    verdict = judge(QUIET, 1.7)
    assert not verdict.trustworthy
    assert "1.7 processors" in verdict.reasons[0]


def test_rounds_that_disagree_are_a_reason_not_to_trust():
    verdict = judge(QUIET, 0.0, [0.03, 0.2])
    assert not verdict.trustworthy
    assert "20%" in verdict.reasons[0]


def test_what_cannot_be_known_is_no_reason():
    verdict = judge(QUIET, None)
    assert verdict.trustworthy
    assert verdict.to_dict()["processors_kept_busy_by_others"] is None


OURS, CHILD, STRANGER = os.getpid(), 900_001, 900_002


class Proc:
    """A folder like /proc, as proc(5) describes it."""

    def __init__(self, folder):
        self.folder = folder
        self.used = {OURS: 5, CHILD: 3, STRANGER: 7}
        self.steal = 0
        self.write()

    def write(self):
        total = sum(self.used.values())
        columns = [total, 0, 0, 1000, 50, 0, 0, self.steal, 0, 0]
        (self.folder / "stat").write_text(f"cpu  {' '.join(map(str, columns))}\ncpu0 1 2 3\n")
        for pid, ticks in self.used.items():
            parent = OURS if pid == CHILD else 1
            (self.folder / str(pid)).mkdir(exist_ok=True)
            rest = f"S {parent} 1 1 0 -1 0 0 0 0 0 {ticks} 0 0 0 20 0 1 0"
            (self.folder / str(pid) / "stat").write_text(f"{pid} (a (strange) name) {rest}\n")


@pytest.fixture
def proc(tmp_path):
    return Proc(tmp_path)


def test_our_own_work_and_our_childrens_is_not_others(proc):
    others = Others(proc.folder)
    proc.used[OURS] += 400
    proc.used[CHILD] += 300
    proc.write()
    assert others.busy() == 0


def test_work_of_strangers_is_counted_in_processors(proc, monkeypatch):
    clock = iter([100.0, 104.0])
    monkeypatch.setattr("tools.bench.noise.time.monotonic", lambda: next(clock))
    others = Others(proc.folder)
    proc.used[OURS] += 50
    proc.used[STRANGER] += 6 * os.sysconf("SC_CLK_TCK")
    proc.write()
    assert others.busy() == pytest.approx(1.5)


def test_what_a_hypervisor_takes_away_counts_as_others(proc):
    others = Others(proc.folder)
    proc.steal = 100
    proc.write()
    assert others.busy() > 0


def test_without_proc_nothing_is_known_of_others(tmp_path):
    assert Others(tmp_path / "none").busy() is None


@pytest.mark.skipif(not Path("/proc/stat").exists(), reason="Linux only")
def test_the_real_proc_can_be_read():
    assert Others().busy() >= 0


def test_a_rest_lasts_as_long_as_asked_and_counts_processors():
    started = time.monotonic()
    assert 0 <= busy_at_rest(0.2) <= os.cpu_count() + 1
    assert time.monotonic() - started >= 0.2
