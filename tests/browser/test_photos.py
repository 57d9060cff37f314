"""Photos of every kind: a right answer or a clear message, and the next one works."""

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.browser.app import App
from tests.browser.conftest import ROOT

PHOTO = ROOT / "app" / "samples" / "astronaut.jpg"  # which every model of objects is sure of
DOG = ROOT / "app" / "samples" / "dog.jpg"


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    """One page for all kinds of photos, as a person has it."""
    return App(open_module_context().context.new_page(), module_server.url).open()


def labels(result):
    return {each["label"] for each in result["detections"]}


def test_file_that_is_no_picture_is_refused_in_words(app, tmp_path):
    text = tmp_path / "notes.jpg"
    text.write_text("this is no picture")
    app.choose(text)
    assert "JPEG, PNG or WebP" in app.message()
    assert app.page.get_attribute("#stage", "data-shows") == "nothing"
    assert "person" in labels(app.photo(PHOTO))
    assert not app.page.is_visible("#message")
    app.choose(text)
    app.message()
    assert app.page.get_attribute("#stage", "data-shows") == "photo"  # nothing is lost
    assert app.listed()


def test_60_megapixel_photo_is_detected_in_its_own_pixels(app, tmp_path):
    large = tmp_path / "large.jpg"
    picture = cv2.resize(cv2.imread(str(PHOTO)), (7800, 7800), interpolation=cv2.INTER_CUBIC)
    cv2.imwrite(str(large), picture, [cv2.IMWRITE_JPEG_QUALITY, 80])
    small, big = app.photo(PHOTO), app.photo(large)
    assert (big["width"], big["height"]) == (7800, 7800)
    sure = [each for each in small["detections"] if each["score"] >= 0.5]
    assert sure
    for each in sure:
        assert any(
            other["label"] == each["label"]
            and all(
                abs(other["box"][key] * 512 / 7800 - each["box"][key]) < 24 for key in each["box"]
            )
            for other in big["detections"]
        ), each
    assert big["heap"] <= 200e6
    assert "person" in labels(app.photo(PHOTO))


def test_one_pixel_photo_is_answered(app, tmp_path):
    dot = tmp_path / "dot.png"
    Image.new("RGB", (1, 1), "red").save(dot)
    result = app.photo(dot)
    assert (result["width"], result["height"]) == (1, 1)
    assert "person" in labels(app.photo(PHOTO))


@pytest.mark.parametrize(
    ("orientation", "turn"),
    [
        (3, Image.Transpose.ROTATE_180),
        (6, Image.Transpose.ROTATE_90),
        (8, Image.Transpose.ROTATE_270),
        (5, Image.Transpose.TRANSPOSE),
    ],
)
def test_photo_that_is_stored_turned_is_found_upright(app, tmp_path, orientation, turn):
    """A phone stores a photo as the sensor saw it, with a note of how to turn it."""
    turned = tmp_path / "turned.jpg"
    with Image.open(DOG) as picture:
        exif = picture.getexif()
        exif[0x0112] = orientation
        picture.transpose(turn).save(turned, exif=exif, quality=92)
    upright, result = app.photo(DOG), app.photo(turned)
    assert (result["width"], result["height"]) == (768, 576)
    was, now = [
        next(each["box"] for each in one["detections"] if each["label"] == "bicycle")
        for one in (upright, result)
    ]
    assert all(abs(now[key] - was[key]) < 16 for key in was), (was, now)


def test_transparent_and_grey_pictures_are_answered(app, tmp_path):
    clear, grey = tmp_path / "clear.png", tmp_path / "grey.png"
    Image.fromarray(np.zeros((60, 80, 4), np.uint8)).save(clear)
    with Image.open(PHOTO) as picture:
        picture.convert("L").save(grey)
    assert app.photo(clear)["width"] == 80
    assert "person" in labels(app.photo(grey))


def test_same_file_can_be_chosen_twice(app):
    app.photo(PHOTO)
    assert "person" in labels(app.photo(PHOTO))
