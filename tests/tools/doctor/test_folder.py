"""`--folder` writes a folder that keeps the contract and finds what is on the photo."""

import json
import shutil

import onnx
import pytest

from mekiki.detector import Detector
from mekiki.loader import load_model
from tests.blue_detector import blue_detector, in_jacket
from tests.engine.conftest import onnx_file, read_sample
from tools.doctor.folder.facts import read_labels
from tools.models.folders.check import check_folder
from tools.models.prepare import prepare
from tools.paths import MODELS


@pytest.fixture
def blue(tmp_path):
    path = tmp_path / "blue-v8.onnx"
    onnx.save(blue_detector(), path)
    return path


@pytest.fixture
def folder(tmp_path):
    """Where a new model may be: beside the lists that models share."""
    for name in ("labels", "keypoints"):
        shutil.copytree(MODELS / name, tmp_path / "models" / name)
    return tmp_path / "models" / "sees-blue"


def licensed(folder):
    """The person says what no tool knows."""
    path = folder / "model.json"
    facts = json.loads(path.read_text("utf-8"))
    facts["licence"] |= {"holder": "Somebody", "url": "https://example.org/licence"}
    path.write_text(json.dumps(facts))


def test_the_folder_lacks_only_what_the_person_must_say(doctor, blue, folder):
    status, text = doctor(
        blue, "--folder", folder, "--photo", "app/samples/person.jpg", "--licence", "MIT"
    )

    assert status == 0
    told = text[text.index("left to be said:") :]
    assert [line.split(":")[1].strip() for line in told.splitlines()[1:]] == [
        "licence.holder",
        "licence.url",
    ]
    licensed(folder)
    assert check_folder(folder) == []


def test_it_knows_the_layout_and_finds_the_jacket(doctor, blue, folder):
    doctor(blue, "--folder", folder, "--photo", "person")

    facts = json.loads((folder / "model.json").read_text("utf-8"))
    assert facts["decoder"]["kind"] == "yolov8"
    assert facts["labels"]["en"] == ["blue thing"]
    assert (facts["input"]["width"], facts["input"]["height"]) == (320, 256)
    assert facts["expected"]["sample"] == "person"
    assert all(in_jacket(each["box"]) for each in facts["expected"]["detections"])


def test_the_build_makes_its_weights_and_the_engine_runs_them(doctor, blue, folder, tmp_path):
    doctor(blue, "--folder", folder, "--photo", "person", "--licence", "MIT")
    licensed(folder)

    ready = prepare(folder, cache=tmp_path, node_modules=tmp_path, mirror=None, network=False)

    spec, decode = load_model(folder)
    wanted = json.loads((folder / "model.json").read_text("utf-8"))["expected"]["detections"]
    for each in ready:
        found = Detector(spec, decode, each.path.read_bytes()).detect(read_sample("person"))
        assert found.detections.to_plain()[0]["label"] == wanted[0]["label"]


def test_a_real_detector_needs_nothing_else(doctor, folder):
    """YOLOX-nano, from its file alone: layout, colours, labels and padding are guessed right."""
    path = onnx_file("yolox-nano")

    status, _ = doctor(path, "--folder", folder, "--licence", "Apache-2.0")

    assert status == 0
    facts = json.loads((folder / "model.json").read_text("utf-8"))
    known = json.loads((MODELS / "yolox-nano" / "model.json").read_text("utf-8"))
    assert facts["decoder"] == known["decoder"]
    assert facts["labels"] == known["labels"]
    assert facts["input"].items() <= known["input"].items()
    found = {each["label"]: each["box"] for each in facts["expected"]["detections"]}
    assert facts["expected"]["sample"] == "dog"
    assert found["dog"] == pytest.approx(known["expected"]["detections"][0]["box"], abs=25)


def test_labels_come_from_a_file(doctor, blue, folder, tmp_path):
    names = tmp_path / "names.txt"
    names.write_text("sea\t海\n", "utf-8")

    doctor(blue, "--folder", folder, "--labels", names)

    facts = json.loads((folder / "model.json").read_text("utf-8"))
    assert facts["labels"] == {"en": ["sea"], "ja": ["海"]}


def test_labels_without_japanese_are_the_english_ones(tmp_path):
    (tmp_path / "names.txt").write_text("cat\n\ndog\t犬\n", "utf-8")

    assert read_labels(tmp_path / "names.txt") == {"en": ["cat", "dog"], "ja": ["cat", "犬"]}


def test_outputs_that_no_decoder_fits_get_a_decode_py_that_runs(doctor, drawn, folder):
    status, text = doctor(drawn("detr_of_weights"), "--folder", folder)

    assert status == 0
    assert "decode.py, to be filled" in text
    assert "float32" in (folder / "decode.py").read_text("utf-8")
    spec, decode = load_model(folder)
    found = Detector(spec, decode, (folder / "model.onnx").read_bytes())
    assert len(found.detect(read_sample("dog")).detections) == 0


def test_a_decode_py_can_be_begun_although_a_decoder_fits(doctor, blue, folder):
    doctor(blue, "--folder", folder, "--own-decoder")

    assert "output0 (1, 5, 80)" in (folder / "decode.py").read_text("utf-8")
    assert "decoder" not in json.loads((folder / "model.json").read_text("utf-8"))


def test_a_file_that_needs_help_is_mended_on_the_way(doctor, drawn, folder, tmp_path):
    path = drawn("detector_of_any_size")

    status, text = doctor(path, "--folder", folder)
    assert status == 1
    assert "folder-needs-what-runs" in text
    assert not folder.exists()

    status, _ = doctor(path, "--fix", tmp_path / "fixed.onnx", "--folder", folder)
    assert status == 0
    assert (folder / "model.onnx").read_bytes() == (tmp_path / "fixed.onnx").read_bytes()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--photo", "sunset.jpg"], "photo-unknown"),
        (["--labels", "nothing.txt"], "labels-unreadable"),
        (["--licence", "GPL-3.0-only"], "licence-forbids-embedding"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(doctor, blue, folder, options, code):
    status, text = doctor(blue, "--folder", folder, *options)

    assert status == 1
    assert f"mekiki: {code}: " in text
    assert not folder.exists()


@pytest.mark.parametrize("name", ["Sees Blue", "blue_things"])
def test_a_folder_whose_name_is_no_id_is_refused(doctor, blue, folder, name):
    status, text = doctor(blue, "--folder", folder.parent / name)

    assert status == 1
    assert "folder-name" in text


def test_a_folder_that_is_there_is_left_alone(doctor, blue, folder):
    folder.mkdir()

    status, text = doctor(blue, "--folder", folder)

    assert status == 1
    assert "folder-is-there" in text
    assert list(folder.iterdir()) == []
