"""What OpenCV really does with a file. Runs on this machine and in Pyodide."""

from __future__ import annotations

import cv2
import numpy as np

from mekiki.errors import MekikiError
from mekiki.onnx_check import check_onnx


def outcome(data, inputs, outputs):
    """Reads, sets every input to float32 values from 0 to 1, and asks for every output.

    Args:
        inputs: shapes by name.
        outputs: names.

    Returns:
        A dict: `runs`, `stage` (`done`, or where it stopped) and what was said as `error`.
    """
    stage = "check"
    try:
        check_onnx(data, "model")
        stage = "read"
        net = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
        stage = "input"
        rng = np.random.default_rng(0)
        for name, shape in inputs.items():
            net.setInput(rng.random(tuple(shape), np.float32), name)
        stage = "forward"
        found = net.forward(list(outputs))
        assert len(found) == len(outputs)
    except (cv2.error, MekikiError) as error:
        return {"runs": False, "stage": stage, "error": str(error)}
    return {"runs": True, "stage": "done", "error": ""}
