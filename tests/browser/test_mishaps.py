"""What goes wrong between two taps: each of these once left the page stuck or wrong."""

import re

import pytest

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS, wait_until


@pytest.fixture
def app(open_context, server):
    return App(open_context().context.new_page(), server.url).open()


@pytest.fixture
def camera_app(open_context, server, camera_browser):
    context = open_context(camera_browser, permissions=["camera"]).context
    return App(context.new_page(), server.url)


def test_double_tap_on_a_sample_shows_it(app):
    app.next_result(lambda: app.page.dblclick("[data-sample=astronaut]"))
    assert app.sample("cat")["width"] == 451


def test_last_of_quick_choices_wins(app):
    app.sample("dog")
    for name in ("astronaut", "coffee", "cat"):
        app.page.click(f"[data-sample={name}]")
    wait_until(app.page, "globalThis.results.at(-1).width === 451")
    app.page.wait_for_timeout(1000)
    assert app.results()[-1]["width"] == 451


def test_slow_sample_does_not_overtake_a_newer_choice(app):
    held = []
    app.page.context.route("**/astronaut.jpg", lambda route: held.append(route))
    with app.page.expect_request("**/astronaut.jpg"):
        app.page.click("[data-sample=astronaut]")
    assert app.sample("cat")["width"] == 451
    held[0].continue_()
    app.page.wait_for_timeout(1500)
    assert app.results()[-1]["width"] == 451
    assert app.page.evaluate("document.querySelector('#photo').naturalWidth") == 451


def engine_worker(page):
    """The engine's; the downloader has one, too."""
    return next(each for each in page.workers if "/py/worker.mjs" in each.url)


def test_worker_that_dies_is_noticed_and_started_anew(app):
    app.sample("dog")
    worker = engine_worker(app.page)
    worker.evaluate("() => { setTimeout(() => { throw new Error('the worker broke'); }); }")
    app.page.wait_for_timeout(500)
    app.page.click("[data-sample=cat]")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'failed'")
    assert "Try again" in app.page.inner_text("#engine-text")
    result = app.next_result(lambda: app.page.click("#engine-action"))
    assert result["width"] == 451


def test_engine_whose_memory_is_broken_is_given_up_and_started_anew(app):
    """A trap inside WebAssembly leaves Pyodide refusing every call.

    No trap can be had at will: the error of one is thrown from where frames enter the heap. What
    is real is the worker's answer to it, and that a new worker takes over.
    """
    app.sample("dog")
    worker = engine_worker(app.page)
    worker.evaluate(
        "() => { Uint8ClampedArray.prototype.set = () => {"
        " throw new WebAssembly.RuntimeError('memory access out of bounds'); }; }"
    )
    app.page.click("[data-sample=cat]")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'failed'")
    assert "memory access out of bounds" in app.page.inner_text("#engine-text")
    assert app.next_result(lambda: app.page.click("#engine-action"))["width"] == 451


def test_stalled_download_is_said_and_goes_on_by_itself(app):
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    never = re.compile(r"asm\.wasm\.\w+\.00\d$")
    app.page.context.route(never, lambda _route: None)  # never answered
    app.page.click("#engine-action")
    waiting = "document.querySelector('#engine-text').textContent.includes('trying again')"
    wait_until(app.page, waiting, milliseconds=60_000)
    app.page.context.unroute_all(behavior="ignoreErrors")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'ready'", ENGINE_MS)


def test_module_that_does_not_arrive_is_said(open_context, server):
    watched = open_context()
    watched.expected += ["ERR_FAILED", "Failed to load"]
    watched.context.route("**/app/bridge.mjs", lambda route: route.abort())
    page = watched.context.new_page()
    page.goto(server.url)
    page.locator("#shell-failed").wait_for(state="visible")
    assert "did not start" in page.inner_text("#shell-failed")


def test_without_a_service_worker_the_engine_does_not_wait_for_one(open_context, server):
    watched = open_context(service_workers="block")
    watched.expected.append("Service Worker registration blocked")
    app = App(watched.context.new_page(), server.url).open()
    app.page.click("#engine-action")
    wait_until(
        app.page,
        "document.querySelector('#engine').dataset.state === 'starting'",
        milliseconds=5000,
    )
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'ready'", ENGINE_MS)


def test_drawing_without_a_size_is_answered(app, tmp_path):
    drawing = tmp_path / "drawing.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30">'
        '<rect width="40" height="30" fill="red"/></svg>'
    )
    assert app.photo(drawing)["width"] > 0


def test_siblings_caches_on_the_same_origin_are_left_alone(open_context, server):
    page = open_context().context.new_page()
    sibling = f"other-precache-v2-{server.url}people/"
    page.add_init_script(f"caches.open({sibling!r});")
    app = App(page, server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    app.sample("dog")
    app.page.wait_for_timeout(5000)  # tidying up comes last
    assert sibling in page.evaluate("caches.keys()")


def test_two_presses_on_the_camera_leave_it_running(camera_app):
    app = camera_app.open()
    app.page.dblclick("#camera")
    app.page.wait_for_timeout(1000)
    assert not app.page.is_visible("#message")
    running = app.page.get_attribute("#camera", "data-running") == "true"
    assert app.page.evaluate("document.getElementById('video').srcObject !== null") == running


def test_one_bad_video_frame_does_not_stop_the_camera(camera_app):
    camera_app.page.add_init_script(
        """
        const Real = VideoFrame;
        let calls = 0;
        globalThis.VideoFrame = class extends Real {
          constructor(...given) {
            calls += 1;
            if (calls % 7 === 3) throw new DOMException("no current data", "InvalidStateError");
            super(...given);
          }
        };
        """
    )
    app = camera_app.open("?source=camera")
    wait_until(app.page, "globalThis.results.length > 12", ENGINE_MS)


def test_photo_chosen_while_a_live_picture_is_saved_is_looked_at(camera_app):
    app = camera_app.open("?source=camera")
    wait_until(app.page, "globalThis.results.length > 2", ENGINE_MS)
    app.page.click("#save")
    app.page.click("[data-sample=cat]")
    wait_until(app.page, "globalThis.results.at(-1).width === 451")
    app.page.locator("#threshold").fill("30")
    assert app.page.locator("#counts").inner_text().count("×") == len(
        {each["label"] for each in app.results()[-1]["detections"]}
    )
