"""The first visit: little comes, and the page is usable before the engine is there."""

import re

from tests.browser.app import App
from tests.browser.conftest import DIST, wait_until
from tools.size import INTERACTIVE, measure


def test_page_is_interactive_without_the_engine(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    assert app.engine_state() == "idle"
    assert app.page.locator("#camera").is_enabled()
    wait_until(app.page, r"/\d+\.\d MB/.test(document.querySelector('#engine-text').textContent)")
    assert not [path for path in server.requests() if "/assets/" in path]


def test_marks_are_set_in_order(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    wait_until(app.page, "performance.getEntriesByName('shell:painted').length")
    app.sample("dog")
    at = app.page.evaluate(
        "Object.fromEntries(performance.getEntriesByType('mark').map((m) => [m.name, m.startTime]))"
    )
    order = ["shell:painted", "shell:interactive", "engine:ready", "detection:first"]
    assert sorted(order, key=at.__getitem__) == order


def test_shell_is_300_kilobytes_at_most(open_context, server):
    """What was asked for before the page was interactive is what `make size` counts."""
    watched = open_context(service_workers="block")
    watched.expected.append("Service Worker registration blocked")
    App(watched.context.new_page(), server.url).open()
    counted = {
        str(path.relative_to(DIST))
        for pattern in INTERACTIVE
        for path in DIST.glob(pattern)
        if path.is_file()
    }
    asked = {path.lstrip("/") or "index.html" for path in server.requests()}
    # Asked for after the page is interactive, or by the browser for the tab and the thumbnails.
    later = re.compile(r"thumbs/|icons/|manifest.json|sw.js|assets.json|favicon")
    assert {path for path in asked if not later.search(path)} == counted
    assert measure(DIST)["shell_interactive"] <= 300_000


def test_page_speaks_the_browsers_language_and_keeps_a_change(open_context, server):
    context = open_context(locale="ja-JP").context
    app = App(context.new_page(), server.url).open()
    assert "端末の外に出ません" in app.page.inner_text("#welcome")
    assert "Pictures never leave" not in app.page.inner_text("#welcome")
    app.page.click("#language")
    wait_until(app.page, "document.documentElement.lang === 'en'")
    assert "Pictures never leave this device" in app.page.inner_text("#welcome")
    assert app.page.get_attribute("[data-sample=cat]", "aria-label") == "Cat"
    app.reload()
    assert "Pictures never leave this device" in app.page.inner_text("#welcome")


def test_site_runs_under_a_path(open_context, tmp_path):
    from tests.browser.conftest import Server

    server = Server(DIST, prefix="/people/me/", log=tmp_path / "path.log").start()
    try:
        app = App(open_context(origin=server.url).context.new_page(), server.url).open()
        assert app.sample("dog")["detections"]
        assert all(path.startswith("/people/me/") for path in server.requests())
    finally:
        server.kill()
