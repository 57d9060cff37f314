"""What a person does with the picture and the page: drop, paste, tap, press a row or a class."""

import base64

import pytest

from tests.browser.app import App
from tests.browser.conftest import ROOT, wait_until

SAMPLES = ROOT / "app" / "samples"
# A file as the system hands it over: a real File in a real DataTransfer.
TRANSFER = """
const transfer = new DataTransfer();
for (const [name, text] of files) {
  const bytes = Uint8Array.from(atob(text), (each) => each.charCodeAt(0));
  transfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
}
"""
DRAG = f"""([type, files]) => {{
  {TRANSFER}
  const given = {{ dataTransfer: transfer, bubbles: true, cancelable: true }};
  return !document.querySelector("#stage").dispatchEvent(new DragEvent(type, given));
}}"""
PASTE = f"""([files]) => {{
  {TRANSFER}
  const given = {{ clipboardData: transfer, bubbles: true, cancelable: true }};
  return !document.body.dispatchEvent(new ClipboardEvent("paste", given));
}}"""


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    """One page with its engine running, for all tests here."""
    app = App(open_module_context().context.new_page(), module_server.url).open()
    app.sample("coffee")
    return app


def given(*names):
    return [
        [f"{name}.jpg", base64.b64encode((SAMPLES / f"{name}.jpg").read_bytes()).decode()]
        for name in names
    ]


def test_picture_that_is_dropped_is_looked_at(app):
    page = app.page
    assert page.evaluate(DRAG, ["dragover", given("coffee")])  # else the browser would open it
    assert page.get_attribute("#stage", "data-dragging") == "true"
    result = app.next_result(lambda: page.evaluate(DRAG, ["drop", given("coffee")]))
    assert "cup" in {each["label"] for each in result["detections"]}
    assert page.get_attribute("#stage", "data-dragging") == "false"


def test_several_pictures_that_are_dropped_are_looked_at_in_turn(app):
    app.page.evaluate(DRAG, ["drop", given("dog", "cat")])
    wait_until(app.page, "document.getElementById('batch-export')?.hidden === false")
    assert app.page.locator("#batch-strip button").count() == 2
    app.page.click("#batch-cancel")


def test_picture_that_is_pasted_is_looked_at(app):
    result = app.next_result(lambda: app.page.evaluate(PASTE, [given("astronaut")]))
    assert "person" in {each["label"] for each in result["detections"]}


def test_pasted_words_are_left_to_the_browser(app):
    before = len(app.results())
    assert not app.page.evaluate(PASTE, [[]])
    assert not app.page.is_visible("#message")
    assert len(app.results()) == before


def tap(app, result, x, y):
    """Taps a point given in pixels of the source."""
    box = app.page.locator("#overlay").bounding_box()
    scale = box["width"] / result["width"]
    app.page.mouse.click(box["x"] + x * scale, box["y"] + y * scale)


def chosen(app):
    return app.page.locator("#detections button[aria-pressed=true]").all_inner_texts()


def test_tap_on_a_box_brings_the_smallest_under_the_finger_out(app):
    result = app.sample("dog")
    boxes = {each["label"]: each["box"] for each in result["detections"]}
    dog, bicycle = boxes["dog"], boxes["bicycle"]
    x, y = dog["x"] + dog["width"] / 2, dog["y"] + 40
    assert bicycle["x"] < x < bicycle["x"] + bicycle["width"]  # inside both
    assert bicycle["y"] < y < bicycle["y"] + bicycle["height"]
    before = app.page.locator("#overlay").screenshot()
    tap(app, result, x, y)
    assert len(chosen(app)) == 1
    assert "dog" in chosen(app)[0]
    said = app.page.inner_text("#detail")
    width, height = int(dog["width"] + 0.5), int(dog["height"] + 0.5)
    assert said.startswith("dog: ")
    assert f"{width} × {height} px at {int(dog['x'] + 0.5)}, {int(dog['y'] + 0.5)}" in said
    assert app.page.locator("#overlay").screenshot() != before
    tap(app, result, bicycle["x"] + bicycle["width"] - 20, bicycle["y"] + 40)
    assert "bicycle" in chosen(app)[0]
    tap(app, result, 5, 5)  # beside all
    assert chosen(app) == []
    assert app.page.inner_text("#detail") == ""


def test_rows_are_pressed_with_the_keyboard(app):
    app.sample("dog")
    rows = app.page.locator("#detections button")
    rows.nth(1).focus()
    app.page.keyboard.press("Enter")
    assert len(chosen(app)) == 1
    assert rows.nth(1).get_attribute("aria-pressed") == "true"
    assert app.page.inner_text("#detail") != ""
    app.page.keyboard.press("Tab")
    app.page.keyboard.press("Space")
    assert rows.nth(2).get_attribute("aria-pressed") == "true"
    assert rows.nth(1).get_attribute("aria-pressed") == "false"
    app.page.keyboard.press("Space")
    assert chosen(app) == []


def test_a_class_is_hidden_and_shown_by_its_chip(app):
    app.sample("dog")
    chip = app.page.locator("#counts button[data-label=dog]")
    chip.focus()
    app.page.keyboard.press("Enter")
    wait_until(
        app.page, "document.querySelector('#counts [data-label=dog]').ariaPressed === 'false'"
    )
    assert not any("dog" in row for row in app.listed())
    assert "dog" not in app.page.get_attribute("#overlay", "aria-label")
    assert app.page.evaluate("document.activeElement.dataset.label") == "dog"
    app.page.keyboard.press("Enter")
    wait_until(app.page, "document.getElementById('detections').textContent.includes('dog')")
