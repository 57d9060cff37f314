"""The pages themselves, in a browser whose camera works: who can use them, and what they cost."""

import re

import pytest

from tests.browser.conftest import ENGINE_MS, wait_until
from tests.browser.demos.conftest import Demo
from tests.browser.test_accessibility import AXE, RUN_AXE, SMALL_TARGETS
from tools.site.demos import all_demos


@pytest.fixture(scope="module")
def demo(open_module_context, module_server, camera_browser):
    watched = open_module_context(
        camera_browser, permissions=["camera"], viewport={"width": 320, "height": 640}
    )
    demo = Demo(watched.context.new_page(), module_server.url).open("camera")
    wait_until(demo.page, "navigator.serviceWorker.controller !== null")
    return demo


def test_who_opens_one_demo_has_them_all_without_a_network(
    open_module_context, module_server, camera_browser
):
    watched = open_module_context(camera_browser)
    page = watched.context.new_page()
    visitor = Demo(page, module_server.url).open("packages")
    page.locator("#kept").wait_for(state="visible")
    module_server.kill()
    try:
        page.goto(f"{module_server.url}demos/")
        for name in ("hello", "tictactoe"):
            visitor.open(name).run()
            assert visitor.said().startswith("Done")
        visitor.open("camera")
    finally:
        module_server.start()  # at the same port


def test_pyodide_is_offered_with_its_size_and_looks_at_the_camera_until_it_is_stopped(demo):
    page, program = demo.open("camera").page, demo.program()
    page.click("#use-camera")
    wait_until(page, "document.documentElement.dataset.frames === 'live'")
    program.locator(".run").click()
    program.locator(".fetch").wait_for(state="visible")
    assert re.search(r"Python and OpenCV \d+\.\d MB", program.locator(".fetch").inner_text())
    program.locator(".fetch").click()
    wait_until(page, "document.querySelector('.output').textContent.includes('mean')", ENGINE_MS)
    seen = demo.output()
    assert "frame: (240, 320, 4) uint8" in seen
    # The fake camera pans: the colours of some later frame differ.
    text = f"document.querySelector('.output').textContent.trim() !== {seen!r}"
    wait_until(page, f"{text} && document.querySelector('.output').textContent.includes('edges')")
    program.locator(".stop").click()
    assert demo.said() == "Stopped"
    page.click("#use-sample")
    wait_until(page, "document.documentElement.dataset.frames === 'sample'")


@pytest.mark.parametrize("name", ["", *(each["name"] for each in all_demos())])
def test_everybody_can_use_the_page_on_a_small_screen(demo, name):
    page = demo.page
    if name in ("tictactoe", "map", "packages"):  # what Python adds to the page
        demo.open(name).run()
    elif name:
        demo.open(name)
    else:
        page.goto(f"{demo.url}demos/")
    for scheme, language in (("dark", "en"), ("light", "ja")):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(f"document.documentElement.lang = '{language}'")
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_language_is_switched_and_kept_as_in_the_app(demo):
    page = demo.open("hello").page
    page.click("#language")
    assert page.inner_text("h1") == "ハロー、ワールド"
    demo.open("hello")
    assert page.inner_text("h1") == "ハロー、ワールド"
    page.goto(demo.url)
    wait_until(page, "document.documentElement.dataset.shell === 'interactive'")
    assert page.get_attribute("html", "lang") == "ja"
    page.click("[data-room=preferences]")
    page.locator("#room-preferences a[href='demos/']").click()
    wait_until(page, "document.documentElement.dataset.demos === 'ready'")
    page.click("#language")
    assert page.inner_text("h1") == "Demos"
