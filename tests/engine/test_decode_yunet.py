"""YuNet, with rows made by hand, and with a graph of its shape whose constants hold faces."""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from mekiki.detector import Detector
from mekiki.errors import MekikiError
from mekiki.loader import load_model
from tools.paths import MODELS

SPEC, DECODER = load_model(MODELS / "yunet")
WIDTHS = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}  # numbers a cell
# Eyes, nose and corners of the mouth, in strides from a cell's corner.
POINTS = [0.25, 0.0, 0.75, 0.0, 0.5, 0.5, 0.25, 1.0, 0.75, 1.0]


def graph(*faces, side=640):
    """An ONNX file with YuNet's outputs that sees `faces` as surely as the picture is blue.

    Args:
        faces: (stride, row, column, class probability, objectness, (x, y, ln width, ln height)),
            the box in strides, from the cell's corner.
        side: of the input, which is a square.
    """
    constants = {
        "blue": np.array([1 / 255, 0, 0], np.float32).reshape(1, 3, 1, 1),  # of B, G, R
        "flat": np.array([1, 1, 1], np.int64),
    }
    for stride in (8, 16, 32):
        for kind, width in WIDTHS.items():
            constants[f"{kind}_{stride}_sure"] = np.zeros(
                (1, (side // stride) ** 2, width), np.float32
            )
    for stride, row, column, probability, objectness, box in faces:
        cell = row * (side // stride) + column
        for kind, numbers in zip(WIDTHS, (probability, objectness, box, POINTS), strict=True):
            constants[f"{kind}_{stride}_sure"][0, cell] = numbers
    names = [f"{kind}_{stride}" for kind in WIDTHS for stride in (8, 16, 32)]
    nodes = [
        helper.make_node("GlobalMaxPool", ["input"], ["brightest"]),
        helper.make_node("Conv", ["brightest", "blue"], ["blueness"]),
        helper.make_node("Reshape", ["blueness", "flat"], ["sure"]),
        *(helper.make_node("Mul", [f"{name}_sure", "sure"], [name]) for name in names),
    ]
    made = helper.make_graph(
        nodes,
        "yunet",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, (1, 3, side, side))],
        [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, constants[f"{name}_sure"].shape)
            for name in names
        ],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()


def picture(width, height, rgb=(0, 0, 255)):
    return np.full((height, width, 4), (*rgb, 255), np.uint8)


# Column 10, row 5 of the 16 px grid: middle (168, 88), 64 wide and 128 high.
FACE = (16, 5, 10, 0.8, 0.45, (0.5, 0.5, np.log(4), np.log(8)))
BOX = [136, 24, 200, 152]
PLACES = [[164, 80], [172, 80], [168, 88], [164, 96], [172, 96]]
SCORE = 0.6  # the root of 0.8 * 0.45


def test_a_row_becomes_a_box_with_five_points():
    row = [10, 20, 30, 40, *range(50, 60), 0.75]
    found = DECODER({"faces": np.array([row], np.float32)}, SPEC)
    assert found.boxes.tolist() == [[10, 20, 40, 60]]
    assert found.scores.tolist() == [0.75]
    assert found.class_ids.tolist() == [0]
    expected = [[50, 51, 0.75], [52, 53, 0.75], [54, 55, 0.75], [56, 57, 0.75], [58, 59, 0.75]]
    assert found.shapes.points.tolist() == [expected]
    assert found.boxes.dtype == found.shapes.points.dtype == np.float32


def test_nothing_is_found_in_nothing():
    found = DECODER({"faces": np.zeros((0, 15), np.float32)}, SPEC)
    assert found.boxes.shape == (0, 4)
    assert found.shapes.points.shape == (0, 5, 3)


def test_opencv_finds_the_face_that_the_graph_holds():
    found = Detector(SPEC, DECODER, graph(FACE)).detect(picture(640, 640)).detections
    np.testing.assert_allclose(found.boxes, [BOX], rtol=1e-5)
    np.testing.assert_allclose(found.shapes.points[0, :, :2], PLACES, rtol=1e-5)
    np.testing.assert_allclose(found.scores, [SCORE], rtol=1e-5)
    np.testing.assert_allclose(found.shapes.points[0, :, 2], SCORE, rtol=1e-5)
    assert [found.labels[each] for each in found.class_ids] == ["face"]


def test_a_face_is_where_it_is_in_the_picture_itself():
    # 320 x 160 px are doubled to fit, and lie at the top of the input.
    found = Detector(SPEC, DECODER, graph(FACE)).detect(picture(320, 160)).detections
    np.testing.assert_allclose(found.boxes, np.array([BOX]) / 2, rtol=1e-5)
    np.testing.assert_allclose(found.shapes.points[0, :, :2], np.array(PLACES) / 2, rtol=1e-5)


@pytest.mark.parametrize("rgb", [(255, 0, 0), (0, 255, 0)])
def test_the_model_is_given_blue_first(rgb):
    detector = Detector(SPEC, DECODER, graph(FACE))
    assert len(detector.detect(picture(640, 640, rgb)).detections) == 0
    assert len(detector.detect(picture(640, 640)).detections) == 1


@pytest.mark.parametrize("stride", [8, 16, 32])
def test_each_grid_is_read(stride):
    face = (stride, 2, 3, 1.0, 1.0, (0, 0, 0, 0))
    found = Detector(SPEC, DECODER, graph(face)).detect(picture(640, 640)).detections
    x, y = 3 * stride, 2 * stride
    expected = [x - stride / 2, y - stride / 2, x + stride / 2, y + stride / 2]
    np.testing.assert_allclose(found.boxes, [expected], rtol=1e-5)


def test_of_faces_in_one_place_the_surest_stays():
    again = (16, 5, 10 + 1, 0.9, 0.9, (-0.5, 0.5, np.log(4), np.log(8)))  # the same box
    apart = (32, 15, 15, 0.7, 0.7, (0.5, 0.5, 0, 0))
    found = Detector(SPEC, DECODER, graph(FACE, again, apart)).detect(picture(640, 640)).detections
    np.testing.assert_allclose(found.scores, [0.9, 0.7], rtol=1e-5)


def test_scores_below_the_floor_are_left_out():
    floor = SPEC.score.floor
    low, high = ((8, 0, at, floor + by, floor + by, [0] * 4) for at, by in ((0, -0.01), (9, 0.01)))
    found = Detector(SPEC, DECODER, graph(low, high)).detect(picture(640, 640)).detections
    np.testing.assert_allclose(found.scores, [floor + 0.01], rtol=1e-5)


def test_a_smaller_input_is_a_finer_grid_of_the_picture():
    detector = Detector(SPEC.at(320, 320), DECODER, graph(FACE, side=320))
    found = detector.detect(picture(640, 640)).detections
    np.testing.assert_allclose(found.boxes, np.array([BOX]) * 2, rtol=1e-5)


def test_a_file_that_is_no_model_is_refused():
    with pytest.raises(MekikiError) as caught:
        Detector(SPEC, DECODER, b"no model")
    assert caught.value.code == "model-unreadable"
