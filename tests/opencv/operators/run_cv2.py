"""Runs a bundle of graphs through cv2.dnn. The same file runs on this machine and in Pyodide.

A bundle is a zip: NAME.onnx and NAME.npz (the inputs) for each graph, and index.json, which maps
each NAME to the outputs to ask for. The answer is a zip too: NAME.npz with the outputs, or
NAME.txt with what was raised.
"""

import io
import json
import sys
import zipfile
from pathlib import Path

import cv2
import numpy as np


def forward(model, inputs, outputs):
    """Outputs of an ONNX model, by name."""
    net = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))
    for name, array in inputs.items():
        net.setInput(array, name)
    return dict(zip(outputs, net.forward(outputs), strict=True))


def run(bundle, answer):
    """Reads a zip, and writes the other."""
    cv2.setNumThreads(1)
    with zipfile.ZipFile(bundle) as given, zipfile.ZipFile(answer, "w") as made:
        for name, outputs in json.loads(given.read("index.json")).items():
            with np.load(io.BytesIO(given.read(f"{name}.npz"))) as arrays:
                inputs = dict(arrays)
            try:
                found = forward(given.read(f"{name}.onnx"), inputs, outputs)
            except cv2.error as error:
                made.writestr(f"{name}.txt", f"cv2.error {error.code}: {error.err}")
                continue
            except Exception as error:
                made.writestr(f"{name}.txt", f"{type(error).__name__}: {error}")
                continue
            npz = io.BytesIO()
            np.savez(npz, **found)
            made.writestr(f"{name}.npz", npz.getvalue())


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
