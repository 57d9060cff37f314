"""On plain http there is no service worker, no cache, no camera: photos still work."""

import pytest

from tests.browser.app import App
from tools.browser.chromium import launch


@pytest.fixture
def named_browser(playwright_driver):
    """A browser in which mekiki.test is this machine, so that its pages are not trusted."""
    browser = launch(
        playwright_driver, switches=["--host-resolver-rules=MAP mekiki.test 127.0.0.1"]
    )
    yield browser
    browser.close()


def test_photos_work_and_the_camera_is_explained(open_context, server, named_browser):
    origin = f"http://mekiki.test:{server.port}/"
    app = App(open_context(named_browser, origin=origin).context.new_page(), origin).open()
    assert not app.page.evaluate("isSecureContext")
    app.page.click("#camera")
    assert "https" in app.message()
    assert app.sample("dog")["detections"]
