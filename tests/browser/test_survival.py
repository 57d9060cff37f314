"""The page that ended without a word starts with care; an engine without memory starts anew."""

import os
import signal

import pytest

from tests.browser.app import App, models
from tests.browser.conftest import ENGINE_MS, wait_until
from tools.browser.chromium import QUIET, executable

NO_MORE = """() => {
    WebAssembly.Memory.prototype.grow = () => {
        throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
    };
}"""
MARKS = "Object.keys(localStorage).filter((key) => key.includes(':running:')).length"


def engine_worker(page):
    return next(each for each in page.workers if "/py/worker.mjs" in each.url)


def crash(context, page):
    """Ends the page's process, as a phone without memory does."""
    session = context.browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    with page.expect_event("crash"):
        for each in processes:
            if each["type"] == "renderer":
                os.kill(each["id"], signal.SIGKILL)
    page.close()


def test_after_a_crash_it_starts_with_care_and_says_why(open_context, server):
    context = open_context().context
    app = App(context.new_page(), server.url).open()
    app.sample("dog")
    assert app.page.evaluate(MARKS) == 1

    other = App(context.new_page(), server.url).open()
    other.page.wait_for_timeout(300)
    assert other.page.locator("#message").is_hidden()  # the first one lives

    other.page.close()
    app.page.bring_to_front()
    wait_until(app.page, f"{MARKS} === 1")
    crash(context, app.page)
    app = App(context.new_page(), server.url).open("?sample=dog")
    assert "ended without a word, while" in app.message()
    assert "memory" in app.message()
    assert app.engine_state() == "idle"
    assert app.results() == []  # what may have brought it down is not done again by itself
    small = app.sample("cat")  # what is asked for is done
    assert small["width"] == 451
    assert app.page.evaluate(MARKS) == 1

    usual = app.next_result(lambda: app.page.click("#message-action"))
    assert usual["width"] == 768  # the sample that the address asks for
    app.page.goto("about:blank")
    app.open()
    app.page.wait_for_timeout(300)
    assert app.page.locator("#message").is_hidden()  # it was left, and told so


def test_engine_out_of_memory_says_so_and_starts_anew(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    app.sample("dog")
    engine_worker(app.page).evaluate(NO_MORE)
    app.page.select_option("#model", models()[0])
    app.page.evaluate(
        "localStorage.setItem('mekiki:/:input:' + document.querySelector('#model').value,"
        " '[640, 640]')"
    )
    app.page.click("[data-sample=cat]")
    told = "document.querySelector('#engine-text').textContent.includes('ran out of memory')"
    wait_until(app.page, told, ENGINE_MS)
    assert app.engine_state() == "failed"
    assert app.sample("dog")["width"] == 768  # by a new worker


@pytest.fixture
def going_back(playwright_driver):
    """A browser that keeps pages it has left, as phones do; Playwright's own does not."""
    browser = playwright_driver.chromium.launch(
        executable_path=executable(),
        args=list(QUIET),
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield browser
    browser.close()


def test_page_that_was_left_and_comes_back_goes_on(open_context, server, going_back):
    watched = open_context(going_back)
    watched.expected.append("favicon.ico")
    app = App(watched.context.new_page(), server.url)
    listen = "addEventListener('pageshow', (event) => (globalThis.cameBack = event.persisted))"
    app.page.add_init_script(listen)
    app.open()
    app.sample("dog")
    assert app.page.evaluate(MARKS) == 1
    app.page.goto(f"{server.url}thumbs/dog.webp")
    assert app.page.evaluate(MARKS) == 0  # it was left, and did not crash
    app.page.evaluate("setTimeout(() => history.back(), 50)")
    wait_until(app.page, "globalThis.cameBack === true")
    assert app.engine_state() == "ready"
    wait_until(app.page, f"{MARKS} === 1")
    assert app.sample("cat")["width"] == 451
