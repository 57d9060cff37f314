import re

import pytest

from tests.browser.conftest import wait_until

MINE = "print('mine')"


def copied(play):
    play.page.click("#share")
    wait_until(play.page, "document.querySelector('#link').value !== ''")
    link = play.page.locator("#link").input_value()
    assert link.startswith(f"{play.url}play/#run=")
    return link[link.index("#") :]


def test_what_was_written_is_there_after_a_reload_and_what_was_there_comes_back(play):
    play.open().choose("hello")
    first = play.text()
    play.write(MINE)
    play.page.reload()
    play.ready()
    assert play.text() == MINE
    play.choose("primes")
    assert "sieve" in play.text()
    play.choose("hello")
    assert play.text() == MINE
    play.page.click(".reset")
    assert play.text() == first
    play.page.locator("#editor .cm-content").press("Control+z")
    assert play.text() == MINE
    play.page.click(".reset")


@pytest.mark.parametrize("source", ["print('日本語', 6 * 7)", "while True:\n    print('again')"])
def test_a_link_shows_its_program_and_does_not_run_it(play, source):
    play.open().choose("own")
    play.where("pyodide", "main")
    play.write(source)
    hash = copied(play)
    play.write("")
    play.open(hash)
    assert play.text() == source
    assert play.chosen() == ("pyodide", "main")
    assert "Nothing has run" in play.page.inner_text("#link-said")
    play.page.wait_for_timeout(1000)
    assert play.output() == "" and play.said() == ""
    # What is changed in it survives; one's own program is another.
    play.write(MINE)
    play.page.reload()
    play.ready()
    assert play.text() == MINE
    play.choose("own")
    assert play.text() == ""
    play.page.reload()
    play.ready()
    assert play.page.locator("#snippet").input_value() == "own"
    play.choose("link")
    assert play.text() == MINE


@pytest.mark.parametrize(
    "hash", ["#source=nonsense!", "#source=AAAA", "#run=micropython.main&source="]
)
def test_a_link_that_holds_no_program_is_said_to(play, hash):
    play.open(hash)
    assert play.page.inner_text("#link-said") == "The link holds no program that can be read."
    assert play.run()


def test_the_editor_is_left_by_the_keyboard_and_runs_by_it(play):
    play.open().choose("own")
    play.where("micropython", "worker")
    play.write("if True:\n")
    play.page.keyboard.press("Tab")
    play.page.keyboard.insert_text("print(1)")
    assert re.fullmatch(r"if True:\n +print\(1\)", play.text())
    play.page.keyboard.press("Control+Enter")
    wait_until(play.page, "document.querySelector('.output').textContent.trim() === '1'")
    play.page.keyboard.press("Escape")
    play.page.keyboard.press("Tab")
    focused = "document.activeElement.classList.contains('run')"
    assert play.page.evaluate(focused)


def test_words_follow_the_language(play):
    play.open()
    play.page.click("#language")
    try:
        assert play.page.inner_text("h1") == "プレイグラウンド"
        assert play.page.inner_text("#snippet option >> nth=0") == "こんにちは"
    finally:
        play.page.click("#language")


def test_a_link_that_comes_while_a_program_starts_does_not_run(play):
    play.open().choose("own")
    play.write("print('from the link')")
    hash = copied(play)
    play.choose("hello")
    play.where("pyodide", "worker")
    play.page.evaluate(
        "(hash) => { document.querySelector('.run').click(); location.hash = hash; }", hash
    )
    wait_until(play.page, "document.querySelector('#snippet').value === 'link'")
    play.page.wait_for_timeout(3000)
    assert play.output() == "" and play.said() == ""
    assert "Nothing has run" in play.page.inner_text("#link-said")
    assert play.run() == "from the link"
    play.choose("hello")
    play.choose("link")
    assert "Nothing has run" in play.page.inner_text("#link-said")


def test_undo_does_not_bring_another_program(play):
    play.open().choose("own")
    play.write("print('own')")
    play.choose("hello")
    before = play.text()
    play.page.locator("#editor .cm-content").press("Control+z")
    assert play.text() == before
    play.choose("own")
    assert play.text() == "print('own')"
    assert play.page.locator(".reset").is_hidden()
