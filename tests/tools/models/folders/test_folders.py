"""Every folder of models/ keeps the contract; a spoilt copy is told with the key that is wrong."""

import json
import shutil
import sys

import pytest

from tools.__main__ import main
from tools.models.folders.check import check_folder
from tools.paths import MODELS

FOLDERS = sorted(path.parent for path in MODELS.glob("*/model.json"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_folder_is_right(folder):
    assert check_folder(folder) == []


@pytest.fixture
def copy(tmp_path):
    """Copies a model's folder beside the lists it names, and changes its model.json."""

    def make(model_id, change=lambda _: None):
        for name in ("labels", "keypoints"):
            shutil.copytree(MODELS / name, tmp_path / name, dirs_exist_ok=True)
        folder = tmp_path / model_id
        shutil.copytree(MODELS / model_id, folder)
        path = folder / "model.json"
        data = json.loads(path.read_text("utf-8"))
        change(data)
        path.write_text(json.dumps(data), "utf-8")
        return folder

    return make


def put(way, value):
    """Changes what is at a way such as `input.width`; None takes it away."""

    def change(data):
        *outer, last = (int(each) if each.isdigit() else each for each in way.split("."))
        for each in outer:
            data = data[each]
        if value is None:
            del data[last]
        else:
            data[last] = value

    return change


def told(folder):
    return [(each.file, each.key) for each in check_folder(folder)]


# Model, where it is spoilt, with what, and the key that is told if it is another one.
SPOILT = [
    ("yolox-nano", "id", "Yolox", None),
    ("yolox-nano", "id", "another", None),
    ("yolox-nano", "order", "first", None),
    ("yolox-nano", "name", None, "name"),
    ("yolox-nano", "name.ja", None, None),
    ("yolox-nano", "name.en", "", None),
    ("yolox-nano", "name.de", "YOLOX", None),
    ("yolox-nano", "about", "80 kinds", None),
    ("yolox-nano", "task", "detections", None),
    ("yolox-nano", "labels", {"en": ["cat"], "ja": []}, None),
    ("yolox-nano", "labels", {"en": ["dog", "car", "dog"], "ja": ["犬", "車", "犬"]}, None),
    ("yolox-nano", "lables", "coco80", None),
    ("yolox-nano", "input", None, None),
    ("yolox-nano", "input.width", 0, None),
    ("yolox-nano", "input.colour", "RGBA", None),
    ("yolox-nano", "input.color", "RGB", None),
    ("yolox-nano", "input.mean", [0, 0], None),
    ("yolox-nano", "input.pad", None, None),
    ("yolox-nano", "input.sizes", [[320, 320]], None),
    ("yolox-nano", "outputs", [], None),
    ("yolox-nano", "decoder.kind", "yolo", None),
    ("yolox-nano", "score.threshold", 0.05, None),
    ("yolox-nano", "nms.iou", 2, None),
    ("yolox-nano", "expected", None, None),
    ("yolox-nano", "expected.sample", "sunset", None),
    ("yolox-nano", "expected.detections", [], None),
    ("yolox-nano", "expected.detections.0.label", "wolf", "expected.detections[0].label"),
    ("yolox-nano", "expected.detections.1.box", [1, 2, 3], "expected.detections[1].box"),
    ("yolox-nano", "expected.detections.1.box", [9, 9, 0, 5], "expected.detections[1].box"),
    ("yolox-nano", "licence.spdx", "Apache License 2", None),
    ("yolox-nano", "licence.holder", "", None),
    ("yolox-nano", "licence.url", "http://example.org", None),
    ("yolox-nano", "licence.note", None, None),
    ("yolox-nano", "licence.note", {"en": "only"}, "licence.note.ja"),
    ("yolox-nano", "delivery", "post", None),
    ("yolox-nano", "source.kind", "ftp", None),
    ("yolox-nano", "source.urls", ["http://example.org/model.onnx"], None),
    ("yolox-nano", "source.sha256", "695E", None),
    ("yolox-nano", "onnx", {"weights": "fp16"}, None),
    ("yolox-nano", "onnx.0.weights", "fp8", "onnx[0].weights"),
    ("yolox-nano", "onnx.1.weights", "fp16", "onnx[1].weights"),
    ("yolox-nano", "onnx.1.bytes", None, "onnx[1].bytes"),
    ("yolox-nano", "onnx.0.sha256", "00", "onnx[0].sha256"),
    ("yolox-nano", "onnx.0.weights", "published", "onnx.sha256"),
    ("centernet-coco", "source.package", None, None),
    ("centernet-coco", "source.graph", None, "graph"),
    ("centernet-coco", "decoder", {"kind": "yolox"}, None),
    ("centernet-coco", "delivery", "tap", None),
    ("ssdlite-coco", "source.bytes", None, None),
    ("movenet-lightning", "keypoints", "coco18", None),
    ("movenet-lightning", "expected.detections.0.points.tail", [1, 2], None),
    ("wholebody28", "delivery", "site", None),
    ("wholebody28", "delivery", None, None),
    ("wholebody28", "points", ["shoulder", "tail"], None),
    ("wholebody28", "attributes.groups.0.of", "tail", "attributes.groups[0].of"),
    ("wholebody28", "score.classes.tail", 0.3, None),
]


@pytest.mark.parametrize(("model_id", "way", "value", "key"), SPOILT)
def test_a_spoilt_folder_is_told_with_its_key(copy, model_id, way, value, key):
    key = key or way.replace(".0.", "[0].")

    assert ("model.json", key) in told(copy(model_id, put(way, value)))


def test_a_file_that_lies_in_the_folder_need_not_be_promised(copy):
    def own(data):
        data |= {"source": {"kind": "file", "file": "model.onnx"}}
        data |= {"onnx": [{"weights": "published"}]}

    folder = copy("yolox-nano", own)
    assert told(folder) == [("model.json", "source.file")]
    (folder / "model.onnx").write_bytes(b"any")
    assert told(folder) == []


def test_all_that_is_wrong_is_told_at_once(copy):
    def change(data):
        data["name"], data["licence"]["url"], data["input"]["width"] = "X", "", -1

    keys = [key for _, key in told(copy("yolox-nano", change))]

    assert {"name", "licence.url", "input.width"} <= set(keys)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"id": "x"'])
def test_what_is_no_json_is_told(copy, content):
    folder = copy("yolox-nano")
    (folder / "model.json").write_text(content)

    assert told(folder) == [("model.json", "")]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (None, "No such file"),
        ("def decod(outputs, spec): ...", "decode"),
        ("import torch_of_no_version", "decode.py, line 1"),
        ("def decode(:", "SyntaxError"),
    ],
)
def test_a_decoder_that_is_none_is_told(copy, code, words):
    folder = copy("centernet-coco")
    (folder / "decode.py").unlink()
    if code is not None:
        (folder / "decode.py").write_text(code)

    (problem,) = check_folder(folder)

    assert problem.file == "decode.py"
    assert words in str(problem)


def test_the_command_tells_which_key_of_which_folder_is_wrong(copy, monkeypatch, capsys):
    copy("selfie")
    folder = copy("yolox-nano", put("input.colour", "RGBA"))
    monkeypatch.setattr(sys, "argv", ["tools", "models", "--models", str(folder.parent)])

    assert main() == 1
    assert capsys.readouterr().out == (
        "selfie: right\nyolox-nano: wrong\n  model.json: input.colour: expected RGB | BGR\n"
    )


def test_the_command_is_content_with_right_folders(copy, monkeypatch, capsys):
    folder = copy("wholebody28")
    monkeypatch.setattr(sys, "argv", ["tools", "models", "--models", str(folder.parent)])

    assert main() == 0
    assert capsys.readouterr().out == "wholebody28: right\n"
