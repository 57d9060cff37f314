"""Models that the person brings, through the edge, with a graph made for the purpose."""

import json

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from mekiki import edge
from tests.engine.test_edge import JsBytes

LABELS = {"en": ["dark", "bright"], "ja": ["暗い", "明るい"]}


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(edge, "OWN", tmp_path)
    monkeypatch.setattr(edge, "_State", type("State", (), dict(vars(edge._State))))


@pytest.fixture(scope="module")
def brightness():
    """A network (1, 3, 8, 8) -> (1, 2): how dark and how bright the picture is."""
    weights = np.stack((np.full(192, -1 / 192), np.full(192, 1 / 192))).astype(np.float32)
    nodes = [
        helper.make_node("Flatten", ["picture"], ["flat"], axis=1),
        helper.make_node("Gemm", ["flat", "w", "b"], ["scores"], transB=1),
    ]
    graph = helper.make_graph(
        nodes,
        "brightness",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, 3, 8, 8])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2])],
        [
            numpy_helper.from_array(weights, "w"),
            numpy_helper.from_array(np.array([1, 0], np.float32), "b"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    return model.SerializeToString()


def facts(**changes):
    spec = {
        "id": "own-brightness",
        "task": "tensors",
        "labels": LABELS,
        "decoder": {"kind": "tensors"},
        "input": {
            "name": "picture",
            "width": 8,
            "height": 8,
            "colour": "RGB",
            "scale": 1 / 255,
            "mean": [0, 0, 0],
            "resize": "stretch",
        },
        "outputs": ["scores"],
        "score": {"floor": 0.1, "threshold": 0.5},
        "nms": {"iou": 1, "across_classes_iou": None},
    }
    return json.dumps(spec | changes)


def look(onnx_bytes, grey):
    loaded = json.loads(edge.load("own-brightness", JsBytes(onnx_bytes), own=True))
    assert "error" not in loaded, loaded
    edge.frame_array(20, 10)[:] = grey
    return json.loads(edge.detect(20, 10, 200, 100, "{}", 0))


def test_the_outputs_of_any_model_can_be_looked_at(brightness):
    assert json.loads(edge.put_own(facts(), "")) == {"model": "own-brightness"}
    answer = look(brightness, 255)
    assert answer["detections"] == []
    (tensor,) = answer["tensors"]
    assert (tensor["name"], tensor["shape"], tensor["type"]) == ("scores", [1, 2], "float32")
    assert tensor["values"] == pytest.approx([0, 1], abs=1e-5)
    assert (tensor["min"], tensor["max"], tensor["mean"]) == pytest.approx((0, 1, 0.5), abs=1e-5)


DECODE = """
import numpy as np
from mekiki.detection import Candidates

def decode(outputs, spec):
    scores = outputs["scores"][0].copy()
    boxes = np.array([[0, 0, spec.input.width, spec.input.height]] * 2, np.float32)
    return Candidates(boxes, scores, np.arange(2, dtype=np.int32))
"""


def test_a_classification_is_of_the_whole_picture(brightness):
    edge.put_own(facts(task="classification", decoder=None), DECODE)
    first, second = look(brightness, 204)["detections"]
    assert (first["label"], first["whole"], first["box"]) == ("bright", True, [0, 0, 200, 100])
    assert first["score"] == pytest.approx(0.8, abs=1e-5)
    assert (second["label"], second["score"]) == ("dark", pytest.approx(0.2, abs=1e-5))


def test_an_error_in_its_decoder_points_to_its_line(brightness):
    edge.put_own(facts(decoder=None), DECODE.replace('["scores"]', '["score"]'))
    error = look(brightness, 0)["error"]
    assert error["code"] == "decode-failed"
    assert error["data"]["detail"] == "KeyError: 'score' (decode.py, line 6)"


def test_facts_that_are_wrong_are_an_error_with_a_code():
    error = json.loads(edge.put_own(facts(id="../elsewhere"), ""))["error"]
    assert (error["code"], error["data"]["key"]) == ("spec-invalid", "id")


def test_a_decoder_may_run_the_model_with_a_class_of_opencv(brightness):
    own = DECODE + (
        "\nimport cv2\n\ndef load(onnx, spec):\n"
        "    net = cv2.dnn.readNetFromONNX(np.frombuffer(onnx, np.uint8))\n"
        "    def forward(blob):\n"
        "        net.setInput(blob)\n"
        "        return {'scores': net.forward()}\n"
        "    return forward\n"
    )
    edge.put_own(facts(decoder=None, task="detection"), own)
    best = look(brightness, 255)["detections"][0]
    assert (best["label"], "whole" in best) == ("bright", False)
