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


@pytest.fixture
def load(onnx):
    def load(model_id, *size):
        return json.loads(edge.load(model_id, JsBytes(onnx(model_id)), *size))

    return load


def face(sample, left=0):
    """The sample with a face, moved to the left, as the worker's frame."""
    picture = sample("astronaut")[:384, left : left + 384]
    edge.frame_array(384, 384)[:] = picture


def live(time, session=1):
    track = json.dumps({"time": time, "threshold": 0.65, "session": session})
    return json.loads(edge.detect(384, 384, 768, 384, "{}", 1000, track))


def test_model_tells_the_input_size_in_use(load):
    assert load("blazeface-back")["input"] == [256, 256]
    assert load("centernet-coco")["input"] == [416, 416]
    assert load("centernet-coco", 320, 320)["input"] == [320, 320]
    assert edge._State.detector.spec.input.width == 320


def test_input_size_that_is_not_offered_is_an_error_and_the_model_before_it_stays(load, sample):
    load("blazeface-back")
    error = load("centernet-coco", 333, 333)["error"]
    assert error["code"] == "input-size-unknown"
    assert error["data"]["size"] == "333 × 333"
    face(sample)
    assert live(1.0)["model"] == "blazeface-back"


def test_picture_by_itself_is_answered_as_ever(load, sample):
    load("blazeface-back")
    face(sample)
    live(1.0)
    live(1.1)
    answer = detect(384, 384)
    assert "time" not in answer
    assert "track" not in answer["ms"]
    assert answer["detections"]
    assert all(
        each.keys() == {"class_id", "label", "score", "box", "points"}
        for each in answer["detections"]
    )


def test_live_pictures_are_answered_with_numbers_and_velocities_in_source_pixels(load, sample):
    load("blazeface-back")
    for step in range(10):
        face(sample, left=8 * step)
        answer = live(step / 10)
        assert answer["time"] == step / 10
        assert answer["ms"]["track"] >= 0
        (found,) = (each for each in answer["detections"] if each["score"] >= 0.65)
        assert found.get("track") == (1 if step else None)
    # The frame has 384 px, the source twice as many: 8 px in a tenth of a second are 160 px/s.
    assert found["velocity"] == pytest.approx([-160, 0, 0, 0], abs=40)
    assert found["box"][0] == pytest.approx(2 * (178 - 72), abs=20)


def test_numbers_start_at_one_in_another_session_model_or_size(load, sample):
    load("blazeface-back")
    face(sample)

    def number():
        (found,) = (each for each in live_again() if each["score"] >= 0.65)
        return found.get("track")

    times = iter(range(100))
    session = 1

    def live_again():
        return live(next(times) / 10, session)["detections"]

    assert [number(), number()] == [None, 1]
    session = 2
    assert [number(), number()] == [None, 1]
    load("blazeface-back")
    assert [number(), number()] == [None, 1]
    edge.frame_array(384, 300)[:] = sample("astronaut")[:300, :384]
    track = '{"time": 1.0, "threshold": 0.65, "session": 2}'
    answer = json.loads(edge.detect(384, 300, 384, 300, "{}", 1000, track))
    assert all("track" not in each for each in answer["detections"])


def test_facts_of_a_file_need_no_model(onnx):
    content = onnx("blazeface-back")
    facts = json.loads(edge.inspect("face.onnx", JsBytes(content)))
    assert (facts["name"], facts["bytes"]) == ("face.onnx", len(content))
    assert facts["inputs"] == [{"name": "input", "shape": [1, 3, 256, 256], "type": "float32"}]
    assert edge._State.detector is None


def test_facts_of_what_is_no_model_are_an_error():
    error = json.loads(edge.inspect("notes.txt", JsBytes(b"hello")))["error"]
    assert error["code"] == "model-unreadable"


def test_file_that_is_too_large_is_refused_before_it_is_read():
    assert edge.too_large(64 * 2**20) == ""
    error = json.loads(edge.too_large(64 * 2**20 + 1))["error"]
    assert error["code"] == "model-too-large"

    class Untouchable(JsBytes):
        def __len__(self):
            return 10**10

        def to_bytes(self):
            raise AssertionError("copied")

    answer = json.loads(edge.inspect("huge.onnx", Untouchable(b"")))
    assert answer["error"]["code"] == "model-too-large"


def test_what_is_held_stays_the_same_while_nothing_is_done():
    first, second = (json.loads(edge.memory(1000)) for _ in range(2))
    assert first["heap"] == 1000
    assert second["objects"] <= first["objects"] + 5
