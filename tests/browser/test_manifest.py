"""The browser finds nothing that keeps the app from being installed."""

import json

from PIL import Image

from tests.browser.app import App
from tests.browser.conftest import DIST, wait_until


def test_browser_would_install_it(open_context, server):
    context = open_context().context
    app = App(context.new_page(), server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    protocol = context.new_cdp_session(app.page)
    problems = protocol.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # Playwright's contexts are private windows, which install nothing whatever the page is like.
    assert [each["errorId"] for each in problems if each["errorId"] != "in-incognito"] == []
    assert protocol.send("Page.getAppManifest")["errors"] == []


def test_pictures_of_the_manifest_have_the_sizes_they_claim():
    manifest = json.loads((DIST / "manifest.json").read_text())
    for picture in [*manifest["icons"], *manifest["screenshots"]]:
        with Image.open(DIST / picture["src"]) as opened:
            assert f"{opened.width}x{opened.height}" == picture["sizes"]
            assert Image.MIME[opened.format] == picture["type"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_shortcuts_lead_to_the_app(open_context, server):
    manifest = json.loads((DIST / "manifest.json").read_text())
    app = App(open_context().context.new_page(), server.url)
    for shortcut in manifest["shortcuts"]:
        app.open(shortcut["url"].removeprefix("./"))
        if "camera" in shortcut["url"]:
            assert "No camera was found" in app.message()
        else:
            wait_until(app.page, "document.querySelector('#photo').naturalWidth > 0")
