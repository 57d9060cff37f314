"""Another app on the same origin, above us or below us, that deletes every cache that it sees."""

import pytest

from tests.browser.app import App
from tests.browser.conftest import DIST, ENGINE_MS, Server, wait_until

# As careless ones do it: what is not of this version is taken for an old version of their own.
WORKER = """
const clear = async () => {
  const names = (await caches.keys()).filter((name) => name !== "theirs-v1");
  await Promise.all(names.map((name) => caches.delete(name)));
  await (await caches.open("theirs-v1")).put("theirs", new Response("theirs"));
  return names;
};
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(clear().then(() => clients.claim())));
self.addEventListener("message", async (event) => {
  event.source.postMessage(await clear());
});
"""
CLEAR = """async () => {
  await navigator.serviceWorker.register("their-sw.js");
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
    navigator.serviceWorker.startMessages();
    active.postMessage("clear");
  });
}"""
THEIRS = "caches.open('theirs-v1').then((c) => c.match('theirs')).then((kept) => kept.text())"
OURS = """caches.keys().then(async (names) => {
  const count = async (part) => {
    const name = names.find((each) => each.startsWith("mekiki-") && each.includes(part));
    return name ? (await (await caches.open(name)).keys()).length : 0;
  };
  return [await count("precache-"), await count("assets:")];
})"""


@pytest.mark.parametrize(("ours", "theirs"), [("mekiki/", ""), ("", "people/")])
def test_a_sibling_that_deletes_our_caches_costs_a_download_and_nothing_else(
    open_context, tmp_path, ours, theirs
):
    folder = tmp_path / "origin"
    for part in (ours, theirs):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for path in DIST.iterdir():
        (folder / ours / path.name).symlink_to(path)
    (folder / theirs / "their-sw.js").write_text(WORKER)
    (folder / theirs / "their.html").write_text("<!doctype html><title>theirs</title>")
    server = Server(folder, log=tmp_path / "origin.log").start()
    try:
        watched = open_context(origin=server.url)
        watched.expected.append("favicon.ico")
        sibling = watched.context.new_page()
        sibling.goto(f"{server.url}{theirs}their.html")
        sibling.evaluate(CLEAR)

        app = App(watched.context.new_page(), server.url + ours).open()
        wait_until(app.page, "navigator.serviceWorker.controller !== null")
        labels = sorted(each["label"] for each in app.sample("dog")["detections"])
        app.page.evaluate("localStorage.setItem(`mekiki:${location.pathname}:mark`, 'mine')")
        wait_until(app.page, f"{OURS}.then(([shell, files]) => shell > 50 && files > 5)", ENGINE_MS)

        # Our page may open them again at once, so it is told what was deleted, not what is there.
        deleted = " ".join(sibling.evaluate(CLEAR))
        assert "mekiki-precache" in deleted and "mekiki-assets" in deleted
        app.reload()
        found = app.sample("dog")
        assert sorted(each["label"] for each in found["detections"]) == labels
        wait_until(app.page, f"{OURS}.then(([shell, files]) => shell > 10 && files > 5)", ENGINE_MS)
        mark = "localStorage.getItem(`mekiki:${location.pathname}:mark`)"
        assert app.page.evaluate(mark) == "mine"
        assert sibling.evaluate(THEIRS) == "theirs"

        # Without the network: what was mended holds.
        wait_until(app.page, f"{OURS}.then(([shell]) => shell > 10)")
        server.kill()
        app.reload()
        again = app.sample("dog")
        assert sorted(each["label"] for each in again["detections"]) == labels
    finally:
        server.kill()
