"""A new version waits until it is asked for, and leaves the big files where they are."""

import shutil

from tests.browser.app import App
from tests.browser.conftest import DIST, ENGINE_MS, Server, wait_until
from tests.browser.releases import release


def test_new_version_waits_for_a_tap_and_keeps_the_big_files(open_context, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(DIST, folder)
    server = Server(folder, log=tmp_path / "update.log").start()
    try:
        app = App(open_context(origin=server.url).context.new_page(), server.url).open()
        app.sample("dog")
        release(folder, "mekiki new")
        app.reload()
        assert "new version" in app.message(ENGINE_MS)
        assert app.page.title() == "mekiki 目利き"
        server.forget()
        app.page.click("#message-action")
        wait_until(app.page, "document.title.startsWith('mekiki new')")
        app.until_interactive()
        assert app.sample("dog")["detections"]
        assert not [path for path in server.requests() if "/assets/" in path]
    finally:
        server.kill()
