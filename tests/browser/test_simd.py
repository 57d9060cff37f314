"""Two builds of OpenCV: each browser brings only its own, and one without SIMD is told so."""

import platform

import pytest

from tests.browser.app import App
from tests.browser.conftest import wait_until
from tools.browser.chromium import launch

# Chromium has no switch any more that takes relaxed SIMD away: the page is told so instead, by the
# only question that it asks. f32x4.relaxed_madd is written fd 85 02.
WITHOUT_RELAXED = """
const validate = WebAssembly.validate;
WebAssembly.validate = (bytes) =>
  !Array.from(bytes).join().includes("253,133,2") && validate(bytes);
"""
KEPT = """(async () => {
  const name = (await caches.keys()).find((name) => name.startsWith("mekiki-assets"));
  const cache = await caches.open(name);
  return (await cache.keys()).map((request) => request.url).filter((url) => url.endsWith(".whl"));
})()"""


def wheels(paths):
    """Which builds of OpenCV are among these paths."""
    return {level for level in ("simd", "relaxed") if any(f"-1{level}-" in path for path in paths)}


def facts(app):
    return app.page.text_content("#engine-facts")


def settled(app):
    """Waits until the samples are kept and what is not needed has gone, which comes last."""
    app.page.wait_for_timeout(5000)
    return wheels(app.page.evaluate(KEPT))


def assert_same(found, expected):
    assert [each["label"] for each in found] == [each["label"] for each in expected]
    for one, other in zip(found, expected, strict=True):
        assert one["score"] == pytest.approx(other["score"], abs=0.02)
        assert one["box"] == pytest.approx(other["box"], abs=2)


@pytest.fixture(scope="module")
def scalar_browser(playwright_driver):
    """Chromium as on a processor too old for SIMD: V8 needs SSE 4.1 on x86."""
    if platform.machine() not in ("x86_64", "AMD64"):
        pytest.skip("only on x86 can Chromium be told that the processor has no SIMD")
    browser = launch(playwright_driver, switches=["--js-flags=--no-enable-sse4-1"])
    yield browser
    browser.close()


def test_each_browser_downloads_only_its_own_build_and_finds_the_same(open_context, server):
    relaxed = App(open_context().context.new_page(), server.url).open()
    found = relaxed.sample("dog")["detections"]
    assert {each["label"] for each in found} >= {"dog", "bicycle"}
    assert "relaxed SIMD" in facts(relaxed)
    assert wheels(server.requests()) == {"relaxed"}

    server.forget()
    page = open_context().context.new_page()
    page.add_init_script(WITHOUT_RELAXED)
    plain = App(page, server.url).open()
    assert_same(plain.sample("dog")["detections"], found)
    assert "with SIMD" in facts(plain)
    assert wheels(server.requests()) == {"simd"}


def test_the_size_that_is_told_is_that_of_one_build(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    told = app.page.text_content("#engine-text")
    server.forget()
    app.sample("dog")
    app.page.wait_for_timeout(5000)
    parts = {path for path in server.requests() if "/assets/" in path and ".jpg" not in path}
    folder = server.folder
    count = sum((folder / path.lstrip("/")).stat().st_size for path in parts)
    assert f"{count / 1e6:.1f} MB" in told


def test_without_simd_it_is_said_and_nothing_is_asked_for(open_context, server, scalar_browser):
    context = open_context(scalar_browser, locale="ja-JP").context
    app = App(context.new_page(), server.url).open()
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'failed'")
    said = app.page.inner_text("#engine-text")
    for part in ("WebAssembly SIMD", "Chrome", "91", "Firefox 89", "Safari 16.4", "更新"):
        assert part in said
    assert not app.page.is_visible("#engine-action")

    app.page.click("#language")
    text = "document.getElementById('engine-text').textContent"
    wait_until(app.page, f"{text}.includes('This browser lacks WebAssembly SIMD')")
    app.page.click("[data-sample=cat]")
    wait_until(app.page, "document.querySelector('#photo').naturalWidth === 451")
    assert "This browser lacks WebAssembly SIMD" in app.page.inner_text("#engine-text")
    app.page.wait_for_timeout(1000)
    assets = [path for path in server.requests() if "/assets/" in path]
    assert [path for path in assets if not path.endswith(".jpg")] == []
    assert app.page.workers == []


def test_browser_that_learns_relaxed_simd_goes_on_offline_and_changes_online(open_context, server):
    watched = open_context()
    watched.expected.append("net::ERR_FAILED")
    before = watched.context.new_page()
    before.add_init_script(WITHOUT_RELAXED)
    app = App(before, server.url).open()
    found = app.sample("dog")["detections"]
    assert settled(app) == {"simd"}
    before.close()

    port = server.port
    server.kill()
    watched.context.set_offline(True)
    updated = App(watched.context.new_page(), server.url).open()
    wait_until(updated.page, "document.querySelector('#engine-text').textContent.includes('kept')")
    assert_same(updated.sample("dog")["detections"], found)
    assert "with SIMD" in facts(updated)
    assert settled(updated) == {"simd"}

    server.forget()
    server.port = port
    server.start()
    watched.context.set_offline(False)
    updated.reload()
    assert_same(updated.sample("dog")["detections"], found)
    assert "relaxed SIMD" in facts(updated)
    brought = [path for path in server.requests() if "/assets/" in path]
    assert brought != []
    assert [path for path in brought if "-1relaxed-" not in path and "lock.json" not in path] == []
    assert settled(updated) == {"relaxed"}


def test_build_that_does_not_start_is_followed_by_the_one_that_runs_everywhere(
    open_context, server
):
    """A browser that says it has relaxed SIMD and fails cannot be had: the wheel is damaged."""
    watched = open_context(service_workers="block")
    watched.expected += ["registration blocked", "loading opencv-python"]
    watched.expected.append("Failed to fetch")
    watched.context.route("**/*-1relaxed-*.whl", lambda route: route.fulfill(body=b"no wheel"))
    app = App(watched.context.new_page(), server.url).open()
    assert app.sample("dog")["detections"]
    assert "with SIMD" in facts(app)
    assert wheels(server.requests()) == {"simd"}
