"""The doctor's verdict is what OpenCV does: of architectures, of edges, and of every operator."""

from pathlib import Path

import onnx
import pytest

from mekiki.doctor import examine, fix_sizes
from tests.engine.doctor.graphs import GRAPHS
from tests.engine.doctor.graphs.edges import EDGES
from tests.engine.doctor.reality import outcomes
from tests.opencv.operators.sweep import reference

LIGHT = Path(onnx.__file__).parent / "backend/test/data/light"
# The others (AlexNet, VGG-19, ZFNet) fill half a gigabyte with weights; the doctor is right on
# them too.
NETWORKS = ("densenet121", "inception_v1", "inception_v2", "resnet50", "shufflenet", "squeezenet")


def agrees(report, outcome):
    assert (report["verdict"] == "runs") == outcome["runs"], (report["findings"], outcome)
    blocks = [each for each in report["findings"] if each["severity"] == "blocks"]
    assert bool(blocks) == (report["verdict"] != "runs")


@pytest.fixture(scope="module")
def drawn(ask):
    return ask({name: make() for name, make in GRAPHS.items()})


@pytest.fixture(scope="module")
def light(ask):
    return ask({name: (LIGHT / f"light_{name}.onnx").read_bytes() for name in NETWORKS})


@pytest.fixture(scope="module")
def edges(ask):
    return ask({name: make() for name, (make, *_) in EDGES.items()})


@pytest.mark.parametrize("name", GRAPHS)
def test_verdict_of_an_architecture(drawn, name):
    agrees(*drawn[name])


def test_architectures_of_both_kinds_are_there(drawn):
    runs = [report["verdict"] for report, _ in drawn.values()].count("runs")
    assert runs >= 20
    assert len(drawn) - runs >= 10


@pytest.mark.parametrize("name", NETWORKS)
def test_verdict_of_a_network_that_the_onnx_package_brings(light, name):
    agrees(*light[name])


@pytest.mark.parametrize("name", EDGES)
def test_edge_is_named(edges, name):
    report, outcome = edges[name]
    agrees(report, outcome)
    found = [each for each in report["findings"] if each["severity"] == "blocks"]
    assert [(each["code"], each["advice"]) for each in found] == [EDGES[name][1:]]


def test_verdict_of_every_graph_of_the_operator_sweep():
    at = reference()
    wrong = {
        name: (report["findings"], at.native[name].error)
        for name, case in at.cases.items()
        if (report := examine(case.model.SerializeToString(), name))
        and (report["verdict"] == "runs") != (at.native[name].outputs is not None)
    }
    assert wrong == {}


@pytest.mark.parametrize("name", ["detector_of_any_size", "detector_that_asks_its_size"])
def test_what_is_advised_makes_it_run(drawn, tmp_path, name):
    report, _ = drawn[name]
    assert report["verdict"] == "needs-help"
    assert [each["advice"] for each in report["findings"] if each["severity"] == "blocks"] == [
        "fix-size"
    ]
    shapes = report["estimate"]["input"]
    fixed = fix_sizes(GRAPHS[name](), shapes)
    path = tmp_path / "fixed.onnx"
    path.write_bytes(fixed)
    outputs = [output.name for output in onnx.load_from_string(fixed).graph.output]
    (outcome,) = outcomes([{"path": str(path), "inputs": shapes, "outputs": outputs}])
    assert outcome["runs"], outcome
    assert examine(fixed, "fixed.onnx")["verdict"] == "runs"
