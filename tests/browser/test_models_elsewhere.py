"""Models that others serve: a site with one, and another origin that serves it."""

import functools
import hashlib
import http.server
import json
import shutil
import threading

import pytest

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS, Server, wait_until
from tools.models.prepare import prepare
from tools.paths import CACHE, MODELS, NODE_MODULES
from tools.site import models as site_models
from tools.site.build import build_site

ID = "face-elsewhere"
CARD = f"#models-list article[data-model='{ID}']"


class Elsewhere(http.server.SimpleHTTPRequestHandler):
    """Another site, whose files any page may read; `answer` spoils them."""

    asked: list = []  # noqa: RUF012
    spoil = staticmethod(lambda content: content)

    def do_GET(self):
        self.asked.append(self.path)
        content = self.spoil((self.folder / self.path[1:]).read_bytes())
        self.send_response(200 if content else 503)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        pass


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A server with the graph of BlazeFace."""
    folder = tmp_path_factory.mktemp("elsewhere")
    ready = prepare(MODELS / "blazeface-back", cache=CACHE, node_modules=NODE_MODULES, mirror=None)
    ready = ready[0] if isinstance(ready, list) else ready
    shutil.copyfile(ready.path, folder / "face.onnx")
    Elsewhere.folder = folder
    handler = functools.partial(Elsewhere, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory, elsewhere):
    """A site with two models: one of its own, and one that is served elsewhere."""
    folder = tmp_path_factory.mktemp("models")
    for name in ("labels", "keypoints", "blazeface-back"):
        if (MODELS / name).is_dir():
            shutil.copytree(MODELS / name, folder / name)
    shutil.copytree(folder / "blazeface-back", folder / ID)
    graph = (Elsewhere.folder / "face.onnx").read_bytes()
    facts = json.loads((folder / ID / "model.json").read_text("utf-8"))
    exact = {"bytes": len(graph), "sha256": hashlib.sha256(graph).hexdigest()}
    urls = [f"{elsewhere}face.onnx"]
    facts |= {"id": ID, "order": 99, "delivery": "tap", "name": {"en": "Elsewhere", "ja": "よそ"}}
    facts["licence"] = {
        "spdx": "GPL-3.0-only",
        "holder": "Somebody",
        "url": "https://www.gnu.org/licenses/gpl-3.0.html",
        "note": "Who passes it on must pass on its licence.",
    }
    facts["source"] = {"kind": "url", "file": "face.onnx", "urls": urls, **exact}
    facts["onnx"] = [{"weights": "published", **exact}]
    (folder / ID / "model.json").write_text(json.dumps(facts), "utf-8")
    dist = tmp_path_factory.mktemp("site") / "dist"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(site_models, "MODELS", folder)
        build_site(dist, say=lambda _text: None)
    return dist


@pytest.fixture(scope="module")
def app(site, browser, tmp_path_factory):
    """A page of that site, which has found a face with its own model."""
    server = Server(site, log=tmp_path_factory.mktemp("log") / "requests.log").start()
    context = browser.new_context()
    problems = []
    context.on("console", lambda said: said.type == "error" and problems.append(said.text))
    foreign = []
    context.on("request", lambda request: foreign.append(request.url))
    app = App(context.new_page(), server.url).open()
    app.foreign = lambda: [
        url for url in foreign if not url.startswith((server.url, "blob:", "data:"))
    ]
    app.server = server
    app.sample("astronaut")
    yield app
    context.close()
    server.kill()
    # What the server refused on purpose is told by the browser itself.
    assert [each for each in problems if "503" not in each] == []


@pytest.fixture
def card(app):
    Elsewhere.spoil = staticmethod(lambda content: content)
    app.page.click("[data-room=models]")
    app.page.locator(CARD).wait_for()
    yield app.page.locator(CARD)
    if app.page.locator("#room-models[open]").count():  # a test may have loaded the page anew
        app.page.click("#room-models .room-close")


def press(card, act):
    card.locator(f"[data-act={act}]").click()


def said(page, text):
    wait_until(page, f"document.querySelector('#models-said').textContent.includes('{text}')")


def kept_files(app):
    keys = "caches.open(`mekiki-own:${location.pathname}`).then((cache) => cache.keys())"
    return app.page.evaluate(f"{keys}.then((keys) => keys.length)")


def test_it_is_not_in_the_site_and_nobody_is_asked_before_the_tap(app, site, card):
    assert {path.name for path in site.rglob("*.onnx")} == {"blazeface-back.onnx"}
    assert "127.0.0.1" in card.inner_text()
    assert app.page.locator(f"#model option[value={ID}]").count() == 0
    press(card, "ask")
    card.locator("[data-act=accept]").wait_for()
    assert "GPL-3.0-only, Somebody" in card.locator(".consent").inner_text()
    assert "Who passes it on" in card.locator(".consent").inner_text()
    press(card, "decline")
    card.locator("[data-act=ask]").wait_for()
    assert app.foreign() == []


def test_a_file_that_is_another_one_is_thrown_away(app, card):
    Elsewhere.spoil = staticmethod(lambda content: content[:-1] + b"!")
    press(card, "ask")
    press(card, "accept")
    said(app.page, "another file than the one this app knows")
    assert app.page.locator(f"#model option[value={ID}]").count() == 0
    assert kept_files(app) == 0


def test_a_host_that_refuses_is_named(app, card):
    Elsewhere.spoil = staticmethod(lambda _content: b"")
    press(card, "ask")
    press(card, "accept")
    said(app.page, "could not be fetched from 127.0.0.1")


def test_once_accepted_it_is_kept_and_detects_without_any_line(app, card, elsewhere):
    press(card, "ask")
    press(card, "accept")
    said(app.page, "Elsewhere is kept on this device")
    app.next_result(lambda: press(card, "use"))
    assert app.results()[-1]["model"] == ID
    assert app.results()[-1]["detections"][0]["label"] == "face"
    assert set(app.foreign()) == {f"{elsewhere}face.onnx"}
    wait_until(app.page, "!document.querySelector('#badge-offline').hidden", ENGINE_MS)
    asked = len(Elsewhere.asked)
    app.server.kill()
    app.reload()
    assert app.page.input_value("#model") == ID
    found = app.sample("astronaut")
    assert (found["model"], found["detections"][0]["label"]) == (ID, "face")
    assert len(Elsewhere.asked) == asked
    app.server.start()


def test_removed_it_is_gone_and_the_sites_own_model_is_used(app, card):
    press(card, "remove")
    said(app.page, "free again")
    wait_until(app.page, "document.querySelector('#model').value === 'blazeface-back'")
    card.locator("[data-act=ask]").wait_for()
    assert kept_files(app) == 0


def test_its_file_opened_by_hand_is_recognised(app):
    app.page.keyboard.press("Escape")
    app.next_result(lambda: app.choose(Elsewhere.folder / "face.onnx"))
    told = "document.querySelector('#own-busy')?.textContent"
    wait_until(app.page, f"{told}?.includes('This is Elsewhere')")
    assert app.page.input_value("#model") == ID
    assert app.results()[-1]["detections"][0]["label"] == "face"
    assert app.page.locator("#own-report").is_hidden()
