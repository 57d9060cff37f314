"""Several photos at once: progress, cancel, files that are no pictures, and the strip."""

import pytest

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS, ROOT, wait_until

SAMPLES = [ROOT / "app" / "samples" / f"{name}.jpg" for name in ("dog", "astronaut", "coffee")]
OVER = "document.getElementById('batch-export')?.hidden === false"


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    """One page with its engine running, for all tests here."""
    app = App(open_module_context().context.new_page(), module_server.url).open()
    app.sample("coffee")
    return app


def choose(app, *files):
    app.page.set_input_files("#file", list(files))


def captions(app):
    return app.page.locator("#batch-strip button").all_inner_texts()


def test_each_photo_is_looked_at_and_can_be_seen_again(app):
    choose(app, *SAMPLES)
    wait_until(app.page, OVER, ENGINE_MS)
    assert app.page.inner_text("#batch-text") == "3 of 3 looked at. Tap one to see it."
    assert app.page.locator("#batch-progress").is_hidden()
    dog, astronaut, coffee = captions(app)
    assert "dog × 1" in dog
    assert "person × 1" in astronaut
    assert "cup × 1" in coffee
    first = app.next_result(lambda: app.page.locator("#batch-strip button").first.click())
    assert {"dog", "bicycle"} <= {each["label"] for each in first["detections"]}
    assert (first["width"], first["height"]) == (768, 576)
    assert any("dog" in row for row in app.listed())
    assert "dog × 1" in app.page.get_attribute("#overlay", "aria-label")
    app.page.click("#language")
    wait_until(
        app.page, "document.querySelector('#batch-strip span').textContent.includes('犬 × 1')"
    )
    app.page.click("#language")
    wait_until(app.page, "document.documentElement.lang === 'en'")


def test_cancel_half_way_keeps_what_was_done(app):
    choose(app, *(SAMPLES * 8))
    wait_until(app.page, "document.querySelectorAll('#batch-strip button').length >= 2")
    assert app.page.evaluate("document.getElementById('batch-progress').value") >= 2
    assert " of 24" in app.page.inner_text("#batch-text")
    app.page.click("#batch-cancel")
    wait_until(app.page, OVER)
    done = len(captions(app))
    assert 2 <= done < 24
    assert app.page.inner_text("#batch-text").startswith(f"{done} of 24 looked at.")
    app.page.click("#batch-cancel")  # it says "Close" by now
    app.page.locator("#work").wait_for(state="hidden")
    assert app.page.evaluate("document.activeElement.id") == "file"


def test_files_that_are_no_pictures_are_counted_and_said(app, tmp_path):
    text = tmp_path / "notes.jpg"
    text.write_text("this is no picture")
    choose(app, SAMPLES[0], text, SAMPLES[2])
    wait_until(app.page, OVER)
    said = app.page.inner_text("#batch-text")
    assert said.startswith("2 of 3 looked at.")
    assert "1 could not be opened" in said
    assert len(captions(app)) == 2


def test_something_else_that_is_chosen_meanwhile_ends_it(app):
    choose(app, *(SAMPLES * 8))
    wait_until(app.page, "document.querySelectorAll('#batch-strip button').length >= 1")
    app.page.click("[data-sample=cat]")
    wait_until(app.page, f"{OVER} && globalThis.results.at(-1).width === 451")
    assert app.page.evaluate("document.getElementById('photo').naturalWidth") == 451
    assert len(captions(app)) < 24


def test_another_lot_takes_the_place_of_the_one_before(app):
    choose(app, *(SAMPLES * 8))
    wait_until(app.page, "document.querySelectorAll('#batch-strip button').length >= 1")
    choose(app, SAMPLES[2], SAMPLES[0])
    wait_until(app.page, OVER)
    assert app.page.inner_text("#batch-text").startswith("2 of 2 looked at.")
    coffee, dog = captions(app)
    assert "cup" in coffee
    assert "dog" in dog
