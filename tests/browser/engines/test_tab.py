"""The same questions to a page of each engine, and the same answers."""

import time

import pytest

from tools.browser import firefox, webkit
from tools.browser.given_files import GivenFiles
from tools.errors import BuildError

# Without an icon of its own, Chromium would ask for one and write an error about the answer.
PAGE = "<!doctype html><meta charset=utf-8><link rel=icon href=data:,><p>あ</p>"


@pytest.fixture
def tab(engine, tab_of):
    served = GivenFiles({})
    tab = tab_of(engine)
    tab.goto(served.give("page.html", PAGE.encode()))
    yield tab
    served.stop()


def test_engine_is_the_one_that_was_asked_for(engine, tab):
    names = {"chromium": "Chrome/", "firefox": "Firefox/", "webkit": "AppleWebKit/605"}
    assert names[engine] in tab.call("return navigator.userAgent")


def test_what_goes_in_comes_back(tab):
    given = [1, 2.5, None, True, "あ\n", {"a": []}]
    assert tab.call("await 0; return args", *given) == given
    assert tab.call("return document.querySelector('p').textContent") == "あ"
    assert tab.call("") is None
    assert len(tab.call("return 'x'.repeat(args[0])", 4_000_000)) == 4_000_000


def test_what_is_thrown_is_an_error_and_the_page_goes_on(tab):
    for body in ("throw new Error('because')", "await Promise.reject(Error('because'))"):
        with pytest.raises(BuildError) as caught:
            tab.call(body)
        assert caught.value.code == "page-raised"
        assert "because" in caught.value.data["detail"]
    assert tab.call("return 1") == 1


def test_errors_and_warnings_of_the_console_are_kept(tab):
    before = len(tab.problems())
    tab.call("console.error('one'); console.log('fine'); console.warn('two')")
    tab.call("setTimeout(() => { throw new Error('three'); })")
    end = time.monotonic() + 20
    while len(tab.problems()) < before + 3:
        assert time.monotonic() < end, tab.problems()
        tab.call("await new Promise((resolve) => setTimeout(resolve, 50))")
    one, two, three = tab.problems()[before:]
    assert one.startswith("error") and "one" in one
    assert two.startswith("warn") and "two" in two
    assert three.startswith("error") and "three" in three


def test_a_browser_that_is_not_there_is_named_with_what_to_install(monkeypatch, tmp_path):
    monkeypatch.delenv("MEKIKI_FIREFOX", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BuildError, match="no-firefox: do=install firefox-esr"):
        firefox.FirefoxTab()
    with pytest.raises(BuildError, match="no-webkit: do=install webkit2gtk-driver and xvfb"):
        webkit.WebKitTab()


def test_a_firefox_that_ends_at_once_is_told_with_its_words(monkeypatch, tmp_path):
    program = tmp_path / "firefox"
    program.write_text("#!/bin/sh\necho no screen, no fun\nexit 3\n")
    program.chmod(0o700)
    monkeypatch.setenv("MEKIKI_FIREFOX", str(program))
    with pytest.raises(BuildError, match="no screen, no fun") as caught:
        firefox.FirefoxTab()
    assert caught.value.code == "browser-start-failed"
