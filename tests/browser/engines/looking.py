"""What every model of the site sees in a photo. Runs on this machine and, as a file, in Pyodide."""

import base64
import io
import json

import cv2
import numpy as np

from mekiki.detector import Detector
from mekiki.loader import load_model
from mekiki.preprocess import Preprocessor


def look(folder, onnx_of):
    """Looks at `folder`/frame.npy, an RGBA picture, with each model of `folder`/models.

    Args:
        folder: a pathlib.Path.
        onnx_of: bytes of a model's ONNX file, by its id.

    Returns:
        The raw outputs, float32 arrays by "model/output"; and the detections at or above the
        model's threshold, plain lists by model.
    """
    rgba = np.load(folder / "frame.npy")
    outputs, detections = {}, {}
    for path in sorted((folder / "models").glob("*/model.json")):
        spec, decode = load_model(path.parent)
        onnx = onnx_of(spec.id)
        preprocess = Preprocessor(spec.input)
        preprocess(rgba)
        net = cv2.dnn.readNetFromONNX(np.frombuffer(onnx, np.uint8))
        net.setInput(preprocess.blob, spec.input.name)
        for name, output in zip(spec.outputs, net.forward(spec.outputs), strict=True):
            outputs[f"{spec.id}/{name}"] = output
        found = Detector(spec, decode, onnx).detect(rgba).detections
        detections[spec.id] = found.at_least(spec.score.threshold).to_plain()
    return outputs, detections


def look_here(folder):
    """The same as JSON text, the arrays as base64 of a .npz file: so it leaves Pyodide."""
    outputs, detections = look(folder, lambda model: (folder / f"{model}.onnx").read_bytes())
    packed = io.BytesIO()
    np.savez(packed, **outputs)
    text = base64.b64encode(packed.getvalue()).decode()
    return json.dumps({"outputs": text, "detections": detections})
