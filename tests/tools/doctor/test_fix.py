"""`--fix` writes a copy that runs and gives what the file gives, or nothing."""

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from mekiki.doctor import examine

# Each with what is done about it.
MENDED = {
    "detector_of_any_size": "wrote the sizes of the inputs",
    "detector_that_asks_its_size": "wrote the sizes of the inputs",
    "vit_of_dynamic_batch": "wrote the sizes of the inputs",
    "branches": "simplified: constants are computed beforehand",
    "rotary_positions": "simplified: constants are computed beforehand",
    "weights from Tanh": "simplified: constants are computed beforehand",
    "column and row": "simplified: constants are computed beforehand",
    "constant as a number": "simplified: constants are computed beforehand",
    "mode left out": "wrote options out that were left to their default",
    "one name for two": "gave each operator a name of its own",
    "output of unknown shape": "wrote the shapes of the outputs",
    "input that nobody uses": "left out inputs that nothing uses",
    "no opset": "wrote the opset that it is taken for",
    "ssd_with_suppression": ("cut off non-maximum suppression: boxes and scores are the outputs"),
}
UNCOMPARED = ("one name for two", "no opset")  # onnxruntime refuses these as they are


@pytest.fixture
def fixed(answer, drawn, tmp_path):
    """Takes a graph's name and options to (exit status, what was told, the copy's path)."""

    def call(name, *options):
        path, target = drawn(name), tmp_path / "made" / "fixed.onnx"
        before = path.read_bytes()
        status, told = answer(path, "--fix", target, *options)
        assert path.read_bytes() == before
        assert target.exists() == told["fix"]["written"] == (status == 0)
        return status, told["fix"], target

    return call


@pytest.mark.parametrize("name", MENDED)
def test_what_can_be_mended_is(fixed, name):
    _, told, target = fixed(name)

    assert MENDED[name] in told["changes"]
    assert told["written"], told
    assert examine(target.read_bytes(), "fixed.onnx")["verdict"] == "runs"
    (checked,) = told["checks"]
    assert checked["opencv"]["runs"]
    assert checked["alike"] == (name not in UNCOMPARED)


@pytest.mark.parametrize("name", ["grid_sample", "loop", "own_domain", "two axes at once"])
def test_what_cannot_be_mended_is_told_with_what_remains(doctor, drawn, tmp_path, name):
    status, text = doctor(drawn(name), "--fix", tmp_path / "fixed.onnx")

    assert status == 1
    end = text.split("It cannot be mended here; nothing was written.")[1]
    assert end.strip().startswith("✗ ")
    assert not (tmp_path / "fixed.onnx").exists()


def test_the_size_can_be_chosen(fixed):
    _, told, target = fixed("detector_of_any_size", "--input", "1x3x96x160")

    assert told["report"]["estimate"]["input"] == {"images": [1, 3, 96, 160]}
    (info,) = onnx.load(target).graph.input
    assert [each.dim_value for each in info.type.tensor_type.shape.dim] == [1, 3, 96, 160]


def test_a_size_can_be_given_by_name_for_the_report_too(answer, drawn):
    path = drawn("detector_of_any_size")

    _, told = answer(path, "--input", "images=1x3x64x96")

    assert told["estimate"]["input"] == {"images": [1, 3, 64, 96]}


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ("other=1x3x64x64", "input-not-understood"),
        ("1x3xWxH", "input-not-understood"),
        ("", "input-not-understood"),
        ("640", "input-not-taken"),
        ("1x1x64x64", "input-not-taken"),
    ],
)
def test_a_size_that_makes_no_sense_is_refused(doctor, drawn, size, code):
    status, text = doctor(drawn("detector_of_any_size"), "--input", size)

    assert status == 1
    assert text.startswith(f"mekiki: {code}: ")


def test_weights_of_half_the_size(fixed, drawn):
    _, told, target = fixed("mobilenet_v2", "--fp16")

    assert told["changes"][-1] == "stored the weights as float16"
    assert target.stat().st_size < 0.6 * drawn("mobilenet_v2").stat().st_size
    exact, rounded = told["checks"]
    assert exact["alike"]
    assert exact["apart"] < rounded["apart"] < 0.01
    assert "Rounding the weights changes the numbers by 0." in rounded["text"]


def test_weights_in_a_file_beside_it_come_into_the_copy(answer, drawn, tmp_path):
    plain = drawn("mobilenet_v2")
    path, target = tmp_path / "split" / "model.onnx", tmp_path / "fixed.onnx"
    path.parent.mkdir()
    onnx.save(onnx.load(plain), path, save_as_external_data=True, location="w", size_threshold=0)

    status, told = answer(path, "--fix", target)

    assert told["verdict"] == "needs-help"
    assert status == 0
    assert "put the weights into the file" in told["fix"]["changes"]
    assert told["fix"]["checks"][0]["alike"]


def test_the_file_itself_is_never_written_over(doctor, drawn):
    path = drawn("detector_of_any_size")
    before = path.read_bytes()

    status, text = doctor(path, "--fix", path.parent / "." / path.name)

    assert status == 1
    assert "fix-overwrites" in text
    assert path.read_bytes() == before


def test_weights_that_float16_does_not_hold_are_not_rounded(doctor, drawn, tmp_path):
    path = drawn("mobilenet_v2")
    model = onnx.load(path)
    name = next(node.input[1] for node in model.graph.node if node.op_type == "Conv")
    tensor = next(each for each in model.graph.initializer if each.name == name)
    large = numpy_helper.to_array(tensor) + np.float32(1e6)
    tensor.CopyFrom(numpy_helper.from_array(large, name))
    onnx.save(model, path)

    status, text = doctor(path, "--fix", tmp_path / "fixed.onnx", "--fp16")

    assert status == 1
    assert "fp16-overflow" in text
    assert not (tmp_path / "fixed.onnx").exists()
