"""What a first visit costs on this line, compared with what the server sent and how fast."""

import json

import pytest

from tests.browser.app import ALL_KEPT, App
from tests.browser.conftest import DIST, ENGINE_MS, wait_until
from tests.browser.lab.test_lab import IDLE, saved
from tools.faults.server import FaultyServer

BITS = 16_000_000


@pytest.fixture(scope="module")
def server():
    server = FaultyServer(DIST)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def page(open_module_context, server):
    watched = open_module_context(origin=server.url)
    watched.expected.append("net::ERR")
    app = App(watched.context.new_page(), server.url).open()
    app.sample("dog")
    wait_until(app.page, ALL_KEPT, ENGINE_MS)
    app.open("?screen=lab")
    app.page.locator("#room-lab[open]").wait_for()
    return app.page


def measure(page):
    page.click("#lab-run")
    wait_until(page, "document.querySelector('#lab-run').disabled")
    wait_until(page, IDLE, ENGINE_MS)
    return page.inner_text("#lab-said"), json.loads(saved(page, "#lab-save"))["interpreters"]


def test_nothing_is_fetched_unless_it_is_asked_for(page, server):
    assert "MB" in page.inner_text("#lab-line-size")
    server.forget()
    said, found = measure(page)
    assert said == "Measured." and "line" not in found
    assert {each.path for each in server.log} <= {"/sw.js"}  # whether there is a newer version


def test_time_on_the_line_is_that_of_the_bytes_that_were_sent(page, server):
    server.forget()
    server.faults.bits = BITS
    page.check("#lab-line")
    said, found = measure(page)
    server.faults.bits = 0
    assert said == "Measured."
    sent = dict.fromkeys(found["line"], 0)
    for each in server.log:
        sent["micropython" if "/vendor/micropython" in each.path else "pyodide"] += each.body
    assert sent["micropython"] > 100_000 and sent["pyodide"] == found["bytes"]["pyodide"]
    for name, each in found["line"].items():
        seconds = sent[name] * 8 / BITS
        assert 0.9 * seconds < each["ms"] / 1000 < 1.3 * seconds + 0.5, name
    assert "First start of a first visit" in page.inner_text("#lab-tables")
    assert "to fetch" in page.inner_text("#lab-tables")


def test_without_the_network_the_rest_is_measured_and_it_is_said(page, server):
    server.faults.down = True
    page.check("#lab-line")
    said, found = measure(page)
    assert said == "Measured, but not from the network: it was not reached."
    assert "line" not in found and found["programs"]
    assert "First start of a first visit" not in page.inner_text("#lab-tables")
