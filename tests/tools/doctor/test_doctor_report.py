"""What `python -m tools doctor` prints of a file."""

import re

import pytest

from tests.opencv.hostile.models import FILES


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("mobilenet_v2", 0, "Runs here."),
        ("grid_sample", 1, "Does not run here."),
        ("detector_that_asks_its_size", 2, "Runs once it is repaired."),
    ],
)
def test_the_verdict_is_told_in_words_and_as_exit_status(doctor, drawn, name, status, words):
    told, text = doctor(drawn(name))

    assert told == status
    assert text.startswith(f"{name}.onnx: {words}\n")


def test_what_is_wrong_is_told_with_what_helps_and_the_operator_is_marked(doctor, drawn):
    _, text = doctor(drawn("detector_that_asks_its_size"))

    assert "✗ The file leaves the size of images open (batch × 3 × height × width)" in text
    assert "→ Fix the size of the input." in text
    assert re.search(r"✗ +3  Concat", text)
    assert not re.search(r"✗ +6  Conv\b", text)


def test_the_facts_are_told(doctor, drawn):
    _, text = doctor(drawn("mobilenet_v2"))

    for wanted in (
        r"input +\w+  1x3x\d+x\d+  float32",
        r"output +\w+  1x\d+  float32",
        r"[\d,]+ bytes, IR \d+, opset \d+",
        r"about [\d.]+ GFLOPs for",
        r"about [\d.]+ MB of weights and [\d.]+ MB of activations",
        r"\d+  Conv\n",
    ):
        assert re.search(wanted, text), wanted


def test_json_is_the_report_of_the_engine(answer, drawn):
    status, told = answer(drawn("loop"))

    assert status == 1
    assert told["verdict"] == "cannot"
    assert "operator-graph" in [each["code"] for each in told["findings"]]
    assert told["facts"]["operators"]["Loop"] == 1


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 a photo", b"\x08\x07\x3a\x04"])
def test_what_holds_no_graph_is_told_in_one_line(doctor, tmp_path, content):
    path = tmp_path / "model.onnx"
    path.write_bytes(content)

    status, text = doctor(path)

    assert status == 1
    assert text.startswith("mekiki: model-unreadable: ")
    assert text.count("\n") == 1


# That one is not hostile, only long, and OpenCV takes seconds for it.
@pytest.mark.parametrize("name", [each for each in FILES if each != "ten thousand nodes"])
def test_hostile_files_are_reported_tried_and_not_mended(doctor, tmp_path, name):
    path, target = tmp_path / "model.onnx", tmp_path / "mended.onnx"
    path.write_bytes(FILES[name][0]())

    status, text = doctor(path, "--check", "--fix", target)

    assert target.exists() == (status == 0)
    assert text
    assert "was WRONG" not in text


def test_a_file_that_is_not_there_is_told(doctor, tmp_path):
    status, text = doctor(tmp_path / "nothing.onnx")

    assert status == 1
    assert "No such file" in text
