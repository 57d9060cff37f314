"""Made available offline: fetched, compared, tried without the network; checked at each start."""

from tests.browser.app import App, catalogue, models
from tests.browser.conftest import ENGINE_MS, wait_until
from tests.browser.test_damage import DELETE, FILES, SPOIL

BADGE = "#badge-offline"


def steps(page, text, milliseconds=ENGINE_MS):
    there = f"document.querySelector('#state-steps').textContent.includes({text!r})"
    wait_until(page, there, milliseconds)
    return page.inner_text("#state-steps")


def open_state(app):
    app.page.evaluate("document.querySelector('#badge-offline').click()")
    app.page.locator("#room-state[open]").wait_for()
    wait_until(app.page, "document.querySelector('#state-make').textContent")


def rows(page):
    return dict(
        page.evaluate(
            "[...document.querySelectorAll('#state-kept li')].map((row) =>"
            " [row.children[0].textContent, row.children[1].textContent])"
        )
    )


def test_made_available_offline_with_one_button_and_kept_so(open_context, server):
    watched = open_context()
    app = App(watched.context.new_page(), server.url).open()
    page = app.page
    wait_until(page, "navigator.serviceWorker.controller !== null")
    open_state(app)
    assert page.inner_text("#state-make") == "Make it available offline"
    assert page.locator(BADGE).is_hidden()
    page.click("#state-make")
    said = steps(page, "It works without a network")
    assert "dog" in said or "person" in said
    assert "files compared" in said
    wait_until(page, f"!document.querySelector('{BADGE}').hidden")
    wait_until(page, "document.querySelector('#state-kept').children.length > 3")
    kept = rows(page)
    assert {"The app itself", "Engine: Python, numpy, OpenCV", "Samples"} < kept.keys()
    assert app.results() == []  # what is on the stage was left alone

    # Once more: a worker started anew for it, of which no request reaches the server.
    server.forget()
    page.evaluate("document.querySelector('#state-steps').textContent = ''")
    page.click("#state-make")
    steps(page, "It works without a network")
    assert [path for path in server.requests() if path != "/sw.js"] == []

    # The server gone: a file damaged is named at the next start, though nothing was asked for.
    tiers = catalogue()
    (runtime,) = [each for each in tiers["engine"] if each["url"].endswith(".wasm")]
    page.evaluate(SPOIL, "/" + runtime["url"])
    server.forget()
    app.reload()
    assert "pyodide.asm.wasm" in app.message()
    whole = f"{FILES}.then((cache) => cache.match('/{runtime['url']}')).then(Boolean)"
    wait_until(page, whole, ENGINE_MS)
    wait_until(page, f"!document.querySelector('{BADGE}').hidden")
    asked = [path for path in server.requests() if path != "/sw.js"]
    assert sorted(asked) == sorted("/" + part["url"] for part in runtime["parts"])

    # With data saver on it is only said, and the badge goes.
    page.evaluate("localStorage.setItem('mekiki:/:saver', '\"on\"')")
    page.evaluate(DELETE, "/" + runtime["url"])
    server.forget()
    app.reload()
    wait_until(page, "document.querySelector('#message-text').textContent.includes('tap Load')")
    assert page.locator(BADGE).is_hidden()
    assert [path for path in server.requests() if path != "/sw.js"] == []


def test_what_is_kept_is_listed_and_can_be_freed(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    app.sample("dog")
    open_state(app)
    wait_until(app.page, "document.querySelector('#state-kept').children.length > 2")
    free = app.page.locator("#state-kept button[data-kind=model]")
    name = free.get_attribute("aria-label")
    free.click()
    app.page.locator("#state-kept button", has_text="Really delete").wait_for()
    free.click()
    wait_until(app.page, "document.querySelector('#state-free-said').textContent")
    wait_until(app.page, "!document.querySelector('#state-kept button[data-kind=model]')")
    (graph,) = [
        each for each in catalogue()[f"model:{models()[0]}"] if each["url"].endswith(".onnx")
    ]
    gone = f"{FILES}.then((cache) => cache.match('/{graph['url']}')).then((kept) => !kept)"
    assert app.page.evaluate(gone)
    assert name.startswith("Delete: ")
    wait_until(app.page, f"document.querySelector('{BADGE}').hidden")
