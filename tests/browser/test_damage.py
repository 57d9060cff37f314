"""What is kept and was damaged or deleted since is noticed at the next start and fetched again."""

import pytest

from tests.browser.app import ALL_KEPT, App, catalogue, models
from tests.browser.conftest import ENGINE_MS, wait_until

FILES = "caches.keys().then((names) => caches.open(names.find((n) => n.includes('-assets:'))))"
SPOIL = f"""async (url) => {{
  const cache = await {FILES};
  const kept = await cache.match(url);
  const bytes = new Uint8Array(await kept.arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  await cache.put(url, new Response(bytes, {{ headers: kept.headers }}));
}}"""
DELETE = f"async (url) => (await {FILES}).delete(url)"


@pytest.fixture(scope="module")
def visited(open_module_context, module_server):
    """A page that has detected before, with everything kept."""
    watched = open_module_context()
    # What damaged runtimes say as they end, and a worker that is refused the network.
    watched.expected += ["pyodide", "wasm", "Aborted", "Failed to fetch", "net::ERR_FAILED"]
    app = App(watched.context.new_page(), module_server.url).open()
    found = app.sample("dog")
    wait_until(app.page, ALL_KEPT, ENGINE_MS)
    return app, sorted(each["label"] for each in found["detections"])


def kept(ending):
    tiers = catalogue()
    files = tiers["engine"] + tiers["engine-relaxed"] + tiers[f"model:{models()[0]}"]
    (found,) = [asset for asset in files if asset["url"].endswith(ending)]
    return found


@pytest.mark.parametrize(
    ("harm", "ending"),
    [
        (SPOIL, "/pyodide.asm.mjs"),
        (SPOIL, "/pyodide.asm.wasm"),
        (SPOIL, "/python_stdlib.zip"),
        (SPOIL, "/mekiki.zip"),
        (SPOIL, "/pyodide-lock.json"),
        (SPOIL, ".onnx"),
        (DELETE, "/pyodide.mjs"),
        (DELETE, ".onnx"),
    ],
)
def test_only_what_is_damaged_or_gone_is_fetched_again(visited, module_server, harm, ending):
    app, expected = visited
    asset = kept(ending)
    app.page.evaluate(harm, "/" + asset["url"])
    module_server.forget()
    app.reload()
    found = app.sample("dog")
    assert sorted(each["label"] for each in found["detections"]) == expected
    if harm == SPOIL:
        assert asset["url"].rsplit("/", 1)[1] in app.message()
    asked = [path for path in module_server.requests() if path != "/sw.js"]
    assert sorted(asked) == sorted("/" + part["url"] for part in asset["parts"])


def test_engine_is_refused_the_network_once_everything_is_kept(visited, module_server):
    app, _ = visited
    module_server.forget()
    answer = app.page.evaluate(
        """() => new Promise((resolve) => {
          const { href } = document.querySelector("link[href*='/app/bridge.mjs']");
          const worker = new Worker(href.replace("app/bridge.mjs", "py/worker.mjs?kept"),
            { type: "module" });
          worker.onmessage = ({ data }) => { worker.terminate(); resolve(data.answer); };
          const argument = { packages: [], code: "/assets/no/code.zip", lock: "/assets/no/lock",
            runtime: location.origin + "/assets/no/runtime.mjs", stdlib: "/assets/no/lib.zip" };
          worker.postMessage({ id: 1, operation: "start", argument });
        })"""
    )
    assert "engine-start-failed" in answer
    assert [path for path in module_server.requests() if path != "/sw.js"] == []
