"""The page itself, in a browser whose camera works: who can use it, and what it costs."""

import re

import pytest

from tests.browser.conftest import ENGINE_MS, wait_until
from tests.browser.play.conftest import Play
from tests.browser.test_accessibility import AXE, RUN_AXE, SMALL_TARGETS


@pytest.fixture(scope="module")
def play(open_module_context, module_server, camera_browser):
    watched = open_module_context(
        camera_browser,
        permissions=["camera", "clipboard-read", "clipboard-write"],
        viewport={"width": 320, "height": 640},
    )
    play = Play(watched.context.new_page(), module_server.url).open()
    wait_until(play.page, "navigator.serviceWorker.controller !== null")
    return play


def test_it_is_opened_from_the_settings_and_leads_back(play):
    page = play.page
    page.goto(play.url)
    wait_until(page, "document.documentElement.dataset.shell === 'interactive'")
    page.click("[data-room=preferences]")
    page.locator("#room-preferences a[href='play/']").click()
    play.ready()
    page.click(".back")
    wait_until(page, "document.documentElement.dataset.shell === 'interactive'")


def test_who_opened_it_has_it_without_a_network(open_module_context, module_server, camera_browser):
    watched = open_module_context(camera_browser)
    visitor = Play(watched.context.new_page(), module_server.url).open()
    visitor.page.locator("#kept").wait_for(state="visible")
    module_server.kill()
    try:
        visitor.open().run()
        assert visitor.said().startswith("Done")
    finally:
        module_server.start()  # at the same port


def test_pyodide_is_offered_with_its_size_and_frames_come_until_it_is_stopped(play):
    play.open().choose("camera")
    page = play.page
    page.click("#use-camera")
    wait_until(page, "document.documentElement.dataset.frames === 'live'")
    page.click(".run")
    page.locator(".fetch").wait_for(state="visible")
    assert re.search(r"Python and OpenCV \d+\.\d MB", page.inner_text(".fetch"))
    page.click(".fetch")
    output = "document.querySelector('.output').textContent"
    wait_until(page, f"{output}.includes('mean')", ENGINE_MS)
    seen = play.output()
    assert "frame: (240, 320, 4) uint8" in seen
    # The fake camera pans: the mean of some later frame differs.
    wait_until(page, f"{output}.trim() !== {seen!r} && {output}.includes('mean')")
    page.click(".stop")
    assert play.said() == "Stopped"
    # Another program has no use for the camera.
    play.choose("hello")
    wait_until(page, "document.documentElement.dataset.frames === 'sample'")


def test_the_link_is_in_the_clipboard(play):
    play.open().choose("hello")
    play.page.click("#share")
    wait_until(play.page, "document.querySelector('#share-said').textContent.includes('is copied')")
    link = play.page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{play.url}play/#run=micropython.worker&source=")


@pytest.mark.parametrize("program", ["hello", "camera", "own"])
def test_everybody_can_use_the_page_on_a_small_screen(play, program):
    play.open().choose(program)
    page = play.page
    for scheme, language in (("dark", "en"), ("light", "ja")):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(f"document.documentElement.lang = '{language}'")
        page.evaluate(AXE)
        assert page.evaluate(RUN_AXE) == []
        assert page.evaluate(SMALL_TARGETS) == []
        assert page.evaluate("document.documentElement.scrollWidth") == 320
