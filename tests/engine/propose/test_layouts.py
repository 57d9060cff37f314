"""Shapes of exports as their authors publish them, and what is to be made of them."""

import pytest

from mekiki.propose import propose
from mekiki.spec import ModelSpec

NAMES = str({number: f"thing {number}" for number in range(28)})


def facts(size=640, layout="NCHW", **metadata):
    shape = [1, 3, size, size] if layout == "NCHW" else [1, size, size, 3]
    return {
        "name": "Some model.onnx",
        "inputs": [{"name": "images", "type": "float32", "shape": shape}],
        "metadata": metadata,
    }


def output(shape, low=0.0, high=1.0, name="output0"):
    return {"name": name, "shape": list(shape), "min": low, "max": high}


def labels(proposal):
    known = {"coco80": 80}
    text = proposal["labels"]
    return known[text] if isinstance(text, str) else len(text["en"])


def first(told, *outputs):
    proposals = propose(told, outputs, "abcdef0123")
    for each in proposals:
        names = ["x"] * labels(each)
        spec = ModelSpec.from_dict(each, names)
        assert spec.outputs
    assert proposals[-1]["decoder"]["kind"] == "tensors"
    return proposals[0]


PIXELS = {"low": 0.0, "high": 639.0}
ONE_TABLE = {
    "YOLOv5": ((1, 25200, 85), PIXELS, "yolov5", 80),
    "YOLOv7": ((1, 25200, 85), PIXELS, "yolov5", 80),
    "YOLOv6": ((1, 8400, 85), PIXELS, "yolov5", 80),
    "YOLOX": ((1, 8400, 85), {"low": -2.7, "high": 4.0}, "yolox", 80),
    "YOLOv8": ((1, 84, 8400), PIXELS, "yolov8", 80),
    "YOLOv9, transposed": ((1, 8400, 84), PIXELS, "yolov8", 80),
    "YOLO11 of one class": ((1, 5, 8400), PIXELS, "yolov8", 1),
    "YOLOv5 of one class": ((1, 25200, 6), PIXELS, "yolov5", 1),
    "YOLOv8-pose": ((1, 56, 8400), PIXELS, "yolov8", 1),
    "YOLOv10": ((1, 300, 6), PIXELS, "yolov10", 80),
    "YOLOv7, end to end, of an empty picture": ((0, 7), {"low": None, "high": None}, "yolov10", 80),
    "ResNet": ((1, 1000), {"low": -3.0, "high": 8.0}, "classification", 1000),
    "SqueezeNet": ((1, 1000, 1, 1), {"low": 0.0, "high": 8.0}, "classification", 1000),
    "U-Net": ((1, 1, 512, 512), {"low": -3.0, "high": 8.0}, "segmentation", 1),
    "DeepLab": ((1, 21, 513, 513), {"low": -3.0, "high": 8.0}, "segmentation", 20),
}


@pytest.mark.parametrize("model", ONE_TABLE)
def test_one_output_is_read_by_its_shape(model):
    shape, values, kind, classes = ONE_TABLE[model]
    found = first(facts(), output(shape, values["low"], values["high"]))
    assert (found["decoder"]["kind"], labels(found)) == (kind, classes)


def test_a_pose_has_the_points_of_coco():
    found = first(facts(), output((1, 56, 8400), 0, 639))
    assert (found["task"], found["keypoints"]) == ("pose", "coco17")
    assert found["decoder"]["keypoints"] == 17


TWO = {
    "YOLOv8-seg": (((1, 116, 8400), 0, 639), ((1, 32, 160, 160), -2, 2), "yolov8seg", 80),
    "RT-DETR": (((1, 300, 4), 0, 1), ((1, 300, 80), -9, 3), "detr", 80),
    "DETR": (((1, 100, 4), 0, 1), ((1, 100, 92), -20, 9), "detr", 91),
    "YOLO-NAS": (((1, 8400, 4), 0, 640), ((1, 8400, 80), 0, 1), "ssd", 80),
    "SSD": (((1, 8732, 4), 0, 1), ((1, 8732, 81), 0, 1), "ssd", 80),
}


@pytest.mark.parametrize("model", TWO)
@pytest.mark.parametrize("turned", [False, True])
def test_two_outputs_are_read_in_either_order(model, turned):
    one, other, kind, classes = TWO[model]
    outputs = [output(*one, name="boxes"), output(*other, name="other")]
    found = first(facts(), *(outputs[::-1] if turned else outputs))
    assert (found["decoder"]["kind"], labels(found)) == (kind, classes)
    assert found["outputs"] == ["boxes", "other"]


def test_the_last_class_of_the_first_detr_is_none():
    found = first(
        facts(),
        output((1, 100, 92), -20, 9, "logits"),
        output((1, 100, 4), 0, 1, "pred_boxes"),
    )
    assert found["decoder"]["activation"] == "softmax"
    assert found["decoder"]["no_object"] == "last"


def test_offsets_from_anchors_are_told_to_be_nonsense():
    found = first(
        facts(300), output((1, 3000, 4), -3, 4, "boxes"), output((1, 3000, 81), 0, 1, "scores")
    )
    assert "not-decoded" in [each["code"] for each in found["why"]]


def test_finished_detections_are_told_apart_by_name():
    tensorflow = [
        output((1, 100), 1, 90, "detection_classes"),
        output((1, 100, 4), 0, 1, "detection_boxes"),
        output((1, 100), 0, 1, "detection_scores"),
        output((1,), 100, 100, "num_detections"),
    ]
    found = first(facts(layout="NHWC"), *tensorflow)
    assert found["outputs"] == ["detection_boxes", "detection_scores", "detection_classes"]
    assert found["decoder"]["box"] == "rows-first"
    assert found["input"]["layout"] == "NHWC"


@pytest.mark.parametrize(
    ("shape", "kind"),
    [((1, 32, 8400), "yolov8"), ((1, 33, 8400), "yolov5"), ((1, 8400, 32), "yolov8")],
)
def test_names_that_a_file_tells_decide_between_layouts(shape, kind):
    found = first(facts(names=NAMES), output(shape, 0, 639))
    assert (found["decoder"]["kind"], labels(found)) == (kind, 28)
    assert found["labels"]["en"][27] == "thing 27"
    assert found["why"][-1] == {"code": "metadata-names", "data": {"count": 28}}


def test_the_other_reading_of_a_shape_is_proposed_next():
    kinds = [each["decoder"]["kind"] for each in propose(facts(), [output((1, 85, 8400), 0, 639)])]
    assert kinds == ["yolov8", "yolov5", "tensors"]


def test_normalised_boxes_are_told_by_their_values():
    found = first(facts(), output((1, 84, 8400), 0, 0.99))
    assert found["decoder"]["coordinates"] == "normalised"


def test_anything_else_is_shown_in_numbers():
    found = first(facts(), output((1, 3, 7, 5, 2)), output((4,), name="more"), output((2,)))
    assert found["decoder"]["kind"] == "tensors"
    assert found["outputs"] == ["*"]
    assert found["id"] == "own-some-model-abcdef"
