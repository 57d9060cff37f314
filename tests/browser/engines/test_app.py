"""The built site in each engine: from a tap on a sample to words on the page."""

import time

import pytest

from tests.browser.app import RECORD
from tests.browser.conftest import ENGINE_MS
from tools.paths import DIST
from tools.serve import Site

BUILD = {"chromium": "relaxed SIMD", "firefox": "relaxed SIMD", "webkit": "with SIMD"}


@pytest.fixture
def site():
    site = Site(DIST)
    yield site
    site.stop()


def wait_until(tab, expression):
    end = time.monotonic() + ENGINE_MS / 1000
    while not (value := tab.call(f"return {expression}")):
        text = "return document.body.innerText.slice(0, 600)"
        assert time.monotonic() < end, f"never true: {expression}\n{tab.call(text)}"
        time.sleep(0.1)
    return value


def test_a_sample_is_detected_and_told_in_words(engine, tab_of, site, tell):
    tab = tab_of(engine)
    before = len(tab.problems())
    started = time.monotonic()
    tab.goto(site.url)
    wait_until(tab, "document.documentElement.dataset.shell === 'interactive'")
    shell = time.monotonic()
    tab.call(RECORD)
    tab.call("document.querySelector('[data-sample=dog]').click()")
    (result,) = wait_until(tab, "globalThis.results.length && globalThis.results")
    ready = time.monotonic()
    found = {each["label"] for each in result["detections"]}
    assert found >= {"dog", "bicycle"}
    rows = "[...document.querySelectorAll('#detections li')].map((row) => row.innerText)"
    words = " ".join(wait_until(tab, f"{rows}.length && {rows}"))
    assert all(label in words for label in found)
    assert BUILD[engine] in wait_until(tab, "document.querySelector('#engine-facts').textContent")
    assert tab.problems()[before:] == []
    tell(f"{engine}, the site: shell {shell - started:.2f} s, first boxes {ready - shell:.2f} s on")


def test_a_screen_opens_when_it_is_asked_for(engine, tab_of, site):
    tab = tab_of(engine)
    before = len(tab.problems())
    tab.goto(site.url)
    wait_until(tab, "document.documentElement.dataset.shell === 'interactive'")
    for room in ("preferences", "models", "history"):
        tab.call(f"document.querySelector('[data-room={room}]').click()")
        title = f"document.querySelector('#room-{room}[open] h2')"
        assert wait_until(tab, f"{title} && {title}.textContent.trim()")
        tab.call(f"document.querySelector('#room-{room} .room-close').click()")
        wait_until(tab, f"!document.querySelector('#room-{room}[open]')")
    assert tab.problems()[before:] == []
