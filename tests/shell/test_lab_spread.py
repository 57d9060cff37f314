"""What the lab says of two series of measurements."""

import runpy
import statistics

import pytest

from tools.paths import MPY

_module = runpy.run_path(str(MPY / "lab" / "spread.py"))
spread, faster, quantile = _module["spread"], _module["faster"], _module["quantile"]


@pytest.mark.parametrize("values", [[3.0], [5, 1], [2, 9, 4, 4, 1, 7, 3]])
def test_median_and_quartiles_are_those_of_the_statistics_module(values):
    found = spread(values)
    assert found["median"] == statistics.median(values)
    assert found["runs"] == len(values)
    if len(values) > 1:
        low, _, high = statistics.quantiles(values, n=4, method="inclusive")
        assert (found["low"], found["high"]) == (low, high)


def test_of_nothing_nothing_is_said():
    assert spread([]) is None
    assert faster(None, spread([1])) is None


def test_only_a_clear_and_worthwhile_difference_is_told():
    quick, slow = spread([1.0, 1.1, 1.2]), spread([3.0, 3.1, 3.2])
    assert faster(quick, slow) == pytest.approx(3.1 / 1.1)
    assert faster(slow, quick) is None
    assert faster(spread([1.0, 2.0, 9.0]), slow) is None  # the spreads overlap
    assert faster(spread([1.0, 1.0, 1.0]), spread([1.1, 1.1, 1.1])) is None  # too little to matter


def test_a_percentile_lies_between_its_neighbours():
    assert quantile([4, 1, 3, 2], 0.95) == pytest.approx(3.85)
    assert quantile([7], 0.95) == 7
