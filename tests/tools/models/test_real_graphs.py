"""The project's own TFJS graphs, converted and run on its photos."""

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from onnx.reference import ReferenceEvaluator

from tools.models.fp16 import store_weights_as_fp16
from tools.models.recipe import read_recipe
from tools.models.tfjs.convert import convert
from tools.models.tfjs.graph import read_graph
from tools.models.tfjs.retarget import retarget

ROOT = Path(__file__).resolve().parents[3]
MODELS = ("centernet-coco", "blazeface-back")
LABELS = json.loads((ROOT / "models/labels/coco80.json").read_text("utf-8"))["en"]


def convert_real(model_id):
    source = read_recipe(ROOT / "models" / model_id).source
    graph = read_graph(ROOT / "node_modules" / source.package / source.graph)
    if source.size:
        graph = retarget(graph, source.size)
    return convert(graph, source.outputs, source.names)


@pytest.fixture(scope="module")
def models():
    return {model_id: convert_real(model_id) for model_id in MODELS}


def blob_of(photo, model_id):
    image = cv2.imread(str(ROOT / "app/samples" / f"{photo}.jpg"))
    if model_id == "centernet-coco":
        blob = cv2.dnn.blobFromImage(image, 1, (416, 416), swapRB=True)
    else:  # stretched, which for the square photo with the face is no change
        blob = cv2.dnn.blobFromImage(image, 1 / 127.5, (256, 256), (127.5,) * 3, swapRB=True)
    return image.shape[:2], blob


def run_with_cv2(model, blob):
    names = [info.name for info in model.graph.output]
    net = cv2.dnn.readNetFromONNX(np.frombuffer(model.SerializeToString(), np.uint8))
    net.setInput(blob)
    return dict(zip(names, net.forward(names), strict=True))


@pytest.mark.parametrize("model_id", MODELS)
def test_two_runs_give_the_same_bytes(models, model_id):
    assert convert_real(model_id).SerializeToString() == models[model_id].SerializeToString()


@pytest.mark.parametrize("model_id", MODELS)
def test_the_shipped_engine_agrees_with_the_standards_reference(models, model_id):
    _, blob = blob_of("astronaut", model_id)

    shipped = run_with_cv2(models[model_id], blob)

    reference = ReferenceEvaluator(models[model_id]).run(None, {"input": blob})
    for name, expected in zip(shipped, reference, strict=True):
        np.testing.assert_allclose(shipped[name], expected, rtol=1e-3, atol=5e-3, strict=True)


@pytest.mark.parametrize("model_id", MODELS)
def test_half_the_bytes_lose_nothing_since_the_weights_were_float16_before(models, model_id):
    _, blob = blob_of("astronaut", model_id)
    halved = store_weights_as_fp16(models[model_id])

    full, half = run_with_cv2(models[model_id], blob), run_with_cv2(halved, blob)

    assert halved.ByteSize() < 0.55 * models[model_id].ByteSize()
    for name in full:
        np.testing.assert_array_equal(half[name], full[name])


def test_the_face_model_finds_the_astronauts_face(models):
    (_, side), blob = blob_of("astronaut", "blazeface-back")

    outputs = run_with_cv2(models["blazeface-back"], blob)

    # Anchors: two for each cell of 16 by 16, row by row; this face is small enough for these.
    best = int(outputs["score16"].argmax())
    row, column = divmod(best // 2, 16)
    x, y, width, height = outputs["reg16"][0, best, :4]
    face = np.array([(column + 0.5) * 16 + x, (row + 0.5) * 16 + y, width, height]) * side / 256
    assert outputs["score16"].max() > 1  # a logit
    np.testing.assert_allclose(face, [225, 126, 100, 100], atol=15)


def test_the_face_model_sees_no_face_in_a_cup(models):
    _, blob = blob_of("coffee", "blazeface-back")

    outputs = run_with_cv2(models["blazeface-back"], blob)

    assert max(outputs["score16"].max(), outputs["score8"].max()) < 0


@pytest.mark.parametrize(
    ("photo", "label", "within"),
    [("dog", "dog", (132, 222, 308, 540)), ("astronaut", "person", (20, 15, 362, 512))],
)
def test_the_coco_model_finds_what_the_photo_shows(models, photo, label, within):
    (height, width), blob = blob_of(photo, "centernet-coco")

    heatmap = run_with_cv2(models["centernet-coco"], blob)["heatmap"][0]

    peak = int(heatmap[LABELS.index(label)].argmax())
    y, x = divmod(peak, 104)
    assert heatmap[LABELS.index(label), y, x] > 0.3
    assert within[0] < x / 104 * width < within[2]
    assert within[1] < y / 104 * height < within[3]
