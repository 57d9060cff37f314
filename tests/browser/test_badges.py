"""The badges are true: each shows while its state lasts, and goes when it ends."""

import json
import shutil

import pytest

from tests.browser.app import App, catalogue, models
from tests.browser.conftest import DIST, ENGINE_MS, ROOT, Server, wait_until
from tests.browser.releases import release

SAMPLES = ROOT / "app" / "samples"
OFFLINE, UPDATE, RISK = "#badge-offline", "#badge-update", "#badge-storage"
LOOK = "dispatchEvent(new Event('focus'))"  # as when the person comes back to the window
DELETE = """async ([kind, ending]) => {
  for (const name of (await caches.keys()).filter((name) => name.startsWith(kind))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (request.url.endsWith(ending)) return cache.delete(request);
    }
  }
}"""


def shown(page, badge, milliseconds=20_000):
    page.locator(badge).wait_for(state="visible", timeout=milliseconds)


def gone(page, badge):
    page.locator(badge).wait_for(state="hidden")


def state(page, part):
    """What the screen behind the badges says."""
    page.click("[data-room=state]:visible")
    page.locator("#room-state[open]").wait_for()
    wait_until(page, f"document.querySelector('#{part}').textContent !== ''")
    return page.inner_text(f"#{part}")


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    """A page that has detected something; the tests share it and leave it as it was."""
    app = App(open_module_context().context.new_page(), module_server.url).open()
    app.sample("dog")
    return app


@pytest.fixture
def tried(app):
    shown(app.page, OFFLINE)
    return app


@pytest.fixture
def beside(tried):
    """Another window of the same browser, for what must be there before the page is."""
    page = tried.page.context.new_page()
    yield App(page, tried.url)
    page.close()


# --- works offline


def test_offline_is_claimed_once_it_was_tried_and_then_is_true(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    page = app.page
    wait_until(page, "navigator.serviceWorker.controller !== null")
    page.click("#engine-action")
    wait_until(page, "document.querySelector('#engine').dataset.state === 'ready'", ENGINE_MS)
    page.evaluate(LOOK)
    page.wait_for_timeout(300)
    assert page.locator(OFFLINE).is_hidden()  # all is here, but nobody has seen it work
    app.sample("dog")
    shown(page, OFFLINE)
    assert "works without a network" in state(page, "state-offline")
    server.kill()
    app.reload()
    shown(page, OFFLINE)
    assert app.engine_state() == "idle"  # it is said before anything is started
    assert app.sample("dog")["detections"]
    shown(page, OFFLINE)
    # The page itself may be thrown away too.
    assert page.evaluate(DELETE, ["mekiki-precache", "shell.romfs"])
    page.evaluate(LOOK)
    gone(page, OFFLINE)


@pytest.mark.parametrize("ending", [".onnx", "python_stdlib.zip"])
def test_one_file_less_takes_the_promise_back(tried, ending):
    assert tried.page.evaluate(DELETE, ["mekiki-assets", ending])
    tried.page.evaluate(LOOK)
    gone(tried.page, OFFLINE)
    tried.reload()
    tried.page.wait_for_timeout(300)
    assert tried.page.locator(OFFLINE).is_hidden()
    tried.sample("dog")  # which brings the file again
    shown(tried.page, OFFLINE)


def test_promise_is_for_the_chosen_model(tried):
    page = tried.page
    page.select_option("#model", models()[1])
    page.evaluate(LOOK)
    wait_until(page, f"globalThis.results.at(-1).model === '{models()[1]}'", ENGINE_MS)
    shown(page, OFFLINE)
    page.click("[data-room=models]")
    page.click(f"article[data-model={models()[1]}] [data-act=remove]")
    gone(page, OFFLINE)
    page.click(f"article[data-model={models()[0]}] [data-act=use]")
    page.evaluate(LOOK)
    shown(page, OFFLINE)
    page.keyboard.press("Escape")


def test_other_files_must_prove_themselves_anew(tried):
    """After an update the files are others; that these worked says nothing of those."""
    key = "Object.keys(localStorage).find((key) => key.endsWith(':proven'))"
    proven = json.loads(tried.page.evaluate(f"localStorage.getItem({key})"))
    folders = {each["url"].split("/")[1] for files in catalogue().values() for each in files}
    assert proven and set(proven[0].split()) <= folders
    tried.page.evaluate(f"localStorage.setItem({key}, '[\"of another build\"]')")
    tried.reload()
    tried.page.wait_for_timeout(500)
    assert tried.page.locator(OFFLINE).is_hidden()
    tried.sample("dog")
    shown(tried.page, OFFLINE)


def test_without_a_service_worker_nothing_is_promised(open_context, server):
    watched = open_context(service_workers="block")
    watched.expected.append("Service Worker registration blocked")
    app = App(watched.context.new_page(), server.url).open()
    app.sample("dog")
    app.page.evaluate(LOOK)
    app.page.wait_for_timeout(500)
    assert app.page.locator(OFFLINE).is_hidden()


def test_going_offline_and_back_leaves_a_true_badge_alone(tried):
    tried.page.context.set_offline(True)
    tried.page.wait_for_timeout(300)
    shown(tried.page, OFFLINE)
    assert tried.sample("dog")["detections"]
    tried.page.context.set_offline(False)
    tried.page.wait_for_timeout(300)
    shown(tried.page, OFFLINE)


# --- update waiting


def test_update_waits_in_the_badge_when_its_message_was_closed(open_context, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(DIST, folder)
    server = Server(folder, log=tmp_path / "update.log").start()
    try:
        app = App(open_context(origin=server.url).context.new_page(), server.url).open()
        wait_until(app.page, "navigator.serviceWorker.controller !== null")
        assert app.page.locator(UPDATE).is_hidden()
        release(folder, "mekiki new")
        app.reload()
        app.message(ENGINE_MS)
        app.page.click("#message-close")
        shown(app.page, UPDATE)
        app.reload()  # it waits on
        shown(app.page, UPDATE)
        app.page.click(UPDATE)
        wait_until(app.page, "document.title.startsWith('mekiki new')")
        app.until_interactive()
        app.page.wait_for_timeout(500)
        assert app.page.locator(UPDATE).is_hidden()
    finally:
        server.kill()


# --- storage at risk


QUOTA = """StorageManager.prototype.estimate = async () =>
  ({ usage: globalThis.usage ?? 0, quota: 100e6 });"""  # Chromium tells none that means something


def limit(page, url, size):
    """Gives the site this many bytes, used ones included."""
    protocol = page.context.new_cdp_session(page)
    origin = url.rstrip("/")
    protocol.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": size})


def test_nearly_full_storage_is_said_until_there_is_room(open_context, server):
    page = open_context().context.new_page()
    page.add_init_script(QUOTA)
    App(page, server.url).open()
    assert page.locator(RISK).is_hidden()
    page.evaluate(f"globalThis.usage = 90e6; {LOOK}")
    shown(page, RISK)
    assert "hardly any room" in state(page, "state-risk")
    assert "90 MB of 100 MB" in page.inner_text("#state-used")
    assert "may delete all of it" in page.inner_text("#state-promise")
    page.keyboard.press("Escape")
    page.evaluate(f"globalThis.usage = 50e6; {LOOK}")
    gone(page, RISK)


def test_promise_to_keep_it_is_asked_for_and_ends_the_risk(open_context, server):
    """No browser without a screen promises by itself, so its yes is given here."""
    page = open_context().context.new_page()
    page.add_init_script(QUOTA)
    App(page, server.url).open()
    page.evaluate(f"globalThis.usage = 90e6; {LOOK}")
    shown(page, RISK)
    state(page, "state-promise")
    page.click("#state-persist")  # the real one says no
    wait_until(page, "document.querySelector('#state-persist-said').textContent.includes('not')")
    page.evaluate(
        """StorageManager.prototype.persist = async () => {
            StorageManager.prototype.persisted = async () => true;
            return true;
        }; null"""
    )
    page.click("#state-persist")
    wait_until(page, "document.querySelector('#state-promise').textContent.includes('promised')")
    assert page.locator("#state-persist").is_hidden()
    gone(page, RISK)


def test_picture_that_found_no_room_is_said_until_one_does(tried):
    page = tried.page
    limit(page, tried.url, 1_000_000)
    tried.photo(SAMPLES / "astronaut.jpg")
    shown(page, RISK)
    shown(page, OFFLINE)
    limit(page, tried.url, 1_000_000_000)
    tried.photo(SAMPLES / "cat.jpg")
    gone(page, RISK)


def test_browser_that_never_answers_holds_nothing_up(beside):
    """Firefox asks the person, and settles nothing until they answer."""
    page = beside.page
    page.add_init_script("navigator.storage.persist = () => new Promise(() => {});")
    beside.open()
    shown(page, OFFLINE)
    state(page, "state-promise")
    page.click("#state-persist")
    page.keyboard.press("Escape")
    page.locator("#room-state").wait_for(state="hidden")
    assert beside.sample("astronaut")["detections"]


def test_browser_that_tells_nothing_of_its_storage_gets_no_warning(beside):
    """WebKitGTK has no estimate()."""
    page = beside.page
    page.add_init_script("delete StorageManager.prototype.estimate;")
    beside.open()
    shown(page, OFFLINE)
    assert page.locator(RISK).is_hidden()
    assert "does not tell" in state(page, "state-used")


def test_download_that_found_no_room_is_said(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    limit(app.page, server.url, 3_000_000)
    app.page.click("#engine-action")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'failed'", ENGINE_MS)
    shown(app.page, RISK)
