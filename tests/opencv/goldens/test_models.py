"""Raw outputs and detections: our wheel against ONNX Runtime and OpenCV of this machine.

`pytest -s tests/opencv/goldens` prints the differences.
"""

import io
import json
import zipfile
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import pytest

from mekiki.loader import load_model
from mekiki.nms import suppress
from mekiki.preprocess import Preprocessor
from tests.engine.conftest import onnx_file, read_sample
from tests.opencv.operators import run_cv2
from tests.opencv.operators.bundle import unpack
from tests.opencv.pyodide_runs import in_browser
from tools.paths import APP, MODELS
from tools.site.models import model_folders

MODEL_IDS = [spec["id"] for _, spec in model_folders()]
SAMPLES = sorted(path.stem for path in (APP / "samples").glob("*.jpg"))

# A difference of outputs, as a part of the largest value of the output. Sums of some thousand
# products in another order, through 50 to 100 layers, and Winograd's transforms.
OF_LARGEST = 2e-4
NOTHING = 0.01  # outputs that are all nearer to 0 than this say that nothing is there
OF_SCORES = 2e-3
PIXELS = 0.5  # of a box, in pixels of the model's input


@cache
def blob(model_id, sample):
    """What the model is given for a photo."""
    spec, _ = load_model(MODELS / model_id)
    preprocessor = Preprocessor(spec.input)
    preprocessor(read_sample(sample))
    return preprocessor.blob.copy()


def pack(model_id):
    spec, _ = load_model(MODELS / model_id)
    made, index = io.BytesIO(), {}
    with zipfile.ZipFile(made, "w") as archive:
        for sample in SAMPLES:
            inputs = io.BytesIO()
            np.savez(inputs, **{spec.input.name: blob(model_id, sample)})
            archive.writestr(f"{sample}.npz", inputs.getvalue())
            archive.writestr(f"{sample}.onnx", onnx_file(model_id).read_bytes())
            index[sample] = list(spec.outputs)
        archive.writestr("index.json", json.dumps(index))
    return made.getvalue()


@cache
def by_onnxruntime(model_id, sample):
    spec, _ = load_model(MODELS / model_id)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        onnx_file(model_id).read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(list(spec.outputs), {spec.input.name: blob(model_id, sample)})


@cache
def by_native_cv2(model_id, sample):
    spec, _ = load_model(MODELS / model_id)
    net = cv2.dnn.readNetFromONNX(np.frombuffer(onnx_file(model_id).read_bytes(), np.uint8))
    net.setInput(blob(model_id, sample), spec.input.name)
    return [output.copy() for output in net.forward(list(spec.outputs))]


@cache
def decoded(model_id):
    """What the model's own decoder and suppression make of outputs."""
    spec, decode = load_model(MODELS / model_id)

    def detections(outputs):
        found = decode(dict(zip(spec.outputs, outputs, strict=True)), spec)
        return suppress(found, spec.nms)

    return detections


@pytest.fixture(scope="module", params=MODEL_IDS)
def in_the_browser(python, request):
    """The model's id, and its outputs by sample."""
    onnx_file(request.param)  # skips where the weights are not to be had
    answer = in_browser(python, Path(run_cv2.__file__), pack(request.param))
    return request.param, unpack(answer)


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("reference", [by_onnxruntime, by_native_cv2], ids=["onnxruntime", "cv2"])
def test_outputs_and_detections_are_those_of(in_the_browser, sample, reference):
    model_id, outcomes = in_the_browser
    ours, right = outcomes[sample].outputs, reference(model_id, sample)
    assert ours is not None, outcomes[sample].error
    for name, one, other in zip(load_model(MODELS / model_id)[0].outputs, right, ours, strict=True):
        assert one.shape == other.shape
        worst, largest = float(np.abs(one - other).max()), float(np.abs(one).max())
        said = f"{model_id} {sample} {name}: {worst:.2g} of {largest:.4g} ({worst / largest:.1e})"
        print(said)
        # A mask of nothing at all holds probabilities of a millionth: those need not be the same.
        assert worst <= OF_LARGEST * max(largest, NOTHING), said
    expected, found = decoded(model_id)(right), decoded(model_id)(ours)
    assert found.class_ids.tolist() == expected.class_ids.tolist()
    assert np.abs(found.scores - expected.scores).max(initial=0) <= OF_SCORES
    assert np.abs(found.boxes - expected.boxes).max(initial=0) <= PIXELS
