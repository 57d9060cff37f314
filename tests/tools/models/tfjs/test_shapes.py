import numpy as np
import pytest

from tests.tools.models.tfjs.tiny import flag, node, outcome, picture
from tools.errors import BuildError


def test_pad_adds_zeros_along_every_axis(tmp_path):
    image = picture(1, 3, 4, 2)
    paddings = np.int32([[0, 0], [1, 0], [0, 2], [0, 3]])

    result = outcome(tmp_path, image, [node("out", "Pad", "image", "p")], {"p": paddings})

    np.testing.assert_array_equal(result, np.pad(image, paddings))


@pytest.mark.parametrize("axis", [1, 2, 3, -1])
def test_concatenation_follows_tensorflows_axis(tmp_path, axis):
    image = picture(1, 3, 4, 2)
    nodes = [node("twice", "Add", "image", "image"), node("out", "ConcatV2", "image", "twice", "a")]

    result = outcome(tmp_path, image, nodes, {"a": np.int32(axis).reshape(())})

    np.testing.assert_allclose(result, np.concatenate([image, 2 * image], axis))


@pytest.mark.parametrize("shape", [(1, 24, 1), (1, -1, 4), (2, 12), (1, 2, 6, 2)])
def test_reshape_keeps_tensorflows_order_of_elements(tmp_path, shape):
    image = picture(1, 3, 4, 2)
    weights = {"s": np.int32(shape)}

    result = outcome(tmp_path, image, [node("out", "Reshape", "image", "s")], weights)

    np.testing.assert_array_equal(result, image.reshape(shape))


def test_a_reshape_that_does_not_add_up_is_refused(tmp_path):
    reshape = node("out", "Reshape", "image", "s")

    with pytest.raises(BuildError, match="tfjs-reshape: op=Reshape node=out"):
        outcome(tmp_path, picture(1, 3, 4, 2), [reshape], {"s": np.int32([1, 25])})


def test_the_mean_over_a_picture_keeps_its_channels(tmp_path):
    image = picture(1, 3, 4, 2)
    mean = node("out", "Mean", "image", "axes", keep_dims=flag(True))

    result = outcome(tmp_path, image, [mean], {"axes": np.int32([1, -2])})

    np.testing.assert_allclose(result, image.mean((1, 2), keepdims=True), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize(("axes", "keeps"), [([1, 2], False), ([3], True)])
def test_other_means_are_refused(tmp_path, axes, keeps):
    mean = node("out", "Mean", "image", "axes", keep_dims=flag(keeps))

    with pytest.raises(BuildError, match="tfjs-mean: op=Mean node=out"):
        outcome(tmp_path, picture(1, 3, 4, 2), [mean], {"axes": np.int32(axes)})


def bilinear(image, rows, columns):
    """TensorFlow's resize_bilinear without its two options: pixel i is taken at i / scale."""
    out = np.zeros((1, rows, columns, image.shape[3]))
    height, width = image.shape[1:3]
    for y, x in np.ndindex(rows, columns):
        at_y, at_x = y * height / rows, x * width / columns
        top, left = int(at_y), int(at_x)
        below, right = min(top + 1, height - 1), min(left + 1, width - 1)
        dy, dx = at_y - top, at_x - left
        upper = image[0, top, left] * (1 - dx) + image[0, top, right] * dx
        lower = image[0, below, left] * (1 - dx) + image[0, below, right] * dx
        out[0, y, x] = upper * (1 - dy) + lower * dy
    return out


@pytest.mark.parametrize("factors", [(2, 2), (2, 3)])
def test_bilinear_resize_is_tensorflows(tmp_path, factors):
    image = picture(1, 3, 4, 2)
    rows, columns = 3 * factors[0], 4 * factors[1]
    resize = node("out", "ResizeBilinear", "image", "size")

    result = outcome(tmp_path, image, [resize], {"size": np.int32([rows, columns])})

    np.testing.assert_allclose(result, bilinear(image, rows, columns), rtol=1e-4, atol=1e-5)


def test_nearest_resize_repeats_pixels(tmp_path):
    image = picture(1, 3, 4, 2)
    resize = node("out", "ResizeNearestNeighbor", "image", "size")

    result = outcome(tmp_path, image, [resize], {"size": np.int32([6, 8])})

    np.testing.assert_array_equal(result, image.repeat(2, 1).repeat(2, 2))


def test_bilinear_resize_from_the_middle_of_pixels(tmp_path):
    """A row 0, 4 made twice as long is 0, 1, 3, 4: each pixel's middle counts."""
    image = np.float32([0, 4]).reshape(1, 1, 2, 1)
    resize = node("out", "ResizeBilinear", "image", "size", half_pixel_centers=flag(True))

    result = outcome(tmp_path, image, [resize], {"size": np.int32([1, 4])})

    np.testing.assert_allclose(result.ravel(), [0, 1, 3, 4], atol=1e-5)


@pytest.mark.parametrize(
    ("op", "option"),
    [("ResizeBilinear", "align_corners"), ("ResizeNearestNeighbor", "half_pixel_centers")],
)
def test_other_ways_to_resize_are_refused(tmp_path, op, option):
    resize = node("out", op, "image", "size", **{option: flag(True)})

    with pytest.raises(BuildError, match=f"tfjs-resize: op={op} node=out .*{option}"):
        outcome(tmp_path, picture(1, 3, 4, 2), [resize], {"size": np.int32([6, 8])})
