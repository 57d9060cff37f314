import numpy as np
import pytest

from tools.bench.spread import Ratio, Summary, quantile


@pytest.mark.parametrize("share", [0, 0.1, 0.25, 0.5, 0.9, 1])
@pytest.mark.parametrize("count", [1, 2, 7, 40])
def test_quantiles_are_those_of_numpy(share, count):
    values = np.random.default_rng(count).normal(size=count).tolist()
    assert quantile(values, share) == pytest.approx(np.quantile(values, share))


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], -0.1), ([1.0], 1.1)])
def test_there_is_no_quantile_of_nothing_or_beyond_the_ends(values, share):
    with pytest.raises(ValueError, match="no quantile"):
        quantile(values, share)


def test_a_summary_is_not_moved_by_one_outlier():
    summary = Summary.of([10.0] * 19 + [500.0])
    assert (summary.median, summary.p10, summary.p90, summary.min) == (10, 10, 10, 10)
    assert summary.n == 20


def test_a_summary_is_rounded_to_microseconds():
    assert Summary.of([1.23456]).to_dict()["median"] == 1.235


def test_a_slow_spell_of_the_machine_does_not_change_the_ratio():
    quiet, slow = [10.0, 10.0, 10.0], [30.0, 30.0, 30.0]
    ratio = Ratio.of(
        [quiet, slow, quiet], [[2 * value for value in turn] for turn in (quiet, slow, quiet)]
    )
    assert (ratio.median, ratio.q1, ratio.q3, ratio.of_minima) == (0.5, 0.5, 0.5, 0.5)


def test_the_quartiles_of_a_ratio_tell_how_far_the_rounds_disagree():
    ratio = Ratio.of([[1.0], [2.0], [3.0], [4.0], [5.0]], [[1.0]] * 5)
    assert (ratio.q1, ratio.median, ratio.q3, ratio.of_minima) == (2, 3, 4, 1)


def test_rounds_that_only_one_engine_had_are_refused():
    with pytest.raises(ValueError, match="zip"):
        Ratio.of([[1.0], [1.0]], [[1.0]])
