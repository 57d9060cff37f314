"""The shell as it is kept: checked on every read, mended by itself, all of a version or none."""

import re
import shutil

from tests.browser.app import App
from tests.browser.conftest import DIST, Server, wait_until

PRECACHE = "caches.keys().then((names) => caches.open(names.find((n) => n.includes('-precache-'))))"
KEYS = f"{PRECACHE}.then((cache) => cache.keys()).then((keys) => keys.map((key) => key.url))"
SPOIL = f"""async (url) => {{
  const cache = await {PRECACHE};
  const kept = await cache.match(url);
  const bytes = new Uint8Array(await kept.arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  await cache.put(url, new Response(bytes, {{ headers: kept.headers }}));
}}"""
DELETE = f"async (url) => (await {PRECACHE}).delete(url)"
SERVED = """async (url) => {
  const response = await fetch(url);
  const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}"""
KEPT = SERVED.replace("await fetch(url)", f"await (await {PRECACHE}).match(url)")


def visit(open_context, server):
    app = App(open_context(origin=server.url).context.new_page(), server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    return app


def test_each_file_that_is_damaged_or_deleted_is_mended(open_context, server):
    page = visit(open_context, server).page
    page.evaluate("caches.open('sibling').then((cache) => cache.put('/theirs', new Response('x')))")
    urls = page.evaluate(KEYS)
    right = {url: page.evaluate(KEPT, url) for url in urls}
    assert len(urls) > 50
    for harm in (SPOIL, DELETE):
        server.forget()
        for url in urls:
            page.evaluate(harm, url)
            assert page.evaluate(SERVED, url.split("?")[0]) == right[url], url
        wait_until(page, f"{KEYS}.then((keys) => keys.length === {len(urls)})")
        for url in urls:
            assert page.evaluate(KEPT, url) == right[url], url
        assert len(server.requests()) == len(urls)  # that file, once, and nothing else
    assert page.evaluate("caches.match('/theirs').then((kept) => kept.text())") == "x"


def test_without_a_network_damage_is_said_and_heals_when_there_is_one(open_context, server):
    watched = open_context()
    watched.expected.append("status of 503")
    page = visit(lambda **_: watched, server).page
    (index,) = [url for url in page.evaluate(KEYS) if "/index.html" in url and "/demos/" not in url]
    page.evaluate(SPOIL, index)
    port = server.port
    server.kill()
    answer = page.reload()
    assert answer.status == 503
    assert "damaged" in page.inner_text("body")
    assert "再読み込み" in page.inner_text("body")
    server.port = port
    server.start()
    App(page, server.url).reload()


def test_a_release_with_a_file_that_does_not_match_leaves_the_old_one(open_context, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(DIST, folder)
    server = Server(folder, log=tmp_path / "release.log").start()
    try:
        app = visit(open_context, server)
        index = folder / "index.html"
        index.write_text(index.read_text().replace("<title>mekiki", "<title>broken"))
        worker = folder / "sw.js"
        text = re.sub(r'(revision:|"revision":)"\w+"', r'\1"0123456789"', worker.read_text())
        worker.write_text(text)  # as a new release, but for the digest
        redundant = """navigator.serviceWorker.getRegistration().then((registration) =>
            new Promise((resolve) => {
              registration.addEventListener("updatefound", () => {
                const found = registration.installing;
                found.addEventListener("statechange", () => resolve(found.state));
              });
              registration.update();
            }))"""
        page = app.page
        page.context.set_default_timeout(60_000)
        assert page.evaluate(redundant) == "redundant"
        server.kill()
        app.reload()
        assert page.title() == "mekiki 目利き"
    finally:
        server.kill()
