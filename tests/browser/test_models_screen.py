"""The screen of the models: choose, remove, and open an .onnx file."""

import json
import re

import pytest

from tests.browser.app import App, catalogue, models
from tests.browser.conftest import DIST, ENGINE_MS, wait_until

CARD = "#models-list article[data-model='{}']"
KEPT = """(async (urls) => {
  const cache = await caches.open(`mekiki-assets:${new URL(document.baseURI).pathname}`);
  const found = await Promise.all(urls.map((url) => cache.match(new URL(url, document.baseURI))));
  return found.filter(Boolean).length;
})"""


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    """A page that has detected with the default model."""
    app = App(open_module_context().context.new_page(), module_server.url).open()
    app.sample("dog")
    return app


@pytest.fixture
def screen(app):
    page = app.page
    page.click("[data-room=models]")
    page.locator("#room-models[open] article").first.wait_for()
    yield page
    page.click("#room-models .room-close")


def card(page, model):
    return page.locator(CARD.format(model))


def test_every_model_has_its_facts(screen):
    for model in models():
        spec = json.loads((DIST.parent / "models" / model / "model.json").read_text("utf-8"))
        said = card(screen, model).inner_text()
        size = f"{spec['input']['width']} × {spec['input']['height']} pixels"
        for fact in (spec["name"]["en"], spec["about"]["en"], spec["licence"]["spdx"], size):
            assert fact in said
        link = card(screen, model).locator("dd a")
        assert link.get_attribute("href") == spec["licence"]["url"]
        assert link.get_attribute("rel") == "noopener noreferrer"


def test_what_is_used_and_what_is_on_the_device_is_told(screen):
    used, *others = models()
    assert "In use" in card(screen, used).inner_text()
    assert "On this device" in card(screen, used).inner_text()
    for other in others:
        assert re.search("[kM]B to download", card(screen, other).inner_text())
        assert card(screen, other).locator("[data-act=remove]").count() == 0


def test_kinds_of_things_are_listed_on_demand(screen):
    found = card(screen, models()[0]).locator("details")
    assert "bicycle" not in found.inner_text()
    for _ in range(5):
        found.locator("summary").click()
        screen.wait_for_timeout(200)
        if "bicycle" in found.inner_text():
            break  # else the cards were drawn anew just then, because something has arrived
    assert "bicycle" in found.inner_text()


def test_chosen_model_detects_and_is_kept_in_mind(app, screen):
    before, page = len(app.results()), screen
    card(page, "blazeface-back").locator("[data-act=use]").click()
    wait_until(page, f"globalThis.results.length > {before}", ENGINE_MS)  # the dog, once more
    assert app.results()[-1]["model"] == "blazeface-back"
    assert page.input_value("#model") == "blazeface-back"
    assert "BlazeFace is used" in page.inner_text("#models-said")
    card(page, "blazeface-back").get_by_text("In use").wait_for()
    here = card(page, "blazeface-back").get_by_text("On this device")
    here.wait_for()
    card(page, models()[0]).locator("[data-act=use]").click()
    wait_until(page, f"globalThis.results.at(-1).model === '{models()[0]}'", ENGINE_MS)


def test_removed_model_frees_its_bytes_and_can_be_had_again(screen):
    page = screen
    urls = json.dumps([each["url"] for each in catalogue()["model:blazeface-back"]])
    card(page, "blazeface-back").locator("[data-act=use]").click()
    wait_until(page, "globalThis.results.at(-1).model === 'blazeface-back'", ENGINE_MS)
    assert page.evaluate(f"{KEPT}({urls})") == 2
    card(page, models()[0]).locator("[data-act=use]").click()
    card(page, models()[0]).get_by_text("In use").wait_for()
    size = sum(each["bytes"] for each in catalogue()["model:blazeface-back"])
    card(page, "blazeface-back").locator("[data-act=remove]").click()
    wait_until(page, "document.querySelector('#models-said').textContent.includes('free again')")
    assert f"{size / 1e6:.1f} MB" in page.inner_text("#models-said")
    assert page.evaluate(f"{KEPT}({urls})") == 0
    card(page, "blazeface-back").get_by_text("to download").wait_for()
    card(page, "blazeface-back").locator("[data-act=use]").click()
    wait_until(page, "globalThis.results.at(-1).model === 'blazeface-back'", ENGINE_MS)
    wait_until(page, f"{KEPT}({urls}).then((count) => count === 2)")
    card(page, models()[0]).locator("[data-act=use]").click()
    wait_until(page, f"globalThis.results.at(-1).model === '{models()[0]}'", ENGINE_MS)
    card(page, models()[0]).get_by_text("In use").wait_for()


def test_keyboard_keeps_its_place(screen):
    button = card(screen, "blazeface-back").locator("[data-act=use]")
    button.focus()
    screen.keyboard.press("Enter")
    wait_until(
        screen, "document.activeElement.closest('article')?.dataset.model === 'blazeface-back'"
    )
    card(screen, models()[0]).locator("[data-act=use]").click()


def test_both_languages(screen):
    switch = "document.querySelector('#language').click()"
    list_has = "document.querySelector('#models-list').textContent.includes"
    screen.evaluate(switch)
    wait_until(screen, f"{list_has}('この端末にあります')")
    screen.evaluate(switch)
    wait_until(screen, f"{list_has}('On this device')")


def test_narrow_screen_needs_no_sideways_scrolling(screen):
    screen.set_viewport_size({"width": 320, "height": 640})
    assert screen.evaluate("document.querySelector('#room-models').scrollWidth") <= 320
    small = screen.evaluate(
        """[...document.querySelectorAll('#room-models button, #room-models label.action')]
          .filter((each) => each.getBoundingClientRect().height < 44).length"""
    )
    assert small == 0
    screen.set_viewport_size({"width": 1280, "height": 720})


def test_a_file_that_is_chosen_here_is_examined_in_its_own_room(screen, tmp_path):
    wrong = tmp_path / "wrong.onnx"
    wrong.write_text("no graph at all")
    screen.set_input_files("#models-file", wrong)
    screen.locator("#room-own[open]").wait_for()
    wait_until(screen, "document.querySelector('#own-error').textContent", ENGINE_MS)
    assert "cannot read this model" in screen.inner_text("#own-error")
    screen.click("#room-own .room-close")
    screen.locator("#room-own").wait_for(state="hidden")
