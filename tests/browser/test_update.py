"""A new version waits until it is asked for, and leaves the big files where they are."""

import shutil

import pytest

from tests.browser.app import ALL_KEPT, App
from tests.browser.conftest import DIST, ENGINE_MS, ROOT, Server, wait_until
from tests.browser.releases import release

SAMPLES = [ROOT / "app" / "samples" / f"{name}.jpg" for name in ("dog", "astronaut", "coffee")]
NEW = "document.title.startsWith('mekiki new')"
KEPT = """caches.keys()
    .then((names) => caches.open(names.find((name) => name.includes('precache'))))
    .then((cache) => cache.keys()).then((keys) => keys.map((key) => key.url))"""


@pytest.fixture
def site(tmp_path):
    """(folder, server) of a copy of the site, to be released anew."""
    folder = tmp_path / "site"
    shutil.copytree(DIST, folder)
    server = Server(folder, log=tmp_path / "update.log").start()
    yield folder, server
    server.kill()


def test_new_version_waits_for_a_tap_and_keeps_the_big_files(open_context, site):
    folder, server = site
    app = App(open_context(origin=server.url).context.new_page(), server.url).open()
    app.sample("dog")
    release(folder, "mekiki new")
    app.reload()
    assert "new version" in app.message(ENGINE_MS)
    assert app.page.title() == "mekiki 目利き"
    server.forget()
    app.page.click("#message-action")
    wait_until(app.page, NEW)
    app.until_interactive()
    assert app.sample("dog")["detections"]
    assert not [path for path in server.requests() if "/assets/" in path]


def test_new_version_waits_until_many_photos_are_looked_at(open_context, site):
    folder, server = site
    app = App(open_context(origin=server.url).context.new_page(), server.url).open()
    app.sample("dog")
    wait_until(app.page, ALL_KEPT, ENGINE_MS)  # what is under way there would delay the new version
    release(folder, "mekiki new")
    app.page.evaluate("navigator.serviceWorker.ready.then((ready) => ready.update())")
    wait_until(app.page, "!document.querySelector('#badge-update').hidden", ENGINE_MS)
    app.page.set_input_files("#file", [*SAMPLES] * 8)
    wait_until(app.page, "document.querySelectorAll('#batch-strip button').length >= 1")
    before = app.page.evaluate("document.querySelectorAll('#batch-strip button').length")
    assert before < 24
    app.page.click("#badge-update")
    # What is there says that there is a new version, until the tap is answered.
    told = "document.querySelector('#message-text').textContent"
    wait_until(app.page, f"{told}.includes('as soon as what is running is done')")
    wait_until(app.page, NEW, ENGINE_MS)
    app.until_interactive()
    app.page.click("[data-room=history]")
    app.page.locator("#room-history[open]").wait_for()
    told = "document.querySelector('#history-summary')?.textContent.includes(': 24')"
    wait_until(app.page, told)


def test_tab_of_the_old_version_goes_on_until_it_is_closed(open_context, site):
    folder, server = site
    context = open_context(origin=server.url).context
    old = App(context.new_page(), server.url).open()
    old.sample("dog")
    new = App(context.new_page(), server.url).open()
    release(folder, "mekiki new", shell=True)
    new.reload()
    new.message(ENGINE_MS)
    new.page.click("#message-action")
    wait_until(new.page, NEW)
    new.until_interactive()
    new.page.wait_for_timeout(5000)  # by now it has asked whether it is the only page
    # A room that the old tab has not opened before: the host has its files no more.
    old.page.click("[data-room=preferences]")
    old.page.locator("#room-preferences[open]").wait_for()
    old.page.keyboard.press("Escape")
    assert old.sample("cat")["width"] == 451
    assert "new version" in old.message()
    assert [url for url in new.page.evaluate(KEPT) if "shell-other" not in url and "/shell-" in url]
    old.page.close()
    new.reload()
    gone = f"{KEPT}.then((urls) => urls.every((url) => !/shell-(?!other)/.test(url)))"
    wait_until(new.page, gone)
