"""What the screens show: the sample photos, a video that pans over one of them, a small model."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from tools.errors import BuildError
from tools.paths import APP

SAMPLES = APP / "samples"
PHOTOS = tuple(SAMPLES / f"{name}.jpg" for name in ("dog", "astronaut", "cat", "coffee"))
_VIDEO_SIZE = (640, 480)


def write_video(target: Path, frames: int = 12) -> Path:
    """Writes a WebM of one second: a slow pan over the dog.

    Raises:
        BuildError: `video-not-written`.
    """
    photo = cv2.imread(str(SAMPLES / "dog.jpg"))
    writer = cv2.VideoWriter(str(target), cv2.VideoWriter.fourcc(*"VP80"), 12, _VIDEO_SIZE)
    if photo is None or not writer.isOpened():
        raise BuildError("video-not-written", file=str(target))
    photo = cv2.resize(photo, (704, 528), interpolation=cv2.INTER_AREA)
    for index in range(frames):
        writer.write(photo[index : index + 480, 2 * index : 2 * index + 640])
    writer.release()
    return target


def write_graph(target: Path, side: int | None = 8, channels: int = 3) -> Path:
    """Writes an ONNX file that tells dark pictures from bright ones: (1, 3, H, W) to (1, 2).

    Args:
        target: the file.
        side: height and width of its input; None leaves them open.
        channels: of its input.
    """
    size = [side, side] if side else ["height", "width"]
    weights = np.tile(np.array([-1, 1], np.float32) / channels, (channels, 1))
    nodes = [
        helper.make_node("ReduceMean", ["picture"], ["mean"], axes=[2, 3], keepdims=0),
        helper.make_node("Gemm", ["mean", "w", "b"], ["scores"]),
    ]
    graph = helper.make_graph(
        nodes,
        "brightness",
        [helper.make_tensor_value_info("picture", TensorProto.FLOAT, [1, channels, *size])],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 2])],
        [
            numpy_helper.from_array(weights, "w"),
            numpy_helper.from_array(np.array([1, 0], np.float32), "b"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    helper.set_model_props(model, {"names": "{0: 'dark', 1: 'bright'}"})
    onnx.save(model, target)
    return target
