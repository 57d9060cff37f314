"""Work and memory, against OpenCV's own figures and published ones."""

import math
from pathlib import Path

import cv2
import numpy as np
import onnx
import pytest

from mekiki.doctor import examine
from tests.engine.doctor.graphs import GRAPHS
from tests.engine.doctor.graphs.drawing import Drawing

LIGHT = Path(onnx.__file__).parent / "backend/test/data/light"
# Without convolutions in groups and products of matrices, which OpenCV miscounts.
NETWORKS = ("resnet18", "unet", "densenet", "super_resolution", "yolov5", "yolov8", "centernet")


def estimate(data, **sizes):
    return examine(data, "a.onnx", **sizes)["estimate"]


@pytest.mark.parametrize("name", NETWORKS)
def test_work_of_convolutions_is_what_opencv_counts(name):
    data = GRAPHS[name]()
    found = estimate(data)
    net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
    (shape,) = found["input"].values()
    theirs = net.getFLOPS(tuple(shape)) / 1e9
    assert found["gflops"] <= theirs * 1.001
    assert found["gflops"] == pytest.approx(theirs, rel=0.12)


@pytest.mark.parametrize("name", ["mobilenet_v2", "resnet18", "unet", "yolov5"])
def test_memory_is_near_what_opencv_counts(name):
    data = GRAPHS[name]()
    found = estimate(data)
    net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
    weights, blobs = net.getMemoryConsumption(tuple(*found["input"].values()))
    assert found["weights_bytes"] == pytest.approx(weights, rel=0.05)
    # OpenCV adds up the inputs and outputs of all layers; ours is what is alive at one time.
    assert max(map(math.prod, found["input"].values())) * 4 <= found["activations_bytes"] <= blobs


@pytest.mark.parametrize(
    ("name", "published"),
    [("resnet50", 2 * 4.09), ("squeezenet", 2 * 0.35)],
)
def test_work_is_what_is_published(name, published):
    """Twice the multiply-adds that are told of them."""
    found = estimate((LIGHT / f"light_{name}.onnx").read_bytes())
    assert found["gflops"] == pytest.approx(published, rel=0.03)


def test_work_of_yolox_nano_is_what_its_authors_say(onnx):
    found = estimate(onnx("yolox-nano"))
    # They count activations and normalisation as well.
    assert found["gflops"] == pytest.approx(1.08, rel=0.04)
    assert found["input"] == {"images": [1, 3, 416, 416]}


def test_work_follows_the_size_that_is_asked_for():
    data = GRAPHS["detector_of_any_size"]()
    guessed = estimate(data)
    assert guessed["input"] == {"images": [1, 3, 640, 640]}
    small = estimate(data, sizes={"images": [1, 3, 320, 320]})
    assert small["input"] == {"images": [1, 3, 320, 320]}
    assert small["gflops"] == pytest.approx(guessed["gflops"] / 4, rel=0.02)
    assert small["weights_bytes"] == guessed["weights_bytes"]
    assert small["activations_bytes"] < guessed["activations_bytes"]


def test_what_the_file_tells_is_not_overruled():
    assert estimate(GRAPHS["unet"](), sizes={"image": [1, 3, 999, 999]})["input"] == {
        "image": [1, 3, 64, 64]
    }


def test_work_of_an_unknown_operator_is_not_guessed():
    assert estimate(GRAPHS["own_domain"]())["gflops"] is None
    assert estimate(GRAPHS["logic"]())["gflops"] == 0


def test_recurrent_work():
    net = Drawing("one recurrent layer")
    x = net.input("x", (5, 1, 6))
    y = net.node("LSTM", x, net.random(1, 28, 6), net.random(1, 28, 7), hidden_size=7)
    assert estimate(net.model(y))["gflops"] == 2 * 5 * 28 * (6 + 7) / 1e9
