import numpy as np
import pytest

from tests.tools.models.tfjs.tiny import ints, node, outcome, picture, text, texts
from tools.errors import BuildError


def places(length, kernel, stride, dilation, padding):
    """For each output place, the input places under the kernel's taps; None is outside."""
    reach = (kernel - 1) * dilation + 1
    if padding == "VALID":
        starts = range(0, length - reach + 1, stride)
    else:
        count = (length + stride - 1) // stride
        missing = max((count - 1) * stride + reach - length, 0)
        starts = range(-(missing // 2), -(missing // 2) + count * stride, stride)
    taps = [[start + tap * dilation for tap in range(kernel)] for start in starts]
    return [[place if 0 <= place < length else None for place in row] for row in taps]


def convolve(image, kernels, stride=1, dilation=1, padding="SAME", depthwise=False):
    """TensorFlow's conv2d and depthwise_conv2d, one multiplication after the other."""
    high, wide, channels, last = kernels.shape
    rows = places(image.shape[1], high, stride, dilation, padding)
    columns = places(image.shape[2], wide, stride, dilation, padding)
    out = np.zeros((1, len(rows), len(columns), channels * last if depthwise else last))
    for y, x in np.ndindex(len(rows), len(columns)):
        for ky, kx, channel, k in np.ndindex(kernels.shape):
            if rows[y][ky] is None or columns[x][kx] is None:
                continue
            target = channel * last + k if depthwise else k
            pixel = image[0, rows[y][ky], columns[x][kx], channel]
            out[0, y, x, target] += pixel * kernels[ky, kx, channel, k]
    return out


def window(stride=1, dilation=1, padding="SAME"):
    return {
        "strides": ints(1, stride, stride, 1),
        "dilations": ints(1, dilation, dilation, 1),
        "padding": text(padding),
        "data_format": text("NHWC"),
    }


def test_same_padding_puts_the_odd_pixel_last(tmp_path):
    # Worked by hand: four pixels, three taps, two at a time, so one zero is missing, at the end.
    image = np.array([1, 2, 4, 8], np.float32).reshape(1, 1, 4, 1)
    ones = np.ones((1, 3, 1, 1), np.float32)
    conv = node("out", "Conv2D", "image", "k", **window(stride=2))

    result = outcome(tmp_path, image, [conv], {"k": ones})

    assert result.ravel().tolist() == [7, 12]


@pytest.mark.parametrize("padding", ["SAME", "VALID"])
@pytest.mark.parametrize(("stride", "dilation"), [(1, 1), (2, 1), (3, 1), (1, 2)])
@pytest.mark.parametrize("size", [(6, 7), (9, 8)])
def test_convolution_is_tensorflows(tmp_path, size, stride, dilation, padding):
    image, kernels = picture(1, *size, 3), picture(3, 2, 3, 4, seed=1)
    conv = node("out", "Conv2D", "image", "k", **window(stride, dilation, padding))

    result = outcome(tmp_path, image, [conv], {"k": kernels})

    expected = convolve(image, kernels, stride, dilation, padding)
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("multiplier", [1, 2])
@pytest.mark.parametrize("stride", [1, 2])
def test_depthwise_convolution_is_tensorflows(tmp_path, stride, multiplier):
    image, kernels = picture(1, 6, 5, 3), picture(3, 3, 3, multiplier, seed=1)
    conv = node("out", "DepthwiseConv2dNative", "image", "k", **window(stride))

    result = outcome(tmp_path, image, [conv], {"k": kernels})

    expected = convolve(image, kernels, stride, depthwise=True)
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(
    ("fused", "after"),
    [
        (["BiasAdd"], lambda x: x),
        (["BiasAdd", "Relu"], lambda x: np.maximum(x, 0)),
        (["BiasAdd", "Relu6"], lambda x: np.clip(x, 0, 6)),
    ],
)
@pytest.mark.parametrize("op", ["_FusedConv2D", "FusedDepthwiseConv2dNative"])
def test_fused_bias_and_activation_follow_the_convolution(tmp_path, op, fused, after):
    depthwise = "Depthwise" in op
    image, kernels = picture(1, 5, 5, 4), 2 * picture(3, 3, 4, 1 if depthwise else 4, seed=1)
    bias = picture(4, seed=2)
    conv = node("out", op, "image", "k", "b", fused_ops=texts(*fused), **window())

    result = outcome(tmp_path, image, [conv], {"k": kernels, "b": bias})

    expected = after(convolve(image, kernels, depthwise=depthwise) + bias)
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize(("op", "pool"), [("MaxPool", np.max), ("AvgPool", np.mean)])
@pytest.mark.parametrize("padding", ["SAME", "VALID"])
def test_pooling_leaves_the_padding_out(tmp_path, op, pool, padding):
    image = picture(1, 5, 7, 2) - 3  # below zero, so that a zero from the padding would show
    pooling = node("out", op, "image", ksize=ints(1, 2, 2, 1), **window(2, padding=padding))

    result = outcome(tmp_path, image, [pooling], {})

    rows, columns = (places(length, 2, 2, 1, padding) for length in (5, 7))
    for y, x in np.ndindex(len(rows), len(columns)):
        inside = [[place for place in axis if place is not None] for axis in (rows[y], columns[x])]
        expected = pool(image[0][np.ix_(*inside)], axis=(0, 1))
        np.testing.assert_allclose(result[0, y, x], expected, rtol=1e-5)
    assert result.shape == (1, len(rows), len(columns), 2)


@pytest.mark.parametrize("wrong", [{"padding": text("EXPLICIT")}, {"data_format": text("NCHW")}])
def test_other_windows_are_refused_by_name(tmp_path, wrong):
    conv = node("out", "Conv2D", "image", "k", **{**window(), **wrong})

    with pytest.raises(BuildError, match="tfjs-window: op=Conv2D node=out"):
        outcome(tmp_path, picture(1, 4, 4, 1), [conv], {"k": picture(1, 1, 1, 1)})


def test_an_unknown_fused_activation_is_named(tmp_path):
    conv = node("out", "_FusedConv2D", "image", "k", fused_ops=texts("Selu"), **window())

    with pytest.raises(BuildError, match=r"tfjs-activation: op=_FusedConv2D node=out .*Selu"):
        outcome(tmp_path, picture(1, 4, 4, 1), [conv], {"k": picture(1, 1, 1, 1)})


def test_weights_that_are_computed_are_refused(tmp_path):
    conv = node("out", "Conv2D", "image", "image", **window())

    with pytest.raises(BuildError, match="tfjs-input-not-constant: op=Conv2D node=out"):
        outcome(tmp_path, picture(1, 4, 4, 1), [conv], {})
