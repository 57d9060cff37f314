"""Files that are tried, through the edge: from bytes to detections."""

import hashlib
import json

import numpy as np
import pytest
from onnx import TensorProto, helper, numpy_helper

from mekiki import edge
from mekiki.propose import trial
from tests.engine.conftest import onnx_file, read_sample
from tests.engine.test_edge import JsBytes


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(edge, "OWN", tmp_path)
    monkeypatch.setattr(edge, "_State", type("State", (), dict(vars(edge._State))))


def brightness(height=8, width=8, last=False, inputs=1):
    """(1, 3, H, W) or (1, H, W, 3) -> (1, 2): how dark the red is, and how bright."""
    shape = [1, height, width, 3] if last else [1, 3, height, width]
    axes = [1, 2] if last else [2, 3]
    nodes = [
        helper.make_node("ReduceMean", ["picture"], ["mean"], axes=axes, keepdims=0),
        helper.make_node("Gemm", ["mean", "w", "b"], ["scores"]),
    ]
    weights = np.array([[-1, 1], [0, 0], [0, 0]], np.float32)
    values = [helper.make_tensor_value_info("picture", TensorProto.FLOAT, shape)]
    values += [helper.make_tensor_value_info("more", TensorProto.FLOAT, [1])] * (inputs - 1)
    graph = helper.make_graph(
        nodes,
        "brightness",
        values,
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2])],
        [
            numpy_helper.from_array(weights, "w"),
            numpy_helper.from_array(np.array([1, 0], np.float32), "b"),
        ],
    )
    opset = [helper.make_opsetid("", 13)]
    return helper.make_model(graph, opset_imports=opset, ir_version=8).SerializeToString()


def proposals(data, name="brightness.onnx"):
    answer = json.loads(edge.propose(name, JsBytes(data)))
    assert "error" not in answer, answer
    return answer["proposals"]


def look(data, proposal, rgba, **changes):
    proposal = proposal | changes
    written = json.loads(edge.put_own(json.dumps(proposal), ""))
    assert "error" not in written, written
    loaded = json.loads(edge.load(proposal["id"], JsBytes(data), own=True))
    assert "error" not in loaded, loaded
    height, width = rgba.shape[:2]
    edge.frame_array(width, height)[:] = rgba
    return json.loads(edge.detect(width, height, width, height, "{}", 0))


RED = np.full((20, 10, 4), (204, 0, 0, 255), np.uint8)
PLAIN = {"scale": 1 / 255, "mean": [0, 0, 0]}


@pytest.mark.parametrize("last", [False, True], ids=["NCHW", "NHWC"])
@pytest.mark.parametrize("size", [(8, 8), ("height", "width")], ids=["fixed", "open"])
def test_the_first_proposal_of_an_unknown_file_finds_what_is_there(last, size):
    data = brightness(*size, last=last)
    best = proposals(data)[0]
    assert best["decoder"]["kind"] == "classification"
    (bright, dark) = look(data, best, RED, input=best["input"] | PLAIN)["detections"]
    assert (bright["label"], bright["whole"]) == ("class 1", True)
    assert bright["score"] == pytest.approx(0.8, abs=2e-3)
    assert dark["score"] == pytest.approx(0.2, abs=2e-3)


def test_a_file_with_an_open_size_runs_at_each_size_that_is_offered():
    data = brightness("height", "width")
    best = proposals(data)[0]
    assert len(best["input"]["sizes"]) > 1
    edge.put_own(json.dumps(best), "")
    for width, height in best["input"]["sizes"]:
        loaded = json.loads(edge.load(best["id"], JsBytes(data), width, height, own=True))
        assert loaded["input"] == [width, height]
        edge.frame_array(10, 20)[:] = RED
        assert json.loads(edge.detect(10, 20, 10, 20, "{}", 0))["detections"]


def test_the_last_proposal_shows_the_numbers():
    data = brightness()
    last = proposals(data)[-1]
    (tensor,) = look(data, last, RED)["tensors"]
    assert tensor["values"] == pytest.approx([0.2, 0.8], abs=1e-5)


def test_yolox_is_recognised_and_finds_the_dog():
    data = onnx_file("yolox-nano").read_bytes()
    best = proposals(data, "yolox_nano.onnx")[0]
    assert best["decoder"]["kind"] == "yolox"
    assert best["labels"] == "coco80"
    names = [f"class {number}" for number in range(80)]
    rgba = read_sample("dog")
    found = look(data, best, rgba, labels={"en": names, "ja": names})["detections"]
    assert "class 16" in [each["label"] for each in found if each["score"] > 0.7]


def test_a_file_is_inspected_with_its_report_and_hash():
    data = brightness()
    told = json.loads(edge.inspect("a.onnx", JsBytes(data)))
    assert (told["name"], told["opset"], told["nodes"]) == ("a.onnx", 13, 2)
    assert told["report"]["verdict"] == "runs"
    assert told["sha256"] == hashlib.sha256(data).hexdigest()


def error(data):
    return json.loads(edge.propose("a.onnx", JsBytes(data)))["error"]


def test_a_file_that_takes_no_single_picture_is_refused_with_its_inputs():
    refused = error(brightness(inputs=2))
    assert refused["code"] == "model-input-unsupported"
    assert refused["data"]["inputs"] == "picture float32 1×3×8×8, more float32 1"


def test_a_file_that_cannot_run_is_refused_with_what_the_doctor_finds():
    node = helper.make_node("Unheard", ["x"], ["y"], domain="example.org")
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3, 8, 8]) for name in ("x", "y")
    ]
    model = helper.make_model(
        helper.make_graph([node], "g", ends[:1], ends[1:]),
        opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid("example.org", 1)],
    )
    refused = error(model.SerializeToString())
    assert refused["code"] == "model-cannot-run"
    assert refused["data"]["findings"]


def test_a_file_that_would_take_minutes_is_not_run(monkeypatch):
    monkeypatch.setattr(trial, "MOST_GFLOPS", -1)
    assert error(brightness())["code"] == "model-too-slow"


def test_bytes_that_are_no_model_are_refused():
    assert error(b"\xff\xd8 a photo")["code"] == "model-unreadable"


def test_the_model_in_use_stays_while_another_is_tried():
    data = brightness()
    best = proposals(data)[0]
    look(data, best, RED)
    proposals(brightness("h", "w"))
    edge.frame_array(10, 20)[:] = RED
    assert json.loads(edge.detect(10, 20, 10, 20, "{}", 0))["model"] == best["id"]
