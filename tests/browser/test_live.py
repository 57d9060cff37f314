"""The live camera in use: holding, following, lenses, zoom, hiding, and what stays out of the way.

Chromium's fake cameras have zoom but no torch, and a headless page is never hidden: for those two
the test answers in the browser's place, as the comments say.
"""

import pytest

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS, wait_until
from tools.browser.chromium import launch

RUNNING = "document.getElementById('video').srcObject?.getVideoTracks()[0].readyState === 'live'"


def device(page):
    return page.evaluate(
        "document.getElementById('video').srcObject.getVideoTracks()[0].getSettings().deviceId"
    )


@pytest.fixture(scope="module")
def live(open_module_context, module_server, camera_browser):
    """One page with its camera running; each test leaves it so."""
    context = open_module_context(camera_browser, permissions=["camera"]).context
    app = App(context.new_page(), module_server.url).open("?source=camera")
    wait_until(app.page, "globalThis.results.length > 5", ENGINE_MS)
    return app


def goes_on(app):
    before = len(app.results())
    wait_until(app.page, f"globalThis.results.length > {before + 2}")


def test_objects_are_numbered_and_keep_their_numbers(live):
    wait_until(live.page, "globalThis.results.at(-1).detections.some((each) => each.track)")
    bicycle = "globalThis.results.at(-1).detections.find((each) => each.label === 'bicycle')?.track"
    first = wait_until(live.page, bicycle)
    before = len(live.results())
    wait_until(live.page, f"globalThis.results.length > {before + 20}")
    later = live.results()[before:]
    for result in later:
        assert first in [each.get("track") for each in result["detections"]]
    assert any(f"bicycle #{first}" in text for text in live.listed())


def test_following_can_be_turned_off_and_on(live):
    follow = live.page.locator("#follow")
    assert follow.get_attribute("aria-pressed") == "true"
    follow.click()
    assert follow.get_attribute("aria-pressed") == "false"
    wait_until(live.page, "globalThis.results.at(-1).detections.every((each) => !each.track)")
    follow.click()
    wait_until(live.page, "globalThis.results.at(-1).detections.some((each) => each.track)")


def test_a_tap_holds_the_picture_and_going_on_goes_on(live):
    live.next_result(lambda: live.page.click("#overlay", position={"x": 200, "y": 100}))
    wait_until(live.page, "document.getElementById('video').paused")
    live.page.wait_for_timeout(300)  # a frame that was under way
    held = len(live.results())
    live.page.wait_for_timeout(700)
    assert len(live.results()) == held
    assert live.page.is_visible("#freeze-stop")
    assert "bicycle" in live.page.inner_text("#announce")
    live.page.locator("#detections button").first.click()
    assert " px " in live.page.inner_text("#detail")
    live.page.click("#freeze")
    goes_on(live)
    assert live.page.is_visible("#freeze-start")


def test_a_held_picture_is_what_is_saved(live):
    live.page.click("#freeze")
    wait_until(live.page, "document.getElementById('video').paused")
    wait_until(live.page, "document.querySelector('#detections button') !== null")
    with live.page.expect_download() as download:
        live.page.click("#save")
    assert download.value.suggested_filename.endswith(".jpg")
    live.page.click("#freeze")
    goes_on(live)


def test_another_model_looks_at_the_picture_that_is_held(live):
    live.page.click("#freeze")
    wait_until(live.page, "document.querySelector('#detections button') !== null")
    result = live.next_result(lambda: live.page.select_option("#model", "centernet-coco"))
    assert result["model"] == "centernet-coco"
    assert live.page.evaluate("document.getElementById('video').paused")
    live.page.click("#freeze")
    goes_on(live)
    assert live.results()[-1]["model"] == "centernet-coco"


def test_a_class_can_be_hidden_and_its_switch_stays_where_it_is(live):
    chip = live.page.locator("#counts button[data-label=bicycle]")
    chip.click()
    live.page.locator("#counts [data-label=bicycle][aria-pressed=false]").wait_for()
    wait_until(
        live.page, "globalThis.results.at(-1).detections.every((each) => each.label !== 'bicycle')"
    )
    goes_on(live)
    assert " × 0" not in chip.inner_text()  # it is still counted
    chip.click()
    wait_until(
        live.page, "globalThis.results.at(-1).detections.some((each) => each.label === 'bicycle')"
    )


def test_the_camera_goes_off_when_the_page_is_hidden_and_on_when_it_is_shown(live):
    show = """(hidden) => {
        Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
    }"""
    live.page.evaluate(show, True)
    wait_until(live.page, f"!({RUNNING})")
    stopped = len(live.results())
    live.page.wait_for_timeout(500)
    assert len(live.results()) == stopped
    live.page.evaluate(show, False)
    wait_until(live.page, RUNNING)
    goes_on(live)


def test_a_camera_button_pressed_twice_at_once_leaves_one_camera(live):
    live.page.click("#camera")
    wait_until(live.page, "document.getElementById('video').srcObject === null")
    live.page.evaluate(
        "() => { for (const _ of [1, 2]) document.getElementById('camera').click() }"
    )
    wait_until(live.page, RUNNING)
    goes_on(live)


def test_a_screen_reader_is_told_what_is_seen(live):
    wait_until(live.page, "document.getElementById('announce').textContent.includes('bicycle')")
    label = live.page.get_attribute("#overlay", "aria-label")
    assert label.startswith("The picture: ")
    assert "bicycle" in label


@pytest.fixture(scope="module")
def lenses(playwright_driver):
    """A browser with three cameras that may be moved and a screen that may be kept on."""
    browser = launch(
        playwright_driver, switches=["--use-fake-device-for-media-stream=device-count=3"]
    )
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def three(lenses, open_module_context, module_server):
    watched = open_module_context(lenses)
    page = watched.context.new_page()
    session = lenses.new_browser_cdp_session()
    session.send(
        "Browser.grantPermissions",
        {
            "permissions": ["videoCapture", "cameraPanTiltZoom", "wakeLockScreen"],
            "origin": module_server.url.rstrip("/"),
            "browserContextId": session.send("Target.getBrowserContexts")["browserContextIds"][-1],
        },
    )
    page.add_init_script("""
        globalThis.locks = [];
        const request = navigator.wakeLock.request.bind(navigator.wakeLock);
        navigator.wakeLock.request = async (kind) => {
            const lock = await request(kind);
            globalThis.locks.push(lock);
            return lock;
        };
        // No fake camera has a torch: this one says that it has, and notes what it is told.
        globalThis.asked = [];
        const { getCapabilities, applyConstraints } = MediaStreamTrack.prototype;
        Object.assign(MediaStreamTrack.prototype, {
            getCapabilities() { return { ...getCapabilities.call(this), torch: true } },
            applyConstraints(constraints) {
                const torch = constraints.advanced?.[0].torch;
                if (torch === undefined) return applyConstraints.call(this, constraints);
                globalThis.asked.push(torch);
                return Promise.resolve();
            },
        });
    """)
    app = App(page, module_server.url).open("?source=camera")
    wait_until(page, RUNNING, ENGINE_MS)
    wait_until(page, "globalThis.results.length > 0", ENGINE_MS)
    return app


def test_each_lens_can_be_chosen_by_its_name_and_stays_chosen(three):
    page = three.page
    names = page.locator("#lens option").all_inner_texts()
    assert names == ["fake_device_0", "fake_device_1", "fake_device_2"]
    first = device(page)
    page.select_option("#lens", label="fake_device_2")
    wait_until(
        page,
        f"{RUNNING} && document.getElementById('video').srcObject"
        f".getVideoTracks()[0].getSettings().deviceId !== '{first}'",
    )
    chosen = device(page)
    goes_on(three)
    three.reload()
    wait_until(page, RUNNING)
    assert device(page) == chosen
    wait_until(page, "document.getElementById('lens')?.value")
    assert page.locator("#lens").input_value() == chosen


def test_zoom_is_what_the_slider_says(three):
    page = three.page
    wait_until(page, "!document.getElementById('zoom-box').hidden")
    page.evaluate("""() => {
        const zoom = document.getElementById("zoom");
        zoom.value = 300;
        zoom.dispatchEvent(new Event("input", { bubbles: true }));
    }""")
    wait_until(
        page,
        "document.getElementById('video').srcObject.getVideoTracks()[0].getSettings().zoom === 300",
    )


def test_the_light_is_switched_on_and_off(three):
    page = three.page
    page.click("#torch")
    wait_until(page, "document.getElementById('torch').ariaPressed === 'true'")
    page.click("#torch")
    wait_until(page, "document.getElementById('torch').ariaPressed === 'false'")
    assert page.evaluate("globalThis.asked") == [True, False]


def test_the_screen_stays_on_while_the_camera_runs(three):
    page = three.page
    wait_until(page, "globalThis.locks.length === 1 && !globalThis.locks[0].released")
    page.click("#camera")
    wait_until(page, "globalThis.locks[0].released")
    page.click("#camera")
    wait_until(page, "globalThis.locks.length === 2 && !globalThis.locks[1].released")


def test_the_camera_gives_more_pixels_to_a_larger_input(three):
    page = three.page
    assert page.evaluate("document.getElementById('video').videoWidth") == 640
    page.click("[data-room=preferences]")
    page.click("#pref-sizes input[value='640x640']")
    wait_until(page, "document.getElementById('video').videoWidth === 1280", ENGINE_MS)
    page.click("#pref-sizes input[value='320x320']")
    wait_until(page, "document.getElementById('video').videoWidth === 640", ENGINE_MS)
    page.keyboard.press("Escape")


def test_the_size_of_the_input_is_kept_for_the_next_start(three):
    page = three.page
    page.evaluate("""() => {
        const scope = new URL(".", location.href).pathname;
        localStorage.setItem(`mekiki:${scope}:input:centernet-coco`, "[640, 640]");
        localStorage.setItem(`mekiki:${scope}:model`, '"centernet-coco"');
    }""")
    three.reload()
    wait_until(page, "document.getElementById('video').videoWidth === 1280", ENGINE_MS)
