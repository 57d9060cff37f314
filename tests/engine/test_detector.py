"""The detector with a real net: BlazeFace, the quickest and always there."""

import json

import numpy as np
import pytest

from mekiki.detection import Candidates
from mekiki.detector import MOST_DETECTIONS, Detector
from mekiki.errors import MekikiError
from mekiki.loader import load_model
from mekiki.spec import ModelSpec
from tools.paths import MODELS

FOLDER = MODELS / "blazeface-back"


@pytest.fixture(scope="module")
def face_onnx(onnx):
    return onnx("blazeface-back")


def changed_spec(**changes):
    """BlazeFace's spec with some keys changed."""
    data = json.loads((FOLDER / "model.json").read_text(encoding="utf-8"))
    for key, value in changes.items():
        data[key] = value
    return ModelSpec.from_dict(data, ["face"])


def always_finding(candidates, face_onnx):
    """A detector whose decoder answers every frame with the same candidates."""

    def decode(outputs, spec):  # noqa: ARG001
        return candidates

    return Detector(changed_spec(), decode, face_onnx)


def grid_of_boxes(columns, rows, size, class_id=0):
    """Boxes side by side in input pixels, scores rising from 0.3 to 0.9."""
    y, x = np.mgrid[:rows, :columns].reshape(2, -1) * size
    boxes = np.stack((x, y, x + size, y + size), axis=1).astype(np.float32)
    scores = np.linspace(0.3, 0.9, len(boxes), dtype=np.float32)
    return Candidates(boxes, scores, np.full(len(boxes), class_id, np.int32))


def code_of(work):
    with pytest.raises(MekikiError) as caught:
        work()
    return caught.value.code


@pytest.mark.parametrize("content", [b"", b"not a model" * 100, b"\x08\x07" * 5000])
def test_what_is_no_model_is_unreadable(content):
    spec, decode = load_model(FOLDER)
    assert code_of(lambda: Detector(spec, decode, content)) == "model-unreadable"


def test_half_a_model_is_unreadable(face_onnx):
    spec, decode = load_model(FOLDER)
    half = face_onnx[: len(face_onnx) // 2]
    assert code_of(lambda: Detector(spec, decode, half)) == "model-unreadable"


def test_missing_outputs_are_named(face_onnx):
    _, decode = load_model(FOLDER)
    with pytest.raises(MekikiError) as caught:
        Detector(changed_spec(outputs=["score16", "boxes"]), decode, face_onnx)
    assert caught.value.code == "model-outputs-missing"
    assert caught.value.data["missing"] == ["boxes"]
    assert set(caught.value.data["found"]) == {"score16", "score8", "reg16", "reg8"}


def test_a_model_that_does_not_take_its_input_fails_at_the_frame(face_onnx, sample):
    _, decode = load_model(FOLDER)
    for key, value in (("name", "pixels"), ("width", 200)):
        facts = json.loads((FOLDER / "model.json").read_text(encoding="utf-8"))
        wrong = changed_spec(input={**facts["input"], key: value})
        detector = Detector(wrong, decode, face_onnx)
        with pytest.raises(MekikiError) as caught:
            detector.detect(sample("cat"))
        assert caught.value.code == "forward-failed"


def test_onnx_may_be_an_array(face_onnx, sample):
    spec, decode = load_model(FOLDER)
    array = np.frombuffer(face_onnx, np.uint8)
    assert len(Detector(spec, decode, array).detect(sample("astronaut")).detections) > 0


def test_an_error_leaves_it_fit_for_the_next_frame(face_onnx, sample):
    spec, decode = load_model(FOLDER)
    failing = []

    def sometimes(outputs, spec):
        if failing:
            raise failing.pop()
        return decode(outputs, spec)

    detector = Detector(spec, sometimes, face_onnx)
    before = detector.detect(sample("astronaut")).detections.to_plain()
    assert before
    assert code_of(lambda: detector.detect(np.zeros((0, 9, 4), np.uint8))) == "frame-empty"
    assert detector.detect(sample("astronaut")).detections.to_plain() == before
    assert code_of(lambda: detector.detect(sample("astronaut")[:, :, :3])) == "frame-invalid"
    assert detector.detect(sample("astronaut")).detections.to_plain() == before
    failing.append(IndexError("out of bounds"))
    assert code_of(lambda: detector.detect(sample("cat"))) == "decode-failed"
    assert detector.detect(sample("astronaut")).detections.to_plain() == before


def test_a_failing_forward_pass_leaves_it_fit_for_the_next_frame(face_onnx, sample):
    spec, decode = load_model(FOLDER)
    detector = Detector(spec, decode, face_onnx)
    before = detector.detect(sample("astronaut")).detections.to_plain()
    good = detector._preprocess.blob
    detector._preprocess.blob = good[:, :, :100]  # cv2 itself refuses this shape
    assert code_of(lambda: detector.detect(sample("astronaut"))) == "forward-failed"
    detector._preprocess.blob = good
    assert detector.detect(sample("astronaut")).detections.to_plain() == before


def test_frames_do_not_disturb_earlier_results(detector, sample):
    face = detector("blazeface-back")
    first = face.detect(sample("astronaut"))
    before = first.detections.to_plain()
    face.detect(sample("cat"))
    assert first.detections.to_plain() == before


def test_timings_are_milliseconds_of_the_three_steps(detector, sample):
    timings = detector("blazeface-back").detect(sample("cat")).timings
    assert list(timings) == ["preprocess", "forward", "decode"]
    assert all(0 < milliseconds < 10_000 for milliseconds in timings.values())


@pytest.mark.parametrize("size", [(1, 1), (1, 300), (300, 1), (2, 3)])
def test_tiny_frames_give_boxes_inside_them(face_onnx, size):
    whole = grid_of_boxes(1, 1, 256)
    detector = always_finding(whole, face_onnx)
    width, height = size
    found = detector.detect(np.zeros((height, width, 4), np.uint8)).detections
    np.testing.assert_allclose(found.boxes, [[0, 0, width, height]], rtol=1e-5)


def test_a_huge_frame_finds_the_face_where_it_is(detector, sample):
    face = detector("blazeface-back")
    small = face.detect(sample("astronaut")).detections.at_least(0.65)
    repeated = np.repeat(np.repeat(sample("astronaut"), 12, axis=0), 15, axis=1)[:6000]
    huge = np.zeros((6000, 8000, 4), np.uint8)
    huge[:, : repeated.shape[1]] = repeated[:, :8000]
    found = face.detect(huge).detections.at_least(0.65)
    assert len(small) == len(found) == 1
    expected = small.scaled(15, 12).boxes[0]
    size = expected[2] - expected[0]
    np.testing.assert_allclose(found.boxes[0], expected, atol=size * 0.15)


def test_a_box_in_the_padding_is_no_detection(face_onnx):
    rows = grid_of_boxes(1, 8, 32)  # the frame lies in rows 64 to 192 of 256
    detector = always_finding(rows, face_onnx)
    found = detector.detect(np.zeros((100, 200, 4), np.uint8)).detections
    assert sorted(found.boxes[:, 1].tolist()) == [0, 25, 50, 75]


def test_at_most_so_many_and_the_best(face_onnx):
    many = grid_of_boxes(16, 16, 16)
    detector = always_finding(many, face_onnx)
    scores = detector.detect(np.zeros((64, 64, 4), np.uint8)).detections.scores
    np.testing.assert_array_equal(scores, many.scores[::-1][:MOST_DETECTIONS])


def test_a_class_without_a_label_is_an_error_not_a_wrong_name(face_onnx):
    unnamed = grid_of_boxes(1, 1, 100, class_id=1)
    detector = always_finding(unnamed, face_onnx)
    assert code_of(lambda: detector.detect(np.zeros((64, 64, 4), np.uint8))) == "label-missing"
