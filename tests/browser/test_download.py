"""The download on a bad line: said in words, resumed, verified."""

import time

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS, wait_until


def parts(server):
    return [path for path in server.requests() if "/assets/" in path and path[-4] == "."]


def test_download_goes_on_where_the_line_broke(open_context, server):
    watched = open_context()
    watched.expected += ["ERR_CONNECTION", "Failed to load resource", "ERR_INTERNET"]
    app = App(watched.context.new_page(), server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")

    def slow(route):  # on this machine the line would be done before it could be cut
        time.sleep(0.1)
        route.continue_()

    watched.context.route("**/assets/**", slow)
    app.page.click("#engine-action")
    wait_until(app.page, "document.querySelector('#engine-text').textContent.includes('%')")
    port = server.port
    while len(parts(server)) < 4:
        app.page.wait_for_timeout(20)
    server.kill()
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'failed'")
    assert "What has arrived is kept" in app.page.inner_text("#engine-text")
    first = parts(server)
    watched.context.unroute_all(behavior="ignoreErrors")
    server.forget()
    server.port = port
    server.start()
    app.page.click("#engine-action")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'ready'", ENGINE_MS)
    again = set(first) & set(parts(server))
    assert len(again) <= 1  # the part that was under way


def test_damaged_part_is_thrown_away_and_said(open_context, server):
    watched = open_context()
    context = watched.context
    app = App(context.new_page(), server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    damage = {"left": 1}

    def corrupt(route):
        if damage["left"] and route.request.url.endswith(".000"):
            damage["left"] -= 1
            route.fulfill(status=200, body=b"not what the build made")
        else:
            route.fallback()

    context.route("**/assets/**", corrupt)
    app.page.click("#engine-action")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'failed'", ENGINE_MS)
    assert "damaged" in app.page.inner_text("#engine-text")
    app.page.click("#engine-action")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'ready'", ENGINE_MS)
