"""In the browser the doctor says what it says here, and OpenCV there does what is said."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from mekiki.doctor import examine
from tests.engine.doctor import forward
from tests.engine.doctor.conftest import outputs_of
from tests.engine.doctor.graphs import GRAPHS
from tests.engine.doctor.graphs.edges import EDGES
from tests.opencv.pyodide_runs import in_browser
from tools.paths import PY

SCRIPT = Path(__file__).with_name("run_doctor.py")
SECONDS = 1.0
# Not even tried: what ends a process here would take the worker down.
NOT_RUN = ("Einsum in capitals ends the process", "mask of Dropout ends the process")

# Our wheel joins x * Sigmoid(x), and lengths that are open stay so: another operator is blamed.
OF_OPEN_SIZE = ("detector_of_any_size", "detector_that_asks_its_size")


def files():
    drawn = {name: make() for name, make in GRAPHS.items()}
    return drawn | {name: make() for name, (make, *_) in EDGES.items()}


def bundle():
    made = io.BytesIO()
    index = {}
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files().items():
            index[name] = {"outputs": outputs_of(data), "run": name not in NOT_RUN}
            archive.writestr(name, data)
        archive.writestr("index.json", json.dumps(index))
    return made.getvalue()


@pytest.fixture(scope="module")
def answers(python):
    for path in (PY / "mekiki").rglob("*.py"):
        python.write(f"/sweep/{path.relative_to(PY)}", path.read_bytes())
    python.write("/sweep/forward.py", Path(forward.__file__).read_bytes())
    python.run("import sys\nif '/sweep' not in sys.path: sys.path.insert(0, '/sweep')")
    return json.loads(in_browser(python, SCRIPT, bundle()))


def test_verdicts_are_what_opencv_does_in_the_worker(answers):
    assert len(answers) == len(GRAPHS) + len(EDGES)
    wrong = {
        name: (found["report"]["findings"], found["outcome"])
        for name, found in answers.items()
        if found["outcome"] and (found["report"]["verdict"] == "runs") != found["outcome"]["runs"]
    }
    assert wrong == {}


def test_what_would_take_the_worker_down_is_told_before(answers):
    assert {answers[name]["report"]["verdict"] for name in NOT_RUN} == {"cannot"}


def test_reports_are_the_same_as_here(answers):
    for name, data in files().items():
        if name in OF_OPEN_SIZE:
            continue
        assert answers[name]["report"] == json.loads(json.dumps(examine(data, name))), name


def test_each_is_examined_in_time(answers):
    slowest = max(answers, key=lambda name: answers[name]["seconds"])
    print(f"slowest: {slowest}, {answers[slowest]['seconds']:.3f} s")
    assert answers[slowest]["seconds"] < SECONDS
