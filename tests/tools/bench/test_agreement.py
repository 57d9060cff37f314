import numpy as np

from tools.bench.agreement import compare, largest_difference


def outputs(*values, name="out"):
    return {name: np.array(values, np.float32)}


def test_the_largest_difference_over_all_outputs_is_found():
    reference = outputs(1, 2) | outputs(5, 6, name="more")
    found = outputs(1, 2.25) | outputs(5, 5.5, name="more")
    assert largest_difference(found, reference) == 0.5


def test_other_names_shapes_and_values_that_are_no_numbers_cannot_be_compared():
    assert largest_difference(outputs(1), outputs(1, name="other")) is None
    assert largest_difference(outputs(1, 2), outputs(1)) is None
    assert largest_difference(outputs(float("nan")), outputs(1)) is None


def test_agreement_is_measured_against_the_largest_value():
    found = {"native": outputs(300, 1), "good": outputs(300.2, 1), "bad": outputs(300, 1.4)}
    verdicts = compare(found, ["native"])
    assert [verdicts[name]["agrees"] for name in ("native", "good", "bad")] == [True, True, False]


def test_small_values_are_allowed_as_much_as_values_of_one():
    found = {"native": outputs(0.001), "good": outputs(0.0015), "bad": outputs(0.003)}
    verdicts = compare(found, ["native"])
    assert verdicts["good"]["agrees"]
    assert not verdicts["bad"]["agrees"]


def test_an_engine_has_to_agree_with_every_reference():
    found = {"one": outputs(1), "two": outputs(2), "ours": outputs(1)}
    verdict = compare(found, ["one", "two"])["ours"]
    assert verdict == {"max_abs_difference": {"one": 0.0, "two": 1.0}, "agrees": False}


def test_what_cannot_be_compared_does_not_agree():
    verdict = compare({"native": outputs(1), "ours": outputs(1, 2)}, ["native"])["ours"]
    assert verdict == {"max_abs_difference": {"native": None}, "agrees": False}
