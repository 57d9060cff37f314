"""Detections in the browser, against the same decode run natively."""

import cv2
import pytest

from mekiki.detector import Detector
from mekiki.loader import load_model
from tests.browser.app import App, models
from tests.browser.conftest import DIST, ENGINE_MS, ROOT, wait_until

SAMPLES = ("dog", "astronaut", "coffee", "cat")


@pytest.fixture(scope="module")
def native():
    """Native detections of the very ONNX files of the site, by model and sample."""
    found = {}
    for model in models():
        spec, decode = load_model(ROOT / "models" / model)
        onnx = next(DIST.glob(f"assets/*/{model}.onnx")).read_bytes()
        detector = Detector(spec, decode, onnx)
        for sample in SAMPLES:
            bgr = cv2.imread(str(ROOT / "app" / "samples" / f"{sample}.jpg"))
            result = detector.detect(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGBA))
            found[model, sample] = [
                each
                for each in result.detections.to_plain()
                if each["score"] >= spec.score.threshold
            ]
    return found


def _corners(box):
    return [box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]]


def _assert_same(browser, native, threshold):
    """Same classes, boxes within 2 px, scores within 0.02; one by one, in any order."""
    left = list(native)
    for each in browser:
        near = [
            other
            for other in left
            if other["class_id"] == each["class_id"]
            and abs(other["score"] - each["score"]) <= 0.02
            and all(
                abs(a - b) <= 2
                for a, b in zip(
                    _corners(each["box"]),
                    _corners(dict(zip(("x", "y", "width", "height"), other["box"], strict=True))),
                    strict=True,
                )
            )
        ]
        if near:
            left.remove(near[0])
        else:  # a score that falls on the other side of the threshold is no difference
            assert each["score"] - threshold <= 0.02, each
    assert all(each["score"] - threshold <= 0.02 for each in left), left


@pytest.mark.parametrize("model", models())
def test_detections_equal_the_native_ones(open_context, server, native, model):
    app = App(open_context().context.new_page(), server.url).open(f"?model={model}")
    found = 0
    for sample in SAMPLES:
        result = app.sample(sample)
        assert result["model"] == model
        _assert_same(result["detections"], native[model, sample], result["threshold"])
        found += len(result["detections"])
    assert found >= 1


def test_event_is_plain_and_complete(open_context, server):
    app = App(open_context().context.new_page(), server.url).open("?sample=dog")
    wait_until(app.page, "globalThis.results.length", ENGINE_MS)
    result = app.results()[0]
    assert (result["width"], result["height"]) == (768, 576)
    car = next(each for each in result["detections"] if each["label"] == "car")
    assert set(car) == {"label", "class_id", "score", "box"}
    assert car["class_id"] == 2
    assert set(car["box"]) == {"x", "y", "width", "height"}
    stages = {"capture", "transfer", "copy", "preprocess", "forward", "decode", "reply", "draw"}
    assert set(result["milliseconds"]) == stages
    assert all(value >= 0 for value in result["milliseconds"].values())


def test_threshold_filters_without_running_the_model_again(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    app.sample("dog")
    wait_until(app.page, "document.querySelectorAll('#detections li').length")
    usual = app.listed()
    slider = app.page.locator("#threshold")
    slider.fill("10")
    assert len(app.listed()) > len(usual)
    slider.fill("95")
    assert app.listed() == []
    assert "95 %" in app.page.inner_text("#results-empty")
    assert len(app.results()) == 1


def test_another_model_looks_at_the_same_picture(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    app.sample("astronaut")
    result = app.next_result(lambda: app.page.select_option("#model", "blazeface-back"))
    assert result["model"] == "blazeface-back"
    assert [each["label"] for each in result["detections"]] == ["face"]


def test_unknown_names_in_a_link_are_said(open_context, server):
    context = open_context().context
    app = App(context.new_page(), server.url).open("?model=nonesuch")
    assert "nonesuch" in app.message()
    assert app.page.input_value("#model") == models()[0]
    app.open("?sample=nonesuch")
    assert "nonesuch" in app.message()


def test_saved_picture_has_the_size_of_the_photo(open_context, server, tmp_path):
    app = App(open_context().context.new_page(), server.url).open()
    app.sample("dog")
    with app.page.expect_download() as download:
        app.page.click("#save")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".jpg"
    saved = cv2.imread(str(path))
    plain = cv2.imread(str(ROOT / "app" / "samples" / "dog.jpg"))
    assert saved.shape == plain.shape
    assert (abs(saved.astype(int) - plain) > 60).any(axis=2).mean() > 0.003  # boxes are on it
