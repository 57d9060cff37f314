"""The installed app, launched as the system does: files opened with it, shortcuts, one window."""

import pytest

from tests.browser.conftest import DIST, ENGINE_MS, ROOT, wait_until
from tests.browser.installed import Installed

SAMPLES = ROOT / "app" / "samples"


@pytest.fixture(scope="module")
def installed(playwright_driver, module_server, tmp_path_factory):
    installed = Installed(playwright_driver, tmp_path_factory.mktemp("profile"), module_server.url)
    yield installed
    installed.context.close()
    assert installed.problems == []


@pytest.fixture
def system(installed):
    yield installed
    installed.quit()


def test_opened_photo_is_detected_in_a_window_of_the_app(system):
    app = system.open_files(SAMPLES / "dog.jpg")
    wait_until(app.page, "globalThis.results.length", ENGINE_MS)
    assert "dog" in {each["label"] for each in app.results()[0]["detections"]}
    assert app.page.evaluate("matchMedia('(display-mode: standalone)').matches")


def test_photo_opened_while_the_app_runs_comes_to_its_window(system):
    app = system.launch("?sample=dog")
    wait_until(app.page, "globalThis.results.length", ENGINE_MS)
    app.page.evaluate("globalThis.mark = 'not loaded anew'")
    again = system.open_files(SAMPLES / "cat.jpg")
    wait_until(again.page, "globalThis.results.at(-1).width === 451", ENGINE_MS)
    assert again.page.evaluate("globalThis.mark") == "not loaded anew"


def test_several_opened_photos_are_all_looked_at(system):
    app = system.open_files(SAMPLES / "dog.jpg", SAMPLES / "cat.jpg")
    wait_until(app.page, "new Set(globalThis.results.map((r) => r.width)).size === 2", ENGINE_MS)


def test_opened_model_is_examined_in_its_own_room(system):
    path = next(DIST.glob("assets/*/blazeface-back.onnx"))
    app = system.open_files(path)
    app.page.locator("#own-report").wait_for(state="visible", timeout=ENGINE_MS)
    assert path.name in app.page.inner_text("#own-name")


def test_file_that_cannot_be_read_is_said(system):
    app = system.launch()
    app.page.evaluate(
        """() => { FileSystemFileHandle.prototype.getFile = async () => {
          throw new DOMException("gone", "NotFoundError");
        }; }"""
    )
    system.open_files(SAMPLES / "dog.jpg")
    assert "could not be read" in app.message()


def test_launch_is_followed_once(system):
    """The address of a new window comes through the launch queue too."""
    app = system.launch("?sample=cat")
    wait_until(app.page, "globalThis.results.length", ENGINE_MS)
    asked = "performance.getEntriesByType('resource').filter((r) => r.name.endsWith('cat.jpg'))"
    assert app.page.evaluate(f"{asked}.length") == 1
    system.launch("?sample=cat")
    wait_until(app.page, f"{asked}.length === 2")


def test_shortcut_leads_on_without_loading_the_window_anew(system):
    app = system.launch("?sample=dog")
    wait_until(app.page, "globalThis.results.length", ENGINE_MS)
    for _ in range(2):
        system.launch("?screen=models")
        app.page.locator("#room-models[open]").wait_for()
        app.page.click("#room-models .room-close")
    system.launch("?source=camera")
    assert "No camera was found" in app.message()
    assert app.page.get_attribute("#stage", "data-shows") == "photo"  # nothing is lost


def test_installed_app_has_no_install_button_and_nor_has_a_tab(system):
    app = system.launch()
    assert app.page.locator("#install").is_hidden()
    tab = system.context.new_page()
    tab.goto(system.url)
    wait_until(tab, "document.documentElement.dataset.shell === 'interactive'")
    tab.wait_for_timeout(1500)
    assert tab.locator("#install").is_hidden()
    tab.close()
