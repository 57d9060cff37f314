"""The edge answers JSON text and lets no exception through. It is written for Pyodide, and plain
enough to run here: the worker's JavaScript bytes are the one thing that is played."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from mekiki import edge

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class JsBytes:
    content: bytes

    def __len__(self):
        return len(self.content)

    def to_bytes(self):
        return self.content


@pytest.fixture(autouse=True)
def fresh_edge(monkeypatch):
    monkeypatch.setattr(edge, "MODELS", ROOT / "models")
    monkeypatch.setattr(edge, "_State", type("State", (), dict(vars(edge._State))))


def detect(width=64, height=48, source=(640, 480)):
    return json.loads(edge.detect(width, height, *source, '{"transfer": 1.5}', 1000))


def test_versions_are_told():
    assert set(json.loads(edge.about())) == {"python", "numpy", "cv2"}


def test_frame_array_has_the_frames_size():
    assert edge.frame_array(64, 48).shape == (48, 64, 4)


def test_frame_before_a_model_is_an_error_with_a_code():
    edge.frame_array(64, 48)
    assert detect() == {"error": {"code": "model-not-loaded", "data": {}}}


def test_unreadable_model_is_an_error_with_a_code():
    answer = json.loads(edge.load("blazeface-back", JsBytes(b"this is no ONNX file")))
    assert answer["error"]["code"] == "model-unreadable"


def test_any_other_exception_names_its_file_and_line(monkeypatch):
    def broken(folder):
        raise KeyError(folder.name)

    monkeypatch.setattr(edge, "load_model", broken)
    error = json.loads(edge.load("nothing", JsBytes(b"")))["error"]
    assert error["code"] == "python-error"
    assert error["data"]["detail"] == "KeyError: 'nothing'"
    assert error["data"]["file"].endswith("test_edge.py")
    assert error["data"]["line"] > 0
