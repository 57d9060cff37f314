from pathlib import Path

import numpy as np
import pytest

from tools.bench.inputs import Subject
from tools.bench.report import model_report, pairs, ratio_spreads, wrong_engines
from tools.bench.rounds import Measured


@pytest.fixture
def subject(tmp_path):
    onnx = tmp_path / "net.onnx"
    onnx.write_bytes(b"graph")
    return Subject("net", onnx, Path("net.f32"), (1, 3, 8, 8), "input", ("out",))


def out(value):
    return {"out": np.array([value], np.float32)}


def test_ours_are_divided_by_onnxruntime_web_and_the_scalar_ones_by_ours():
    assert pairs(["simd", "relaxed", "scalar"], with_ort=True) == [
        ("simd", "onnxruntime-web"),
        ("relaxed", "onnxruntime-web"),
        ("relaxed", "simd"),
        ("scalar", "simd"),
        ("scalar", "relaxed"),
    ]


def test_a_scalar_wheel_alone_is_compared_with_nothing():
    assert pairs(["scalar"], with_ort=True) == []


def test_the_report_of_a_network_has_times_ratios_agreement_and_every_sample(subject):
    times = {
        "simd": [[6.0, 8.0], [7.0, 7.0]],
        "onnxruntime-web": [[10.0, 10.0], [10.0, 10.0]],
        "native opencv": [[2.0, 2.0], [2.0, 2.0]],
    }
    found = {"simd": out(1.0), "onnxruntime-web": out(1.5), "native opencv": out(1.0)}
    report = model_report(Measured(subject, times, found), ["simd"])
    assert report["onnx_bytes"] == 5
    assert report["shape"] == [1, 3, 8, 8]
    assert report["ratios"]["simd / onnxruntime-web"]["median"] == 0.7
    ours = report["engines"]["simd"]
    assert (ours["median"], ours["n"], ours["rounds"]) == (7.0, 4, times["simd"])
    assert ours["max_abs_difference"] == {"native opencv": 0.0}
    whole = {"models": {"net": report}}
    assert wrong_engines(whole) == ["onnxruntime-web on net"]
    assert ratio_spreads(whole) == [0.0]


def test_without_native_engines_the_first_engine_is_the_reference(subject):
    measured = Measured(subject, {"a": [[1.0]], "b": [[1.0]]}, {"a": out(1.0), "b": out(3.0)})
    engines = model_report(measured, ["a", "b"])["engines"]
    assert engines["b"]["max_abs_difference"] == {"a": 2.0}
    assert not engines["b"]["agrees"]


def test_a_run_of_the_app_alone_has_no_wrong_engines():
    assert wrong_engines({"app": {}}) == []
