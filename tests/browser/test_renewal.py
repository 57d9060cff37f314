"""An engine that holds too much memory is replaced between two frames, and nobody notices."""

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS, wait_until

SMALL = "if (location.protocol === 'http:') localStorage.setItem('mekiki:/:heap-mark', '1000000')"
RENEWED = "performance.getEntriesByName('engine:renewed').length"


def test_engine_is_renewed_under_photos_and_under_the_camera(open_context, server, camera_browser):
    context = open_context(camera_browser, permissions=["camera"]).context
    context.add_init_script(SMALL)
    app = App(context.new_page(), server.url).open()
    first = app.sample("dog")
    wait_until(app.page, f"{RENEWED} === 1")
    assert app.engine_state() == "ready"
    labels = [each["label"] for each in first["detections"]]
    assert app.listed()[0].startswith(labels[0])  # what was found is still there
    again = app.sample("dog")  # by the new worker; no second one is started so soon
    assert [each["label"] for each in again["detections"]] == labels
    assert app.page.evaluate(RENEWED) == 1

    app.reload()
    app.page.click("#camera")
    wait_until(app.page, f"{RENEWED} === 1", ENGINE_MS)
    before = len(app.results())
    wait_until(app.page, f"globalThis.results.length > {before + 20}", ENGINE_MS)
    assert app.page.get_attribute("#camera", "data-running") == "true"
    assert app.engine_state() == "ready"
