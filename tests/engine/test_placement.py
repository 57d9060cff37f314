import numpy as np
import pytest

from mekiki.placement import Placement
from mekiki.spec import InputSpec


def input_spec(width=416, height=416, **rules):
    return InputSpec("images", width, height, "RGB", 1.0, (0.0, 0.0, 0.0), **rules)


STRETCH = {"resize": "stretch"}
YOLOX = {"resize": "letterbox", "align": "top-left", "rounding": "down"}
MEDIAPIPE = {"resize": "letterbox", "align": "centre", "rounding": "nearest"}


@pytest.mark.parametrize(
    ("rules", "source", "left_top_width_height"),
    [
        (STRETCH, (640, 480), (0, 0, 416, 416)),
        (YOLOX, (640, 480), (0, 0, 416, 312)),
        (YOLOX, (480, 640), (0, 0, 312, 416)),
        (YOLOX, (451, 300), (0, 0, 416, 276)),  # 276.7 rounded down
        (YOLOX, (720, 720), (0, 0, 416, 416)),  # YOLOX's float arithmetic gives 415
        (YOLOX, (100, 50), (0, 0, 416, 208)),  # small pictures are enlarged
        (MEDIAPIPE, (451, 300), (0, 69, 416, 277)),
        (MEDIAPIPE, (300, 451), (69, 0, 277, 416)),
        (YOLOX, (8000, 1), (0, 0, 416, 1)),
        (MEDIAPIPE, (1, 8000), (207, 0, 1, 416)),
        (YOLOX, (1, 1), (0, 0, 416, 416)),
    ],
)
def test_where_a_picture_lies(rules, source, left_top_width_height):
    placed = Placement.of(input_spec(**rules), *source)
    assert (placed.left, placed.top, placed.width, placed.height) == left_top_width_height


@pytest.mark.parametrize("rules", [STRETCH, YOLOX, MEDIAPIPE])
@pytest.mark.parametrize("shape", [(416, 416), (320, 256), (256, 320)])
@pytest.mark.parametrize("source", [(1, 1), (8000, 1), (1, 8000), (8000, 6000), (451, 300)])
def test_the_pasted_picture_goes_back_to_the_whole_frame(rules, shape, source):
    placed = Placement.of(input_spec(*shape, **rules), *source)
    assert placed.left >= 0
    assert placed.left + placed.width <= shape[0]
    assert placed.top >= 0
    assert placed.top + placed.height <= shape[1]
    right, bottom = placed.left + placed.width, placed.top + placed.height
    box = np.array([[placed.left, placed.top, right, bottom]], np.float32)
    np.testing.assert_allclose(placed.boxes_to_source(box), [[0, 0, *source]], rtol=1e-5)


def test_boxes_and_points_go_back_by_the_same_rule():
    placed = Placement.of(input_spec(**MEDIAPIPE), 832, 416)  # half size, 104 px of padding above
    points = np.array([[10, 114], [20, 154]], np.float32)
    np.testing.assert_allclose(placed.points_to_source(points), [[20, 20], [40, 100]])
    np.testing.assert_allclose(placed.boxes_to_source(points.reshape(1, 4)), [[20, 20, 40, 100]])


def test_no_boxes_stay_no_boxes():
    placed = Placement.of(input_spec(**STRETCH), 640, 480)
    assert placed.boxes_to_source(np.zeros((0, 4), np.float32)).shape == (0, 4)
