"""What the page does with detections; whether they are right, see test_catalogue.py."""

import cv2

from tests.browser.app import App, models
from tests.browser.conftest import ENGINE_MS, ROOT, wait_until


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
