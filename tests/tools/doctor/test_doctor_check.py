"""`--check` loads the file for real and holds the verdict to it."""

import onnx
import pytest

import tools.doctor.check
from mekiki.doctor import examine
from tools.doctor.check import check, check_text

# One that ends the process that loads it.
CRASH = "Einsum in capitals ends the process"


def test_a_model_that_runs_gives_what_onnxruntime_gives(answer, drawn):
    status, told = answer(drawn("mobilenet_v2"), "--check")

    checked = told["check"]
    assert status == 0
    assert checked["right"]
    assert checked["alike"]
    assert checked["opencv"]["ms"] > 0
    assert checked["onnxruntime"]["ms"] > 0
    assert 0 < max(checked["differences"].values()) < 1e-3


def test_a_model_that_does_not_run_is_told_with_what_opencv_says(doctor, drawn):
    status, text = doctor(drawn("grid_sample"), "--check")

    assert status == 1
    assert "OpenCV      does not run (read): " in text
    assert "onnxruntime runs" in text
    assert "The verdict “Does not run here.” was right." in text


def test_a_file_that_ends_the_process_ends_only_the_one_that_tries_it(answer, drawn):
    _, told = answer(drawn(CRASH), "--check")

    assert told["verdict"] == "cannot"
    assert told["check"]["right"]
    assert told["check"]["opencv"]["stage"] == "crash"


def test_other_numbers_are_told(drawn, tmp_path):
    path, other = drawn("mobilenet_v2"), tmp_path / "other.onnx"
    model = onnx.load(path)
    weights = max(model.graph.initializer, key=lambda tensor: len(tensor.raw_data))
    weights.raw_data = bytes(len(weights.raw_data))
    onnx.save(model, other)

    checked = check(examine(path.read_bytes(), path.name), path, original=other)

    assert checked.right
    assert max(checked.differences.values()) > 0.01
    assert not checked.alike


def test_a_wrong_verdict_is_told(drawn):
    path = drawn("mobilenet_v2")
    report = examine(path.read_bytes(), path.name) | {"verdict": "cannot"}

    checked = check(report, path)

    assert not checked.right
    assert check_text(checked).endswith("was WRONG.")


def test_it_does_not_wait_for_ever(monkeypatch, drawn):
    path = drawn("mobilenet_v2")
    monkeypatch.setattr(tools.doctor.check, "LIMIT", 0.01)

    checked = check(examine(path.read_bytes(), path.name), path)

    assert [checked.opencv["stage"], checked.reference["stage"]] == ["time", "time"]


@pytest.mark.parametrize("name", ["half_weights", "yolov8", "crnn"])
def test_the_two_agree_on_architectures(answer, drawn, name):
    _, told = answer(drawn(name), "--check")

    assert told["check"]["right"]
    assert told["check"]["alike"], told["check"]
