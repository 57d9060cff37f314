"""Every ONNX operator that OpenCV claims: our wheel against ONNX Runtime and native OpenCV."""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from tests.opencv.operators import known_differences as known
from tests.opencv.operators import run_cv2
from tests.opencv.operators.agreement import difference
from tests.opencv.operators.bundle import Outcome
from tests.opencv.operators.cases import by_name
from tests.opencv.operators.claimed import claimed
from tests.opencv.operators.sketch import Sketch
from tests.opencv.operators.sweep import problems, reference
from tests.opencv.pyodide_runs import in_browser

TABLES = (known.REFUSED, known.DIFFERENT, known.UNDEFINED, known.NO_GOLDEN)


def test_every_claimed_operator_is_in_some_case():
    assert claimed() == set().union(*(case.operators for case in by_name().values()))


def test_native_opencv_differs_where_it_is_known_to_and_nowhere_else():
    at = reference()
    differing = set(at.differences)
    listed = {name for name in at.cases if known.reasons(name)}
    assert {name: at.differences[name] for name in differing - listed} == {}
    assert listed - differing == set()


def test_every_entry_of_the_known_differences_matches_a_case():
    patterns = [pattern for table in TABLES for text in table.values() for pattern in text.split()]
    unused = [
        pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in by_name())
    ]
    assert unused == []


def test_what_is_said_to_be_refused_is_refused():
    at = reference()
    refused = {name for name, outcome in at.native.items() if outcome.outputs is None}
    patterns = " ".join(known.REFUSED.values()).split()
    assert refused == {
        name for name in at.cases if any(fnmatchcase(name, pattern) for pattern in patterns)
    }


def test_only_operators_that_onnxruntime_does_not_know_have_no_golden():
    at = reference()
    without = {name for name, golden in at.goldens.items() if golden.outputs is None}
    patterns = " ".join(known.NO_GOLDEN.values()).split()
    assert without == {
        name for name in at.cases if any(fnmatchcase(name, pattern) for pattern in patterns)
    }


def test_our_wheel_does_what_onnxruntime_does(python):
    found = problems(lambda bundle: in_browser(python, Path(run_cv2.__file__), bundle))
    assert found == {}


@pytest.mark.parametrize("change", [0.001, float("nan"), float("inf")])
def test_one_wrong_element_is_noticed(change):
    sketch = Sketch("noticed")
    sketch.node("Relu", sketch.input(1, 2, 3, 4))
    golden = reference().goldens["Relu_4d"]
    wrong = golden.outputs[0].copy()
    wrong[0, 1, 2, 3] += change
    assert difference(sketch.case(), golden, golden) == ""
    assert "1 of" in difference(sketch.case(), golden, Outcome([wrong]))


def test_a_wrong_shape_or_an_exception_is_noticed():
    case, golden = by_name()["Relu_4d"], reference().goldens["Relu_4d"]
    assert "shape" in difference(case, golden, Outcome([golden.outputs[0][:, :2]]))
    assert "raised" in difference(case, golden, Outcome(None, "cv2.error -215: no"))
    assert "outputs" in difference(case, golden, Outcome([]))
