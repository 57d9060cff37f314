"""Every model of the catalogue in the browser, against the same code run natively."""

import json
import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from mekiki.detector import Detector
from mekiki.loader import load_model
from tests.browser.app import App, models
from tests.browser.conftest import DIST, ENGINE_MS, wait_until
from tests.browser.same_findings import assert_same
from tools.paths import APP, MODELS

SAMPLES = ("dog", "astronaut", "coffee", "cat")


def facts(model):
    return json.loads((MODELS / model / "model.json").read_text("utf-8"))


def graph_of(model):
    """The ONNX file that the site brings, or the one in the mirror for a model that it does not."""
    if model in models():
        # The other one is for data saver, with weights of a quarter of the size.
        return max(DIST.glob(f"assets/*/{model}.onnx"), key=lambda path: path.stat().st_size)
    return Path(os.environ.get("MEKIKI_MIRROR", "/nowhere")) / facts(model)["source"]["file"]


ELSEWHERE = [
    path.parent.name
    for path in sorted(MODELS.glob("*/model.json"))
    if json.loads(path.read_text("utf-8")).get("delivery") == "tap"
]


def threshold_of(spec):
    """The lowest score that is shown of a detection."""

    def threshold(detection):
        ids = np.array([detection["class_id"]], np.int32)
        return float(spec.score.lowest(spec.score.threshold, ids)[0])

    return threshold


def native(model, sample):
    """The spec, the size of the picture, and what is shown of it."""
    spec, decoder = load_model(MODELS / model)
    bgr = cv2.imread(str(APP / "samples" / f"{sample}.jpg"))
    result = Detector(spec, decoder, graph_of(model).read_bytes()).detect(
        cv2.cvtColor(bgr, cv2.COLOR_BGR2RGBA)
    )
    threshold = threshold_of(spec)
    shown = [each for each in result.detections.to_plain() if each["score"] >= threshold(each)]
    return spec, bgr.shape[1::-1], shown


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    return App(open_module_context().context.new_page(), module_server.url).open()


def choose(app, model):
    """Takes this model, and waits until it has looked at what is shown."""
    if app.page.input_value("#model") == model:
        return
    if app.results():
        app.next_result(lambda: app.page.select_option("#model", model))
    else:
        app.page.select_option("#model", model)


def look(app, sample, folder):
    """What the page publishes of a photo, with its pixels as OpenCV decodes the JPEG."""
    png = folder / f"{sample}.png"
    if not png.is_file():
        cv2.imwrite(str(png), cv2.imread(str(APP / "samples" / f"{sample}.jpg")))
    return app.photo(png)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lossless")


def samples_of(model):
    expected = facts(model)["expected"]["sample"]
    return dict.fromkeys((expected, *SAMPLES))


def assert_native(app, model, folder):
    choose(app, model)
    found = 0
    for sample in samples_of(model):
        spec, size, expected = native(model, sample)
        result = look(app, sample, folder)
        assert result["model"] == model
        assert_same(result["detections"], expected, size, threshold_of(spec))
        found += len(result["detections"])
    assert found >= 1


@pytest.mark.parametrize("model", models())
def test_a_model_finds_what_it_finds_natively(app, model, folder):
    assert_native(app, model, folder)


@pytest.mark.parametrize("model", ELSEWHERE)
def test_a_model_that_others_serve_finds_the_same_once_its_file_is_opened(app, model, folder):
    path = graph_of(model)
    if not path.is_file():
        pytest.skip(f"{path.name} is not here: name a folder that has it in MEKIKI_MIRROR")
    page = app.page
    app.choose(path)  # it is known by its content, so its decoder and labels are
    wait_until(page, f"document.querySelector('#model option[value={model}]') !== null", ENGINE_MS)
    page.keyboard.press("Escape")
    assert_native(app, model, folder)
