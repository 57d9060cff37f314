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


def test_damage_and_sign_in_pages_are_told_apart_and_cost_one_part(open_context, server):
    watched = open_context()
    context = watched.context
    app = App(context.new_page(), server.url).open()
    wait_until(app.page, "navigator.serviceWorker.controller !== null")
    answers = {"body": b"not what the build made", "left": 1_000}

    def replace(route):
        if answers["left"] and ".000" in route.request.url:
            answers["left"] -= 1
            route.fulfill(status=200, body=answers["body"])
        else:
            route.fallback()

    context.route("**/assets/**", replace)
    failed = "document.querySelector('#engine').dataset.state === 'failed'"
    app.page.click("#engine-action")
    wait_until(app.page, failed, ENGINE_MS)
    assert "damaged" in app.page.inner_text("#engine-text")

    answers["body"] = b"<!DOCTYPE html><title>Welcome to our Wi-Fi</title>"
    app.page.click("#engine-action")
    wait_until(app.page, "document.querySelector('#engine-text').textContent.includes('sign in')")
    assert app.engine_state() == "failed"

    # A single damaged part is fetched again without a word.
    answers.update(body=b"not what the build made", left=1)
    server.forget()
    app.page.click("#engine-action")
    ready = "document.querySelector('#engine').dataset.state === 'ready'"
    wait_until(app.page, ready, ENGINE_MS)
    fetched = [path for path in server.requests() if "/assets/" in path]
    assert len([path for path in fetched if "?again=" in path]) == 1
    plain = [path.split("?")[0] for path in fetched]
    assert len(plain) == len(set(plain))


def test_pause_keeps_what_arrived_and_cancel_throws_it_away(open_context, server):
    context = open_context().context
    app = App(context.new_page(), server.url).open()
    page = app.page
    wait_until(page, "navigator.serviceWorker.controller !== null")
    # Of parts, and of the files that they became.
    kept = """(async () => {
        let bytes = 0
        for (const name of ["mekiki-parts:/", "mekiki-assets:/"]) {
            const cache = await caches.open(name)
            for (const key of await cache.keys())
                bytes += (await (await cache.match(key)).blob()).size
        }
        return bytes
    })()"""
    parts_kept = """caches.open('mekiki-parts:/').then((cache) => cache.keys())
        .then((keys) => keys.length)"""

    def slow(route):
        time.sleep(0.1)
        route.continue_()

    def begin():
        page.click("#engine-action")
        before = page.evaluate(kept)
        while page.evaluate(kept) < before + 500_000:
            page.wait_for_timeout(20)
        return page.evaluate(kept)

    context.route("**/assets/**", slow)
    arrived = begin()
    assert page.inner_text("#engine-action") == "Pause"
    page.click("#engine-action")
    wait_until(page, "document.querySelector('#engine-text').textContent.startsWith('Paused')")
    assert page.inner_text("#engine-action") == "Go on"
    assert page.evaluate(kept) >= arrived

    page.click("#engine-cancel")
    wait_until(page, "document.querySelector('#engine-action').textContent === 'Load'")
    assert page.evaluate(parts_kept) == 0

    server.forget()
    begin()
    page.click("#engine-action")
    wait_until(page, "document.querySelector('#engine-text').textContent.startsWith('Paused')")
    first = parts(server)
    app.reload()  # a tab closed meanwhile is no loss either, but for what was under way
    context.unroute_all(behavior="ignoreErrors")
    server.forget()
    page.click("#engine-action")
    wait_until(page, "document.querySelector('#engine').dataset.state === 'ready'", ENGINE_MS)
    second = parts(server)
    assert len(set(first) & set(second)) <= 4


def test_two_tabs_fetch_no_part_twice(open_context, server):
    context = open_context().context
    tabs = [App(context.new_page(), server.url).open() for _ in range(2)]
    for app in tabs:
        wait_until(app.page, "navigator.serviceWorker.controller !== null")
        app.page.click("#engine-action")
    for app in tabs:
        ready = "document.querySelector('#engine').dataset.state === 'ready'"
        wait_until(app.page, ready, ENGINE_MS)
    brought = parts(server)
    assert brought
    assert len(brought) == len(set(brought))
