"""Writes TFJS graph models by hand, and runs what they convert to."""

import base64
import json

import cv2
import numpy as np
from onnx.reference import ReferenceEvaluator

from tools.models.tfjs.convert import convert
from tools.models.tfjs.graph import read_graph


def node(name, op, *inputs, **attributes):
    return {"name": name, "op": op, "input": list(inputs), "attr": attributes}


def ints(*numbers):
    return {"list": {"i": [str(number) for number in numbers]}}


def text(word):
    return {"s": base64.b64encode(word.encode()).decode()}


def texts(*words):
    return {"list": {"s": [text(word)["s"] for word in words]}}


def flag(value):
    return {"b": value}


def placeholder(*shape, name="image"):
    dimensions = [{"size": str(length)} for length in shape]
    return node(name, "Placeholder", shape={"shape": {"dim": dimensions}})


def write_model(folder, nodes, weights):
    """Writes `nodes` and, as Const nodes and one shard, `weights`; returns the json's path."""
    shard, listed = b"", []
    for name, array in weights.items():
        nodes = [*nodes, node(name, "Const")]
        shard += array.tobytes()
        listed.append({"name": name, "shape": list(array.shape), "dtype": array.dtype.name})
    (folder / "shard.bin").write_bytes(shard)
    document = {
        "modelTopology": {"node": nodes},
        "weightsManifest": [{"paths": ["shard.bin"], "weights": listed}],
    }
    path = folder / "model.json"
    path.write_text(json.dumps(document))
    return path


def picture(*shape, seed=0):
    """Random floats of `shape` (N, H, W, C), both signs."""
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def nchw(array):
    return np.ascontiguousarray(array.transpose(0, 3, 1, 2))


def nhwc(array):
    return array.transpose(0, 2, 3, 1) if array.ndim == 4 else array


def run_with_onnx(model, blob):
    return ReferenceEvaluator(model).run(None, {"input": blob})[0]


def run_with_cv2(model, blob):
    net = cv2.dnn.readNetFromONNX(np.frombuffer(model.SerializeToString(), np.uint8))
    net.setInput(blob)
    return net.forward()


def outcome(folder, image, nodes, weights, output="out"):
    """What the converted graph makes of `image`, N, H, W, C if it is a picture.

    The standard's reference and the engine that is shipped have to agree about it.
    """
    graph = read_graph(write_model(folder, [placeholder(*image.shape), *nodes], weights))
    model = convert(graph, [output], ["result"])
    said, shipped = run_with_onnx(model, nchw(image)), run_with_cv2(model, nchw(image))
    np.testing.assert_allclose(said, shipped, rtol=1e-4, atol=1e-5)
    return nhwc(said)
