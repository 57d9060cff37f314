"""The screen of the models: choose, remove, and read an .onnx file."""

import json

import onnx
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


def graph(model):
    """The ONNX file of a model of the built site."""
    [path] = [
        DIST / each["url"]
        for each in catalogue()[f"model:{model}"]
        if each["url"].endswith(".onnx")
    ]
    return path


def read(page, file):
    page.set_input_files("#models-file", file)
    page.locator("#models-facts").wait_for(state="visible", timeout=ENGINE_MS)
    return page.inner_text("#models-facts")


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
        assert "MB to download" in card(screen, other).inner_text()
        assert card(screen, other).locator("[data-act=remove]").count() == 0


def test_kinds_of_things_are_listed_on_demand(screen):
    found = card(screen, models()[0]).locator("details")
    assert "bicycle" not in found.inner_text()
    found.locator("summary").click()
    assert "bicycle" in found.inner_text()


def test_chosen_model_detects_and_is_kept_in_mind(app, screen):
    before, page = len(app.results()), screen
    card(page, "blazeface-back").locator("[data-act=use]").click()
    wait_until(page, f"globalThis.results.length > {before}", ENGINE_MS)  # the dog, once more
    assert app.results()[-1]["model"] == "blazeface-back"
    assert page.input_value("#model") == "blazeface-back"
    assert "BlazeFace is used" in page.inner_text("#models-said")
    assert "In use" in card(page, "blazeface-back").inner_text()
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
    size = sum(each["bytes"] for each in catalogue()["model:blazeface-back"])
    card(page, "blazeface-back").locator("[data-act=remove]").click()
    wait_until(page, "document.querySelector('#models-said').textContent.includes('free again')")
    assert f"{size / 1e6:.1f} MB" in page.inner_text("#models-said")
    assert page.evaluate(f"{KEPT}({urls})") == 0
    assert "to download" in card(page, "blazeface-back").inner_text()
    card(page, "blazeface-back").locator("[data-act=use]").click()
    wait_until(page, "globalThis.results.at(-1).model === 'blazeface-back'", ENGINE_MS)
    wait_until(page, f"{KEPT}({urls}).then((count) => count === 2)")
    card(page, models()[0]).locator("[data-act=use]").click()
    wait_until(page, f"globalThis.results.at(-1).model === '{models()[0]}'", ENGINE_MS)


def test_keyboard_keeps_its_place(screen):
    button = card(screen, "blazeface-back").locator("[data-act=use]")
    button.focus()
    screen.keyboard.press("Enter")
    wait_until(
        screen, "document.activeElement.closest('article')?.dataset.model === 'blazeface-back'"
    )
    card(screen, models()[0]).locator("[data-act=use]").click()


def test_onnx_file_says_what_it_is(screen):
    path = graph("blazeface-back")
    said = read(screen, path)
    told = onnx.load(path)
    operators = [node.op_type for node in told.graph.node]
    assert path.name in said
    assert f"opset {told.opset_import[0].version}" in said
    assert f"{len(operators)} of {len(set(operators))} kinds" in said
    assert f"Conv × {operators.count('Conv')}" in said
    for value in [*told.graph.output, told.graph.input[0]]:
        lengths = [each.dim_value for each in value.type.tensor_type.shape.dim]
        shape = " × ".join(str(length) for length in lengths)
        assert f"{value.name}: float32, {shape}" in said
    assert "models/README.md" in said


def test_file_that_is_no_onnx_is_said_and_the_next_is_read(screen, tmp_path):
    wrong = tmp_path / "wrong.onnx"
    wrong.write_text("no graph at all")
    assert "cannot read this model" in read(screen, wrong)
    assert "Conv" in read(screen, graph("blazeface-back"))


def test_names_in_a_file_are_text_and_not_markup(screen, tmp_path):
    hostile = tmp_path / "hostile.onnx"
    told = onnx.load(graph("blazeface-back"))
    told.producer_name = "<img src=x onerror=alert(1)><b>bold</b>"
    onnx.save(told, hostile)
    assert "<b>bold</b>" in read(screen, hostile)
    assert screen.locator("#models-facts img, #models-facts b").count() == 0


def test_both_languages(screen):
    read(screen, graph("blazeface-back"))
    screen.evaluate("document.querySelector('#language').click()")
    wait_until(
        screen, "document.querySelector('#models-list').textContent.includes('この端末にあります')"
    )
    assert "演算" in screen.inner_text("#models-facts")
    screen.evaluate("document.querySelector('#language').click()")
    wait_until(screen, "document.querySelector('#models-facts').textContent.includes('Operators')")


def test_narrow_screen_needs_no_sideways_scrolling(screen):
    screen.set_viewport_size({"width": 320, "height": 640})
    read(screen, graph("blazeface-back"))
    assert screen.evaluate("document.querySelector('#room-models').scrollWidth") <= 320
    small = screen.evaluate(
        """[...document.querySelectorAll('#room-models button, #room-models label.action')]
          .filter((each) => each.getBoundingClientRect().height < 44).length"""
    )
    assert small == 0
    screen.set_viewport_size({"width": 1280, "height": 720})
