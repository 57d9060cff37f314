"""After one visit: no requests, and no server needed."""

from tests.browser.app import ALL_KEPT, App
from tests.browser.conftest import ENGINE_MS, wait_until


def visit(open_context, server):
    app = App(open_context().context.new_page(), server.url).open()
    app.sample("dog")
    wait_until(app.page, ALL_KEPT, ENGINE_MS)
    return app


def test_second_visit_asks_the_server_for_nothing_but_the_service_worker(open_context, server):
    app = visit(open_context, server)
    server.forget()
    app.reload()
    assert app.sample("astronaut")["detections"]
    assert [path for path in server.requests() if path != "/sw.js"] == []


def test_killed_server_is_not_missed(open_context, server):
    app = visit(open_context, server)
    server.kill()
    app.reload()
    wait_until(
        app.page, "document.querySelector('#engine-text').textContent.includes('kept on this')"
    )
    assert app.sample("dog")["detections"]
    assert app.sample("cat")["width"] == 451
    app.open("?sample=coffee")
    wait_until(app.page, "globalThis.results.length", ENGINE_MS)


def test_nothing_is_downloaded_twice(open_context, server):
    app = visit(open_context, server)
    parts = [path for path in server.requests() if "/assets/" in path]
    assert len(parts) == len(set(parts))
    plain = [path for path in parts if path.endswith((".wasm", ".whl", ".zip", ".onnx"))]
    assert plain == []  # the worker found the whole files in the cache
    assert app.engine_state() == "ready"
