"""The browser finds nothing that keeps the app from being installed, wherever it is served."""

import json
from urllib.parse import urljoin, urlsplit

import pytest
from PIL import Image

from tests.browser.app import App
from tests.browser.conftest import DIST, Server, wait_until

FOLDERS = ("/people/me/", "/people/me/mekiki/")


@pytest.fixture(scope="module")
def manifest():
    return json.loads((DIST / "manifest.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def judged(open_module_context, tmp_path_factory):
    """What Chromium says of the app in each folder: its protocol's answers by name."""
    said = {}
    for folder in FOLDERS:
        log = tmp_path_factory.mktemp("log") / "requests.log"
        server = Server(DIST, prefix=folder, log=log).start()
        context = open_module_context(origin=server.url).context
        app = App(context.new_page(), server.url).open()
        wait_until(app.page, "navigator.serviceWorker.controller !== null")
        protocol = context.new_cdp_session(app.page)
        asked = ("getInstallabilityErrors", "getAppManifest", "getAppId")
        said[folder] = {name: protocol.send(f"Page.{name}") for name in asked}
        said[folder]["url"] = server.url
        server.kill()
    return said


def addresses(manifest):
    """Every address that the system may open."""
    yield from (manifest["start_url"], manifest["scope"], manifest["share_target"]["action"])
    yield from (each["url"] for each in manifest["shortcuts"])
    yield from (each["action"] for each in manifest["file_handlers"])


def pictures(manifest):
    shortcuts = [icon for each in manifest["shortcuts"] for icon in each["icons"]]
    return [*manifest["icons"], *manifest["screenshots"], *shortcuts]


def test_browser_would_install_it_from_any_folder_as_an_app_of_its_own(judged):
    ids = set()
    for folder in FOLDERS:
        said, url = judged[folder], judged[folder]["url"]
        problems = [
            each["errorId"] for each in said["getInstallabilityErrors"]["installabilityErrors"]
        ]
        # Playwright's contexts are private windows, which install nothing whatever the page is.
        assert [each for each in problems if each != "in-incognito"] == []
        assert said["getAppManifest"]["errors"] == []
        parsed = said["getAppManifest"]["manifest"]
        assert (parsed["startUrl"], parsed["scope"]) == (url, url)
        ids.add(urlsplit(said["getAppId"]["appId"]).path)
    assert ids == set(FOLDERS)  # copies on one origin do not take each other's place


def test_browser_understands_everything_that_it_tells(judged, manifest):
    """Its protocol does not tell of file handlers, but calls what it leaves out an error."""
    said, url = judged["/people/me/"], judged["/people/me/"]["url"]
    parsed = said["getAppManifest"]["manifest"]
    assert [each["url"] for each in parsed["shortcuts"]] == [
        urljoin(url, each["url"]) for each in manifest["shortcuts"]
    ]
    assert (parsed["shareTarget"]["action"], parsed["shareTarget"]["method"]) == (
        url + "share",
        "kPost",
    )
    assert {each["formFactor"] for each in parsed["screenshots"]} == {"kNarrow", "kWide"}
    assert parsed["launchHandler"]["clientMode"] == "kFocusExisting"
    assert parsed["displayOverrides"] == ["kStandalone", "kMinimalUi"]


def test_no_address_leaves_the_folder(manifest):
    for folder in FOLDERS:
        base = f"https://example.test{folder}"
        resolved = [urljoin(base + "manifest.json", each) for each in addresses(manifest)]
        resolved += [urljoin(base, each["src"]) for each in pictures(manifest)]
        assert [each for each in resolved if not each.startswith(base)] == []


def test_pictures_of_the_manifest_have_the_sizes_they_claim(manifest):
    drawn = [each for each in pictures(manifest) if each["sizes"] != "any"]
    assert len(drawn) >= 9
    for picture in drawn:
        with Image.open(DIST / picture["src"]) as opened:
            assert f"{opened.width}x{opened.height}" == picture["sizes"]
            assert Image.MIME[opened.format] == picture["type"]
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    vectors = [each for each in pictures(manifest) if each["sizes"] == "any"]
    assert all("<svg" in (DIST / each["src"]).read_text() for each in vectors)


def test_camera_shortcut_asks_for_the_camera(open_context, server):
    app = App(open_context().context.new_page(), server.url).open("?source=camera")
    assert "No camera was found" in app.message()


def test_photo_shortcut_makes_the_picker_one_tap_or_key_away(open_context, server):
    page = open_context().context.new_page()
    App(page, server.url).open("?source=photo")
    asked = page.locator("#ask-photo")
    asked.wait_for(state="visible")
    wait_until(page, "document.activeElement.id === 'file'")
    with page.expect_file_chooser() as by_key:
        page.locator("#file").press("Enter")
    assert by_key.value.element.get_attribute("id") == "file"
    # A second page: a chooser that nobody answered keeps Chromium from opening another.
    page.close()
    page = open_context().context.new_page()
    App(page, server.url).open("?source=photo")
    with page.expect_file_chooser() as by_tap:
        page.locator("#ask-photo").click()
    assert by_tap.value.element.get_attribute("id") == "file"


def test_models_shortcut_opens_the_models(open_context, server):
    page = open_context().context.new_page()
    App(page, server.url).open("?screen=models")
    page.locator("#room-models[open]").wait_for()
