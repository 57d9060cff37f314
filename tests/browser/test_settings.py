"""The settings: each works at once, and stays."""

import json

import pytest

from tests.browser.app import App, models
from tests.browser.conftest import ENGINE_MS, ROOT, wait_until

DOG = ROOT / "app" / "samples" / "dog.jpg"
# The language and the colours at the moment when the body begins, before anything is painted.
EARLY = """new MutationObserver((_, observer) => {
  if (!document.body) return;
  const root = document.documentElement;
  globalThis.early = [root.lang, root.dataset.scheme];
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });"""
# Chromium without a screen has no such switch: the page is told that its user wants to save data.
SAVE_DATA = "Object.defineProperty(navigator.connection, 'saveData', { value: true });"
NOT_THE_PRECACHE = """async () => {
  const caches_ = (await caches.keys()).filter((name) => !name.includes("precache"));
  const kept = await Promise.all(caches_.map(async (name) =>
    (await (await caches.open(name)).keys()).map(({ url }) => url)));
  return kept.flat();
}"""


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    """One page with its engine running, for most tests here."""
    context = open_module_context(color_scheme="light").context
    context.add_init_script(EARLY)
    app = App(context.new_page(), module_server.url).open()
    app.sample("dog")
    return app


def opened(app):
    if not app.page.locator("#room-preferences[open]").count():
        app.page.click("[data-room=preferences]")
        app.page.locator("#room-preferences[open]").wait_for()
    return app.page.locator("#room-preferences")


def choice(app, name, value):
    return opened(app).locator(f"input[name={name}][value='{value}']")


def closed(app):
    app.page.keyboard.press("Escape")
    app.page.locator("#room-preferences").wait_for(state="hidden")


def labels(result):
    return {each["label"] for each in result["detections"]}


def test_language_changes_everything_at_once_and_stays(app):
    choice(app, "language", "ja").check()
    wait_until(app.page, "document.documentElement.lang === 'ja'")
    assert app.page.inner_text("#preferences-title") == "設定"
    assert "入力サイズ" in app.page.inner_text("#pref-input-title")
    closed(app)
    assert app.page.inner_text("#engine-text").startswith("準備完了 · ")
    assert any("犬" in row for row in app.listed())
    app.reload()
    assert app.page.evaluate("globalThis.early[0]") == "ja"
    assert choice(app, "language", "ja").is_checked()
    choice(app, "language", "en").check()
    closed(app)
    wait_until(app.page, "document.getElementById('camera').innerText.trim() === 'Camera'")


def until_scheme(app, scheme):
    wait_until(app.page, f"document.documentElement.dataset.scheme === '{scheme}'")


def paper(app):
    return app.page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_colours_follow_the_device_until_they_are_chosen(app):
    assert choice(app, "theme", "auto").is_checked()
    light = paper(app)
    app.page.emulate_media(color_scheme="dark")
    until_scheme(app, "dark")
    dark = paper(app)
    assert dark != light
    choice(app, "theme", "light").check()
    until_scheme(app, "light")
    assert paper(app) == light
    app.page.emulate_media(color_scheme="light")
    choice(app, "theme", "dark").check()
    until_scheme(app, "dark")
    assert paper(app) == dark
    assert app.page.get_attribute("meta[name=theme-color]", "content") == "#171614"
    app.reload()
    assert app.page.evaluate("globalThis.early[1]") == "dark"  # so nothing flashes
    choice(app, "theme", "auto").check()
    until_scheme(app, "light")
    closed(app)


def test_model_and_its_minimum_score_stay(app):
    page = app.page
    usual, other = models()[:2]
    minimum = page.input_value("#threshold")
    page.select_option("#model", other)
    page.locator("#threshold").fill("61")
    app.reload()
    assert page.input_value("#model") == other
    assert page.input_value("#threshold") == "61"
    page.select_option("#model", usual)
    assert page.input_value("#threshold") == minimum  # each model has its own
    page.select_option("#model", other)
    assert page.input_value("#threshold") == "61"
    page.select_option("#model", usual)


def test_input_size_is_what_the_model_runs_at(app):
    usual = app.sample("dog")
    large = app.next_result(lambda: choice(app, "input", "640x640").check())
    small = app.next_result(lambda: choice(app, "input", "320x320").check())
    assert large["milliseconds"]["forward"] > 1.5 * small["milliseconds"]["forward"]
    boxes = [
        next(each["box"] for each in result["detections"] if each["label"] == "bicycle")
        for result in (usual, large, small)
    ]
    for box in boxes:  # in pixels of the photo, whatever the model saw
        assert all(abs(box[key] - boxes[0][key]) < 40 for key in box), boxes
    closed(app)
    app.reload()
    assert choice(app, "input", "320x320").is_checked()
    closed(app)
    again = app.sample("dog")
    assert again["detections"][0]["score"] == pytest.approx(small["detections"][0]["score"])
    app.next_result(lambda: choice(app, "input", "416x416").check())
    closed(app)


def counted(app, count):
    wait_until(app.page, f"document.getElementById('pref-classes-count').textContent === '{count}'")


def test_class_that_is_hidden_stays_hidden_until_all_are_shown(app):
    app.sample("dog")
    opened(app)
    counted(app, "80 / 80")
    app.page.click("#pref-classes summary")
    app.page.locator("#pref-classes-list [value=bicycle]").uncheck()
    closed(app)
    wait_until(app.page, "!document.getElementById('detections').textContent.includes('bicycle')")
    app.page.click("#counts [data-label=car]")
    wait_until(app.page, "!document.getElementById('detections').textContent.includes('car')")
    left = labels(app.sample("dog"))
    assert "dog" in left
    assert not left & {"bicycle", "car"}
    opened(app)
    counted(app, "78 / 80")
    app.reload()
    assert labels(app.sample("dog")) == left
    chip = app.page.locator("#counts [data-label=car]")
    assert chip.get_attribute("aria-pressed") == "false"
    opened(app)
    app.page.click("#pref-classes summary")
    wait_until(app.page, "document.querySelectorAll('#pref-classes-list input').length === 80")
    assert app.page.locator("#pref-classes-list input:not(:checked)").count() == 2
    app.page.click("#pref-classes-none")
    counted(app, "0 / 80")
    wait_until(app.page, "document.querySelectorAll('#detections li').length === 0")
    app.page.click("#pref-classes-all")
    counted(app, "80 / 80")
    closed(app)
    wait_until(app.page, "document.querySelectorAll('#detections li').length >= 3")


def test_history_that_is_off_keeps_nothing(app):
    kept = "#history-grid li"
    opened(app).locator("#pref-history").uncheck()
    closed(app)
    app.photo(DOG)
    app.page.click("[data-room=history]")
    app.page.locator("#history-off").wait_for()
    assert app.page.locator(kept).count() == 0
    app.page.keyboard.press("Escape")
    opened(app).locator("#pref-history").check()
    closed(app)
    app.photo(DOG)
    app.page.click("[data-room=history]")
    app.page.locator(kept).wait_for()
    assert app.page.locator("#history-off").is_hidden()
    app.page.keyboard.press("Escape")


def assets(server):
    return [path for path in server.requests() if "/assets/" in path]


def test_data_saver_downloads_nothing_until_it_is_asked(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    choice(app, "saver", "on").check()
    closed(app)
    server.forget()
    app.choose(DOG)
    wait_until(app.page, "document.getElementById('photo').naturalWidth === 768")
    wait_until(app.page, "document.getElementById('engine-text').textContent.includes('saver')")
    app.reload()
    app.page.set_input_files("#file", [DOG, DOG])  # several are no exception
    wait_until(app.page, "document.getElementById('photo').naturalWidth === 768")
    wait_until(app.page, "document.getElementById('engine-text').textContent.includes('saver')")
    app.page.wait_for_timeout(500)
    assert assets(server) == []
    assert app.results() == []
    app.next_result(lambda: app.page.click("#engine-action"))
    assert assets(server) != []
    wait_until(app.page, "document.getElementById('batch-export').hidden === false", ENGINE_MS)
    assert app.page.inner_text("#batch-text").startswith("2 of 2")
    app.page.wait_for_timeout(4000)  # without the saver, the samples come by then
    kept = app.page.evaluate(NOT_THE_PRECACHE)
    assert kept
    assert not [url for url in kept if url.endswith(".jpg")]


def test_data_saver_follows_the_browser(open_context, server):
    page = open_context().context.new_page()
    page.add_init_script(SAVE_DATA)
    app = App(page, server.url).open()
    wait_until(page, "navigator.serviceWorker.controller !== null")
    opened(app).locator("#pref-saver-now").wait_for()
    closed(app)
    server.forget()
    app.choose(DOG)
    wait_until(page, "document.getElementById('photo').naturalWidth === 768")
    wait_until(page, "document.getElementById('engine-text').textContent.includes('saver')")
    page.wait_for_timeout(500)
    assert assets(server) == []
    choice(app, "saver", "off").check()
    wait_until(page, "document.getElementById('engine').dataset.state !== 'idle'")


PLANT = """async () => {
  for (const name of ["mekiki-assets:/people/", "mekiki-precache-v2-" + location.href + "people/"])
    await (await caches.open(name)).put("/people/x", new Response("theirs"));
  await new Promise((resolve, reject) => {
    const request = indexedDB.open("mekiki-history:/people/");
    request.onsuccess = () => { request.result.close(); resolve(); };
    request.onerror = reject;
  });
  localStorage.setItem("mekiki:/people/:theme", '"dark"');
}"""
HELD = """async () => ({
  caches: await caches.keys(),
  databases: (await indexedDB.databases()).map(({ name }) => name),
  choices: Object.keys(localStorage),
})"""


def test_reset_takes_all_of_this_app_and_nothing_of_its_siblings(app):
    """The last test here: it ends the engine that the others share."""
    page = app.page
    page.evaluate(PLANT)
    choice(app, "language", "ja").check()
    before = page.evaluate(HELD)
    assert {"mekiki-assets:/", "mekiki-history:/"} <= {*before["caches"], *before["databases"]}
    assert "mekiki:/:language" in before["choices"]
    wait_until(page, "document.documentElement.lang === 'ja'")
    page.click("#pref-reset")
    page.click("#pref-reset-no")  # it asks first
    wait_until(page, "document.activeElement.id === 'pref-reset'")
    page.click("#pref-reset")
    page.evaluate("globalThis.before = true")
    page.click("#pref-reset-yes")
    wait_until(
        page, "!globalThis.before && document.documentElement.dataset.shell === 'interactive'"
    )
    assert page.is_visible("#welcome")
    assert page.evaluate("document.documentElement.lang") == "en"
    wait_until(page, r"/Not loaded: \d/.test(document.getElementById('engine-text').textContent)")
    after = page.evaluate(HELD)
    precache = f"mekiki-precache-v2-{app.url}"  # of the new first visit
    new = {precache, "mekiki-assets:/", "mekiki-parts:/"}
    assert set(after["caches"]) - new == {"mekiki-assets:/people/", f"{precache}people/"}
    kept = page.evaluate(NOT_THE_PRECACHE)
    assert [url for url in kept if "/people/" not in url] == []
    assert after["databases"] == ["mekiki-history:/people/"]
    assert after["choices"] == ["mekiki:/people/:theme"], json.dumps(after)
