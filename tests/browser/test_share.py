"""Pictures shared by another app: posted as the system does, shown once, never lost.

What the system does is a navigation: a POST of multipart/form-data to the address that the manifest
names. A form on an empty page does the same.
"""

import json

import pytest
from PIL import Image

from tests.browser.app import App
from tests.browser.conftest import DIST, ENGINE_MS, ROOT, wait_until

SAMPLES = ROOT / "app" / "samples"
INBOX = """(async () => {
  const found = (await caches.keys()).filter((name) => name.startsWith('mekiki-inbox'));
  const requests = await Promise.all(found.map(async (n) => (await caches.open(n)).keys()));
  return requests.flat().length;
})()"""


def first_visit(context, url):
    app = App(context.new_page(), url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    return app


@pytest.fixture(scope="module")
def visited(open_module_context, module_server):
    """A page that was open once, so that the service worker is there."""
    return first_visit(open_module_context().context, module_server.url)


@pytest.fixture
def shared(visited):
    """Shares files with the app; returns the window that opens, which ends with the test."""
    windows = []

    def one(*files):
        windows.append(share(visited.page.context, visited.url, list(files)))
        return windows[-1]

    yield one
    for window in windows:
        window.page.close()


def share(context, url, files):
    """Shares files with the app; returns the window that opens."""
    target = json.loads((DIST / "manifest.json").read_text("utf-8"))["share_target"]
    [field] = target["params"]["files"]
    page = context.new_page()
    app = App(page, url)
    page.set_content(
        f'<form method="{target["method"]}" enctype="{target["enctype"]}" '
        f'action="{url}{target["action"].removeprefix("./")}">'
        f'<input name="{field["name"]}" type="file" multiple><button>share</button></form>'
    )
    page.set_input_files("input", files)
    with page.expect_navigation(url=f"{url}?shared=*"):
        page.click("button")
    return app.until_interactive()


def test_shared_picture_is_detected_in_and_taken_out(shared):
    app = shared(SAMPLES / "dog.jpg")
    wait_until(app.page, "globalThis.results.length", ENGINE_MS)
    result = app.results()[0]
    with Image.open(SAMPLES / "dog.jpg") as picture:
        assert (result["width"], result["height"]) == picture.size
    assert "dog" in {each["label"] for each in result["detections"]}
    assert app.page.evaluate(INBOX) == 0
    assert "shared" not in app.page.url
    app.reload()
    assert app.page.get_attribute("#stage", "data-shows") == "nothing"
    assert not app.page.is_visible("#message")


def test_shared_picture_is_shown_before_the_engine_is_there(open_context, server):
    context = open_context().context
    first_visit(context, server.url)
    context.route("**/assets/**", lambda _route: None)  # a line that brings nothing
    app = share(context, server.url, [SAMPLES / "dog.jpg"])
    wait_until(app.page, "document.querySelector('#photo').naturalWidth === 768")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'downloading'")
    context.unroute_all(behavior="ignoreErrors")


def test_several_shared_pictures_outlive_a_broken_line(open_context, server):
    watched = open_context()
    watched.expected += ["Failed to load resource", "ERR_FAILED"]
    context = watched.context
    first_visit(context, server.url)
    context.route("**/assets/**", lambda route: route.abort())
    names = ("dog", "cat")
    app = share(context, server.url, [SAMPLES / f"{name}.jpg" for name in names])
    wait_until(app.page, "document.querySelector('#photo').naturalWidth === 768")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'failed'", ENGINE_MS)
    context.unroute_all(behavior="ignoreErrors")
    app.page.click("#engine-action")
    wait_until(app.page, "new Set(globalThis.results.map((r) => r.width)).size === 2", ENGINE_MS)


def test_shared_picture_goes_to_one_window_only(visited, shared):
    app = shared(SAMPLES / "cat.jpg")
    wait_until(app.page, "document.querySelector('#photo').naturalWidth === 451")
    visited.reload()
    visited.page.goto(visited.url + "?shared=1")
    visited.until_interactive()
    assert "No picture arrived" in visited.message()
    assert visited.page.get_attribute("#stage", "data-shows") == "nothing"


def test_several_shared_pictures_are_all_looked_at(shared):
    names = ("dog", "cat", "astronaut")
    app = shared(*[SAMPLES / f"{name}.jpg" for name in names])
    wait_until(app.page, "globalThis.results.length >= 3", ENGINE_MS)
    assert {768, 451, 512} <= {each["width"] for each in app.results()}


def test_too_many_pictures_are_said(shared, tmp_path):
    files = []
    for number in range(53):
        files.append(tmp_path / f"{number}.png")
        Image.new("RGB", (4, 4), "red").save(files[-1])
    app = shared(*files)
    assert "Only 50 of the shared pictures" in app.message()


def test_share_without_pictures_is_said(shared, tmp_path):
    empty = tmp_path / "empty.jpg"
    empty.touch()
    app = shared(empty)
    assert "No picture arrived" in app.message()
    app.page.click("#message-close")
    assert app.sample("dog")["detections"]


def test_what_is_no_picture_is_said(shared, tmp_path):
    text = tmp_path / "notes.jpg"
    text.write_text("this is no picture")
    app = shared(text)
    assert "JPEG, PNG or WebP" in app.message()


def test_share_whose_window_never_came_is_shown_by_the_next(visited):
    """A phone may end the window between the two; a minute later the pictures are for anyone."""
    page = visited.page
    page.evaluate(
        """async (sample) => {
          const name = `mekiki-inbox:${new URL(document.baseURI).pathname}`;
          const inbox = await caches.open(name);
          const picture = await fetch(sample);
          const put = (time, name) => inbox.put(`inbox/${time}/0/${name}`, picture.clone());
          await put(Date.now() - 90_000, "old.jpg");
          await put(Date.now(), "new.jpg");
        }""",
        json.loads(next(DIST.glob("shell-*/assets.json")).read_text())["samples"][0]["url"],
    )
    visited.reload()
    wait_until(page, "document.querySelector('#photo').naturalWidth > 0")
    assert page.evaluate(INBOX) == 1  # that of another window, which is on its way
