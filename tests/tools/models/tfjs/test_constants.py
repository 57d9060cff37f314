"""What graphs work out shapes with."""

import numpy as np
import pytest

from tests.tools.models.tfjs.tiny import node, outcome, picture
from tools.errors import BuildError
from tools.models.tfjs.convert import HANDLERS
from tools.models.tfjs.graph import Node
from tools.models.tfjs.onnx_graph import OnnxGraph
from tools.models.tfjs.registry import Operation
from tools.models.tfjs.values import Constant, Tensor


def number(value):
    return {"i": str(value)}


def convert(op, *inputs, **attributes):
    """The constant that an operation of constants becomes."""
    written = {key: number(value) for key, value in attributes.items()}
    names = tuple(f"input_{index}" for index in range(len(inputs)))
    values = [each if isinstance(each, Tensor) else Constant(np.array(each)) for each in inputs]
    result = HANDLERS[op](Operation(Node("node", op, names, written), values, OnnxGraph()))
    assert isinstance(result, Constant)
    return result.array


@pytest.mark.parametrize(
    ("begin", "end", "step", "masks", "expected"),
    [
        (1, 4, 1, {}, [20, 30, 40]),
        (0, 2, 1, {"end_mask": 1}, [10, 20, 30, 40]),
        (3, 4, 1, {"begin_mask": 1}, [10, 20, 30, 40]),
        (-3, 9, 1, {}, [20, 30, 40]),
        (0, 4, 2, {}, [10, 30]),
        (0, 0, -1, {"begin_mask": 1, "end_mask": 1}, [40, 30, 20, 10]),
        (2, 3, 1, {"shrink_axis_mask": 1}, 30),
        (-1, 0, 1, {"shrink_axis_mask": 1, "end_mask": 1}, 40),
    ],
)
def test_a_slice_of_a_list(begin, end, step, masks, expected):
    result = convert("StridedSlice", [10, 20, 30, 40], [begin], [end], [step], **masks)

    np.testing.assert_array_equal(result, expected, strict=False)
    assert result.shape == np.shape(expected)


@pytest.mark.parametrize(
    ("array", "masks"),
    [([[1, 2], [3, 4]], {}), ([1, 2], {"ellipsis_mask": 1}), ([1, 2], {"new_axis_mask": 1})],
)
def test_a_slice_of_more_than_a_list_is_refused(array, masks):
    with pytest.raises(BuildError, match="tfjs-slice: op=StridedSlice node=node"):
        convert("StridedSlice", array, [0], [1], [1], **masks)


@pytest.mark.parametrize(("axis", "expected"), [(0, [[1, 2], [3, 4]]), (1, [[1, 3], [2, 4]])])
def test_lists_are_packed_along_a_new_axis(axis, expected):
    assert convert("Pack", [1, 2], [3, 4], axis=axis).tolist() == expected


@pytest.mark.parametrize(
    ("numbers", "dtype"), [(np.arange(2), np.int32), (np.arange(2.0), np.float32)]
)
def test_what_is_packed_stays_whole_or_not(numbers, dtype):
    assert convert("Pack", *numbers).dtype == dtype


def test_what_is_computed_cannot_be_packed():
    with pytest.raises(BuildError, match="tfjs-input-not-constant: op=Pack"):
        convert("Pack", Tensor("picture", (1,)), 1)


def test_the_shape_of_a_picture_is_tensorflows():
    assert convert("Shape", Tensor("picture", (1, 4, 6, 2))).tolist() == [1, 4, 6, 2]


def test_a_graph_that_works_out_a_shape_is_converted(tmp_path):
    # As converters write `tf.reshape(image, (1, tf.shape(image)[1], 12))`.
    image = picture(1, 4, 6, 2)
    nodes = [
        node("whole", "Shape", "image"),
        node("rows", "StridedSlice", "whole", "one", "two", "one", shrink_axis_mask=number(1)),
        node("shape", "Pack", "batch", "rows", "rest"),
        node("flat", "Reshape", "image", "shape"),
        node("out", "Relu", "flat"),
    ]
    weights = {
        "one": np.int32([1]),
        "two": np.int32([2]),
        "batch": np.int32(1),
        "rest": np.int32(12),
    }

    result = outcome(tmp_path, image, nodes, weights)

    np.testing.assert_array_equal(result, np.maximum(image, 0).reshape(1, 4, 12))
