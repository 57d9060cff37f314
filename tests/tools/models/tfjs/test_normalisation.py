import numpy as np
import pytest

from tests.tools.models.tfjs.tiny import (
    flag,
    nchw,
    nhwc,
    node,
    picture,
    placeholder,
    run_with_cv2,
    text,
    write_model,
)
from tools.errors import BuildError
from tools.models.tfjs.convert import convert
from tools.models.tfjs.graph import read_graph

STATISTICS = {
    "scale": np.float32([1, 2, 0.5]),
    "offset": np.float32([0, -1, 4]),
    "mean": np.float32([0.5, 0, -2]),
    "variance": np.float32([1, 4, 0.25]),
}


def normalise(folder, image, op="FusedBatchNormV3", **attributes):
    """By the shipped engine alone.

    Before opset 14 the standard's reference moves the statistics, as if it were in training.
    """
    attributes = {"is_training": flag(False), "data_format": text("NHWC")} | attributes
    normalising = node("out", op, "image", *STATISTICS, **attributes)
    path = write_model(folder, [placeholder(*image.shape), normalising], STATISTICS)
    return nhwc(run_with_cv2(convert(read_graph(path), ["out"], ["out"]), nchw(image)))


@pytest.mark.parametrize("op", ["FusedBatchNorm", "FusedBatchNormV3"])
def test_each_channel_is_normalised_by_its_own_statistics(tmp_path, op):
    image = np.ones((1, 2, 2, 3), np.float32)

    result = normalise(tmp_path, image, op, epsilon={"f": 0.0})

    # (1 - 0.5) / 1 * 1 + 0; (1 - 0) / 2 * 2 - 1; (1 + 2) / 0.5 * 0.5 + 4
    np.testing.assert_allclose(result, np.broadcast_to([0.5, 0, 7], image.shape), atol=1e-6)


@pytest.mark.parametrize(("written", "epsilon"), [({"epsilon": {"f": 0.5}}, 0.5), ({}, 1e-4)])
def test_epsilon_widens_the_variance(tmp_path, written, epsilon):
    image = picture(1, 3, 4, 3)

    result = normalise(tmp_path, image, **written)

    scale, offset, mean, variance = STATISTICS.values()
    expected = (image - mean) * scale / np.sqrt(variance + epsilon) + offset
    np.testing.assert_allclose(result, expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("odd", [{"is_training": flag(True)}, {"data_format": text("NCHW")}])
def test_what_is_not_converted_is_refused(tmp_path, odd):
    with pytest.raises(BuildError, match="tfjs-batch-norm: op=FusedBatchNormV3 node=out"):
        normalise(tmp_path, picture(1, 2, 2, 3), **odd)
