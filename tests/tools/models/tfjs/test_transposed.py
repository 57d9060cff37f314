import numpy as np
import pytest

from tests.tools.models.tfjs.tiny import ints, node, outcome, picture, text
from tools.errors import BuildError


def enlarge(folder, image, kernels, size, stride=2, padding="SAME", **attributes):
    """The picture through a transposed convolution that gives `size` (rows, columns)."""
    attributes = {
        "strides": ints(1, stride, stride, 1),
        "padding": text(padding),
        "data_format": text("NHWC"),
    } | attributes
    weights = {"size": np.int32([1, *size, kernels.shape[2]]), "k": kernels}
    transposed = node("out", "Conv2DBackpropInput", "size", "k", "image", **attributes)
    return outcome(folder, image, [transposed], weights)


def spread(image, kernels, size, stride, padding):
    """TensorFlow's conv2d_transpose: every pixel adds a kernel of its own, then the rim is cut."""
    high, wide, channels, _ = kernels.shape
    rows, columns = image.shape[1:3]
    whole = np.zeros((size[0] + high + stride, size[1] + wide + stride, channels))
    for y, x in np.ndindex(rows, columns):
        added = np.einsum("hwoi,i->hwo", kernels, image[0, y, x])
        whole[y * stride : y * stride + high, x * stride : x * stride + wide] += added
    first = [0, 0]
    if padding == "SAME":  # the half of what is too much, rounded down, is cut at the beginning
        counts = ((rows, high, size[0]), (columns, wide, size[1]))
        first = [max((n - 1) * stride + k - out, 0) // 2 for n, k, out in counts]
    return whole[first[0] : first[0] + size[0], first[1] : first[1] + size[1]][np.newaxis]


def test_a_pixel_becomes_a_kernel(tmp_path):
    # Worked by hand: 1 and 10, two places apart, each times the kernel 1, 2, 3: of the 5 places
    # 1, 2, 3 + 10, 20, 30 the last is too much for 4.
    image = np.float32([1, 10]).reshape(1, 1, 2, 1)
    kernels = np.float32([1, 2, 3]).reshape(1, 3, 1, 1)

    result = enlarge(tmp_path, image, kernels, (2, 4))

    assert result[0, 0, :, 0].tolist() == [1, 2, 13, 20]
    assert result[0, 1, :, 0].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("kernel", "stride", "size", "padding"),
    [
        ((3, 3), 2, (6, 10), "SAME"),
        ((2, 2), 2, (6, 10), "SAME"),
        ((4, 4), 2, (6, 10), "SAME"),
        ((5, 3), 2, (5, 9), "SAME"),  # an odd size, of which halves are rounded up
        ((3, 3), 1, (3, 5), "SAME"),
        ((1, 1), 2, (6, 10), "SAME"),  # gaps between the pixels, and one at the end
        ((3, 3), 2, (7, 11), "VALID"),
        ((3, 3), 2, (8, 12), "VALID"),  # a convolution would leave the last row out
        ((2, 4), 3, (8, 16), "VALID"),
    ],
)
def test_it_is_tensorflows(tmp_path, kernel, stride, size, padding):
    image, kernels = picture(1, 3, 5, 2), picture(*kernel, 4, 2, seed=1)  # 2 channels to 4

    result = enlarge(tmp_path, image, kernels, size, stride, padding)

    expected = spread(image, kernels, size, stride, padding)
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-5, strict=False)


@pytest.mark.parametrize(
    "odd",
    [{"padding": "EXPLICIT"}, {"data_format": text("NCHW")}, {"dilations": ints(1, 2, 2, 1)}],
)
def test_what_is_not_converted_is_refused(tmp_path, odd):
    with pytest.raises(BuildError, match="tfjs-window: op=Conv2DBackpropInput node=out"):
        enlarge(tmp_path, picture(1, 3, 3, 2), picture(3, 3, 4, 2), (6, 6), **odd)
