"""Faults of the line and of the host."""

from __future__ import annotations

import time
from collections.abc import Iterator

from playwright.sync_api import Error, Playwright

from tools.faults.row import Row
from tools.faults.server import FaultyServer
from tools.faults.site import BuiltSite
from tools.faults.visit import PART, READY, STATE, visit

EXPECTED = {"dog"}
DOWN_SECONDS = 1.5


def _found(labels: list[str]) -> bool:
    return set(labels) >= EXPECTED


def cuts(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """The line goes down at 10, 50 and 90 % of each tier, and comes back."""
    for kind in ("engine", "model"):
        parts = site.parts(kind)
        total = sum(parts.values())
        for percent in (10, 50, 90):
            with visit(driver, server) as person:
                person.open()
                person.controlled()
                server.faults.cut_paths = lambda path, parts=parts: path in parts  # type: ignore[misc]
                server.faults.cut_after = total * percent // 100
                person.load()
                # What is seen while it is down: tries again, or gives up and says so.
                person.until(
                    "document.querySelector('#engine-text').textContent.includes('trying again')"
                    f" || {STATE} === 'failed'"
                )
                said = person.said()
                time.sleep(DOWN_SECONDS)
                server.mend()
                person.retry_until_ready()
                labels = person.detect()
                again = site.again(server, site.parts("engine", "model"))
                yield Row(f"cut at {percent} % of the {kind}", said, again, PART, _found(labels))


def shell_cuts(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """The line goes down while the page itself arrives."""
    total = sum(
        path.stat().st_size
        for pattern in ("index.html", "shell-*/**/*", "vendor/micropython-*/*")
        for path in site.dist.glob(pattern)
        if path.is_file()
    )
    for percent in (10, 50, 90):
        with visit(driver, server) as person:
            server.faults.cut_after = total * percent // 100
            try:
                person.page.goto(server.url, wait_until="load", timeout=10_000)
                person.page.wait_for_timeout(1500)
            except Error:
                pass
            server.mend()
            ready = bool(person.page.url.startswith("http")) and person.value(READY)
            person.open()  # loaded again by hand
            labels = person.detect()
            said = "was usable already" if ready else "loaded again"
            yield Row(f"cut at {percent} % of the shell", said, -1, 0, _found(labels))


def failing(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """One answer in a hundred fails, over some visits; then, to see it at work, one in five."""
    for rate, visits in ((0.01, 4), (0.2, 1)):
        failed, again, labels = 0, 0, []
        for _ in range(visits):
            with visit(driver, server) as person:
                person.open()
                person.controlled()
                server.faults.error_rate = rate
                person.load()
                person.retry_until_ready()
                labels.append(person.detect())
                again += site.again(server, site.parts("engine", "model"))
                failed += server.failed
        said = f"{failed} errors, and bodies that broke off, tried again"
        good = all(_found(each) for each in labels)
        yield Row(f"{rate:.0%} of answers fail", said, again, PART * failed, good)


def storms(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """The host is busy for a while, with and without saying how long."""
    for retry_after in (0, 2):
        with visit(driver, server) as person:
            person.open()
            person.controlled()
            server.faults.status, server.faults.retry_after = 503, retry_after
            person.load()
            person.until(
                "document.querySelector('#engine-text').textContent.includes('trying again')"
            )
            said = person.said()
            time.sleep(3)
            asked = sum(each.status == 503 for each in server.log)
            server.mend()
            person.retry_until_ready()
            labels = person.detect()
            again = site.again(server, site.parts("engine", "model"))
            name = f"503 for 3 s, Retry-After: {retry_after or 'none'}"
            said += f" ({asked} requests)"
            yield Row(name, said, again, PART, _found(labels))


def portal(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """Every address is answered with a page to sign in."""
    with visit(driver, server) as person:
        person.open()
        person.controlled()
        server.faults.portal = True
        person.load()
        person.until(f"{STATE} === 'failed'")
        said = person.said()
        person.page.reload(wait_until="commit")
        person.until(READY)  # the app itself is kept, whatever the network answers
        server.mend()
        person.load()
        person.retry_until_ready()
        labels = person.detect()
        again = site.again(server, site.parts("engine", "model"))
        good = _found(labels) and "sign in" in said
        yield Row("captive portal", said, again, PART, good)


def types(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """A host that knows no type but text/plain, for all that browsers do not insist on."""
    with visit(driver, server) as person:
        server.faults.mime = "text/plain"
        server.faults.mime_of = (
            ".wasm",
            ".romfs",
            ".whl",
            ".zip",
            ".onnx",
            ".json",
            ".webp",
            *".0",
        )
        person.open()
        labels = person.detect()
        said = "wasm, zip, whl, onnx, json, webp and parts as text/plain"
        again = site.again(server, site.parts("engine", "model"))
        yield Row("wrong MIME types", said, again, PART, _found(labels))
    with visit(driver, server) as person:
        server.faults.mime, server.faults.mime_of = "application/octet-stream", (".mjs",)
        person.page.goto(server.url, wait_until="load")
        person.until("getComputedStyle(document.querySelector('#shell-failed')).display !== 'none'")
        said = person.page.inner_text("#shell-failed")
        server.mend()
        person.page.goto(server.url, wait_until="load")
        person.page.wait_for_timeout(2000)  # what was kept with the wrong type is asked for anew
        person.open()
        labels = person.detect()
        yield Row("modules as octet-stream", said, -1, 0, _found(labels))


def tabs(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """Two tabs want the same at once."""
    with visit(driver, server) as person:
        person.open()
        person.controlled()
        other = person.open(page=person.context.new_page())
        person.load()
        person.load(other)
        person.retry_until_ready()
        person.until(f"{STATE} === 'ready'", page=other)
        again = site.again(server, site.parts("engine", "model"))
        labels = person.detect(other)
        yield Row("two tabs download at once", "each part once", again, 0, _found(labels))
