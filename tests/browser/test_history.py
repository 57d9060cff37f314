"""The history as a person uses it: kept, found again, searched, deleted, and never lying."""

import re

import pytest

from tests.browser.app import App
from tests.browser.conftest import ROOT, wait_until
from tests.browser.keeping import (
    asked,
    close_room,
    detection,
    empty,
    fill,
    open_history,
    record,
    tiles,
    until_listed,
)

PHOTO = ROOT / "app" / "samples" / "astronaut.jpg"

DOG, CAT, CAR = detection(), detection("cat", 15), detection("car", 2)


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    context = open_module_context(viewport={"width": 390, "height": 844})
    return App(context.context.new_page(), module_server.url).open()


@pytest.fixture
def page(app):
    """The page with an empty history and every room closed."""
    for name in ("export", "history"):
        if app.page.locator(f"#room-{name}[open]").count():
            close_room(app.page, name)
    empty(app.page)
    return app.page


def kept(page):
    return asked(page, "list", "summary()")


def summary(page):
    return page.inner_text("#history-summary")


# --- keeping


def test_a_photo_is_kept_and_shown_again_as_it_was(app, page):
    result = app.photo(PHOTO)
    wait_until(page, "document.querySelector('#save').disabled === false")
    found = sorted({each["label"] for each in result["detections"]})
    for _ in range(100):
        if kept(page)["count"]:
            break
        page.wait_for_timeout(50)
    assert sorted(kept(page)["labels"]) == found
    app.sample("cat")

    open_history(page)
    (text,) = tiles(page)
    assert "person" in text
    again = app.next_result(lambda: page.click("#history-grid button"))

    assert not page.is_visible("#room-history")
    assert page.get_attribute("#stage", "data-shows") == "photo"
    assert (again["width"], again["height"]) == (result["width"], result["height"])
    assert [each["label"] for each in again["detections"]] == [
        each["label"] for each in result["detections"]
    ]
    for before, after in zip(result["detections"], again["detections"], strict=True):
        assert after["score"] == pytest.approx(before["score"], abs=0.001)
        for key, value in before["box"].items():
            assert after["box"][key] == pytest.approx(value, abs=0.2)
    assert kept(page)["count"] == 1  # looking at it is no other picture


def test_nothing_is_kept_when_the_history_is_off(app, page):
    page.click("[data-room=preferences]")
    page.uncheck("#pref-history")
    close_room(page, "preferences")
    app.photo(PHOTO)
    page.wait_for_timeout(500)
    assert kept(page)["count"] == 0
    open_history(page)
    assert page.is_visible("#history-off")
    close_room(page)
    page.click("[data-room=preferences]")
    page.check("#pref-history")
    close_room(page, "preferences")


def test_an_empty_history_says_what_will_be_here(page):
    open_history(page)

    assert "on this device only" in page.inner_text("#history-empty")
    assert not page.is_visible("#history-tools")


# --- the list


def test_newest_come_first_and_scrolling_brings_the_rest(page):
    fill(page, [record(minute, *[DOG] * (minute % 3)) for minute in range(100)])
    open_history(page)

    assert tiles(page)[:4] == ["nothing found", "dog × 2", "dog", "nothing found"]
    assert len(tiles(page)) < 100
    for _ in range(20):
        page.locator("#history-grid li").last.scroll_into_view_if_needed()
        if len(tiles(page)) == 100:
            break
        page.wait_for_timeout(50)
    ids = page.eval_on_selector_all("#history-grid button", "all => all.map(b => b.dataset.id)")
    assert ids == sorted(set(ids), reverse=True)
    assert len(ids) == 100


def test_each_picture_says_when_it_was_in_the_language_in_use(page):
    fill(page, [record(0, DOG)])
    open_history(page)
    assert "2026" in page.inner_text("#history-grid .tile-when")
    close_room(page)
    page.click("#language")
    open_history(page)
    try:
        assert re.search(r"2026[年/]", page.inner_text("#history-grid .tile-when"))
        assert tiles(page) == ["犬"]
        assert "1 枚" in summary(page)
    finally:
        close_room(page)
        page.click("#language")


# --- search


def test_typing_finds_classes_in_both_languages(page):
    fill(page, [record(0, DOG), record(1, CAT, CAT), record(2, CAR, DOG), record(3)])
    open_history(page)
    for typed, expected in (
        ("dog", ["car, dog", "dog"]),
        ("犬", ["car, dog", "dog"]),
        ("ＣＡ", ["car, dog", "cat × 2"]),
        ("", ["nothing found", "car, dog", "cat × 2", "dog"]),
    ):
        page.fill("#history-search", typed)
        until_listed(page, expected)
    page.fill("#history-search", "zebra")
    wait_until(page, "document.querySelector('#history-said').textContent.includes('zebra')")
    assert tiles(page) == []
    assert page.is_disabled("#history-export")


def test_chips_show_the_classes_of_most_pictures_and_narrow_the_list(page):
    fill(page, [record(0, DOG), record(1, DOG, CAT), record(2, CAR)])
    open_history(page)

    chips = page.locator("#history-chips button").all_inner_texts()
    assert chips == ["dog · 2", "car · 1", "cat · 1"]
    page.click("#history-chips button:has-text('cat')")
    until_listed(page, ["dog, cat"])
    assert summary(page).startswith("1 of 3 pictures")
    page.click("#history-chips button:has-text('car')")
    until_listed(page, ["car", "dog, cat"])
    pressed = page.locator("#history-chips button[aria-pressed=true]").all_inner_texts()
    assert sorted(pressed) == ["car · 1", "cat · 1"]


# --- deleting


def test_one_is_deleted_at_once_and_undo_brings_it_back_exactly(page):
    fill(page, [record(minute, DOG) for minute in range(3)])
    before = kept(page)
    (first, *_) = asked(page, "list", 'ids("[]")')["ids"]
    open_history(page)
    page.click("#history-select")
    page.click("#history-grid li:first-child button")
    page.click("#history-delete:text-is('Delete 1')")

    page.locator("#history-undo").wait_for()
    assert first not in asked(page, "list", 'ids("[]")')["ids"]
    assert kept(page)["count"] == 2
    assert len(tiles(page)) == 2
    page.click("#history-undo-button")
    wait_until(page, "document.querySelectorAll('#history-grid li').length === 3")
    assert kept(page) == before
    assert asked(page, "list", 'ids("[]")')["ids"][0] == first
    page.click("#history-select")
    wait_until(page, "document.querySelector('#history-grid img').naturalWidth === 240")


def test_undo_goes_away_and_with_it_the_picture(page):
    fill(page, [record(minute, DOG) for minute in range(2)])
    open_history(page)
    page.focus("#history-grid li:first-child button")
    page.keyboard.press("Delete")
    page.locator("#history-undo").wait_for()

    page.locator("#history-undo").wait_for(state="hidden", timeout=15_000)
    assert asked(page, "store", "restore()") == {"count": 0}
    assert kept(page)["count"] == 1


def test_deleting_all_asks_first_and_names_the_number(page):
    fill(page, [record(minute, DOG) for minute in range(30)])
    open_history(page)
    page.click("#history-delete")
    page.locator("#history-question", has_text=": 30.").wait_for()
    wait_until(page, "document.activeElement.id === 'history-no'")
    page.click("#history-no")
    assert kept(page)["count"] == 30
    page.click("#history-delete")
    page.click("#history-yes")

    page.locator("#history-empty").wait_for()
    assert kept(page) == {"count": 0, "bytes": 0, "labels": {}}


def test_deleting_what_a_search_found_leaves_the_rest(page):
    fill(page, [record(0, DOG), record(1, CAT), record(2, DOG, CAR)])
    open_history(page)
    page.click("#history-chips button:has-text('dog')")
    until_listed(page, ["dog, car", "dog"])
    page.click("#history-delete")
    page.locator("#history-question", has_text=": 2.").wait_for()
    page.click("#history-yes")

    until_listed(page, ["cat"])
    assert kept(page)["labels"] == {"cat": 1}


# --- what can go wrong


def test_a_picture_that_another_tab_deleted_is_not_opened(page):
    (gone, _) = fill(page, [record(0, DOG), record(1, CAT)])
    open_history(page)
    page.evaluate(  # a tab whose message has not come yet
        "id => document.querySelector(`[data-id='${id}']`).dataset.id = 'gone'", gone
    )
    page.click("[data-id=gone]")
    page.locator("#history-said", has_text="no longer").wait_for()
    assert page.is_visible("#room-history")


def test_two_tabs_show_the_same(app, page):
    other = App(page.context.new_page(), app.url).open()
    try:
        open_history(other.page)
        fill(page, [record(minute, DOG) for minute in range(3)])
        wait_until(other.page, "document.querySelectorAll('#history-grid li').length === 3")
        other.page.click("#history-delete")
        open_history(page)
        other.page.click("#history-yes")
        wait_until(page, "!document.querySelector('#history-empty').hidden")
        assert tiles(page) == []
    finally:
        other.page.close()


def test_a_database_deleted_elsewhere_is_made_anew(page):
    fill(page, [record(0, DOG)])
    page.evaluate("""
        async () => {
          const names = (await indexedDB.databases()).map((each) => each.name);
          const [name] = names.filter((each) => each.startsWith("mekiki-history"));
          await new Promise((done, failed) =>
            Object.assign(indexedDB.deleteDatabase(name), { onsuccess: done, onblocked: failed }));
        }
    """)
    assert kept(page)["count"] == 0
    fill(page, [record(1, CAT)])
    open_history(page)
    assert tiles(page) == ["cat"]


def test_a_full_device_is_told_once_and_detecting_goes_on(open_module_context, module_server):
    # Chromium remembers for a while how much room there was, so the context is a fresh one.
    page = open_module_context().context.new_page()
    app = App(page, module_server.url).open()
    app.sample("dog")  # the engine is kept, and samples are not
    session = page.context.new_cdp_session(page)
    origin = module_server.url.rstrip("/")
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1000})

    assert app.photo(PHOTO)["detections"]
    assert "no room" in app.message()
    assert kept(page)["count"] == 0
    page.click("#message-close")
    assert app.photo(PHOTO)["detections"]
    page.wait_for_timeout(500)
    assert not page.is_visible("#message")
    page.close()


def test_a_browser_that_keeps_nothing_still_detects(open_module_context, module_server):
    context = open_module_context()
    new = context.context.new_page()
    new.add_init_script("""
        IDBFactory.prototype.open = () => { throw new DOMException("refused", "SecurityError") };
    """)
    other = App(new, module_server.url).open()
    result = other.photo(PHOTO)
    assert result["detections"]
    assert "refused" in other.message()
    new.click("[data-room=history]")
    new.locator("#history-said", has_text="refused").wait_for()
    new.close()
