"""Faults of the browser and of what it keeps."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Playwright

from tools.faults.row import Row
from tools.faults.scenarios.line import EXPECTED
from tools.faults.server import FaultyServer
from tools.faults.site import BuiltSite
from tools.faults.visit import PART, READY, STATE, Visit, visit

_ASSETS = "caches.keys().then((all) => caches.open(all.find((n) => n.includes('-assets:'))))"
_SHELL = "caches.keys().then((all) => caches.open(all.find((n) => n.includes('-precache-'))))"
# Also what comes after the first detection, if there is time.
_ALL_KEPT = """new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => resolve(data);
  navigator.serviceWorker.controller.postMessage({ type: "KEEP_ALL" }, [port2]);
})"""
_SPOIL = """async (url) => {
  const cache = await CACHE;
  const kept = await cache.match(url);
  const bytes = new Uint8Array(await kept.arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  await cache.put(url, new Response(bytes, { headers: kept.headers }));
}"""
_DELETE = "async (url) => (await CACHE).delete(url)"
_HISTORY = """new Promise((resolve) => {
  indexedDB.databases().then((all) => resolve(all.length));
})"""
HARMS = {"a byte flipped in": _SPOIL, "deleted:": _DELETE}


def _found(labels: list[str]) -> bool:
    return set(labels) >= EXPECTED


def kept_files(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """Each kept file of engine and model is damaged, and then deleted, in turn."""
    with visit(driver, server) as person:
        person.open()
        first = person.detect()
        for harm, script in HARMS.items():
            for asset in site.assets("engine", "model"):
                person.page.evaluate(script.replace("CACHE", _ASSETS), "/" + asset["url"])
                server.forget()
                person.page.reload(wait_until="commit")
                person.until(READY)
                labels = person.detect()
                own = {"/" + part["url"] for part in asset["parts"]}
                more = [s for s in server.log if s.path != "/sw.js" and s.path not in own]
                said = person.said().partition(" | ")[2] or "fetched again"
                again = site.again(server, {"/" + p["url"]: p["bytes"] for p in asset["parts"]})
                name = asset["url"].rsplit("/", 1)[1]
                good = labels == first and not more
                yield Row(f"{harm} {name[:32]}", said, again + sum(s.body for s in more), 0, good)


def shell_files(driver: Playwright, server: FaultyServer, _site: BuiltSite) -> Iterator[Row]:
    """Each file of the shell is damaged, and then deleted, in turn."""
    with visit(driver, server) as person:
        person.open()
        person.controlled()
        urls = person.value(f"{_SHELL}.then((c) => c.keys()).then((all) => all.map((k) => k.url))")
        for harm, script in HARMS.items():
            wrong = 0
            server.forget()
            for url in urls:
                path = url.split("?")[0]
                right = (server.folder / path.removeprefix(server.url)).read_bytes()
                person.page.evaluate(script.replace("CACHE", _SHELL), url)
                served = person.page.evaluate(
                    "async (url) => { const bytes = await (await fetch(url)).arrayBuffer();"
                    " const sum = await crypto.subtle.digest('SHA-256', bytes);"
                    " return btoa(String.fromCharCode(...new Uint8Array(sum))); }",
                    path,
                )
                wrong += served != base64.b64encode(hashlib.sha256(right).digest()).decode()
            person.page.reload(wait_until="commit")
            person.until(READY)
            said = f"{len(urls)} files, {len(server.log)} requests, {wrong} served wrong"
            yield Row(f"{harm} each file of the shell", said, -1, 0, wrong == 0)


def quota(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """The browser's room ends at each size in turn; then there is room."""
    for megabytes in (2, 8, 16, 26):
        with visit(driver, server) as person:
            person.open()
            person.controlled()
            session = person.context.new_cdp_session(person.page)
            limit = {"origin": server.url.rstrip("/"), "quotaSize": megabytes * 1_000_000}
            session.send("Storage.overrideQuotaForOrigin", limit)
            person.load()
            person.until(f"['failed', 'ready'].includes({STATE})")
            said = person.said()
            session.send("Storage.overrideQuotaForOrigin", {"origin": limit["origin"]})
            person.retry_until_ready()
            labels = person.detect()
            again = site.again(server, site.parts("engine", "model"))
            good = _found(labels) and ("room" in said.lower() or "Ready" in said)
            yield Row(f"room ends at {megabytes} MB", said, again, PART, good)


def killed(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """The browser's process is killed in the middle of the download, and started again."""
    with visit(driver, server) as person:
        person.open()
        person.controlled()
        person.page.evaluate("localStorage.setItem('mekiki:/:threshold:kept', '0.5')")
        person.page.wait_for_timeout(6000)  # Chromium writes it to disk when it likes
        parts = site.parts("engine", "model")
        server.faults.bits = 8_000_000
        person.load()
        while server.bodies() < sum(parts.values()) // 2:
            time.sleep(0.02)
        person.kill()
        server.faults.bits = 0
        person.start()
        person.open()
        left = person.said()
        kept = person.value("localStorage.getItem('mekiki:/:threshold:kept')") == "0.5"
        labels = person.detect()
        again = site.again(server, parts)
        yield Row("killed in the download", left, again, 4 * PART, _found(labels) and kept)


def release(site: Path, title: str) -> None:
    """Makes another release of a site: the page has another title."""
    index, worker = site / "index.html", site / "sw.js"
    index.write_text(re.sub(r"<title>[^<]*", f"<title>{title}", index.read_text("utf-8")))
    digest = base64.b64encode(hashlib.sha256(index.read_bytes()).digest()).decode()
    text = worker.read_text("utf-8")
    entry = next(re.finditer(r'\{[^{}]*"?url"?:"index\.html"[^{}]*\}', text))[0]
    other = re.sub(r"sha256-[^\"]+", f"sha256-{digest}", entry)
    revision = hashlib.sha256(digest.encode()).hexdigest()[:32]
    other = re.sub(r'("?revision"?:)"\w+"', rf'\1"{revision}"', other)
    worker.write_text(text.replace(entry, other), "utf-8")


def _updating(driver: Playwright, site: BuiltSite) -> Iterator[tuple[Visit, FaultyServer, Path]]:
    """A visit to a copy of the site that has detected, and whose host has a newer release."""
    with TemporaryDirectory(prefix="mekiki-site-") as folder:
        copy = Path(folder, "dist")
        shutil.copytree(site.dist, copy)
        own = FaultyServer(copy)
        try:
            with visit(driver, own) as person:
                person.open()
                person.detect()
                yield person, own, copy
        finally:
            own.stop()


def updates(driver: Playwright, _server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """A new version: the browser killed while it is applied; two tabs, old and new."""
    waiting = "document.querySelector('#message-text').textContent.includes('new version')"
    for person, own, copy in _updating(driver, site):
        release(copy, "mekiki new")
        person.page.reload(wait_until="commit")
        person.until(READY)
        person.until(waiting)
        own.forget()
        person.page.click("#message-action", no_wait_after=True)
        person.kill()
        person.start()
        person.open()
        title = person.page.title()
        labels = person.detect()
        big = [each for each in own.log if each.path.startswith("/assets/")]
        good = _found(labels) and not big
        said = f"started again as “{title}”, {len(big)} big files fetched, found {sorted(labels)}"
        yield Row("killed in the update", said, 0, 0, good)
    for person, own, copy in _updating(driver, site):
        old = person.page
        release(copy, "mekiki new")
        new = person.context.new_page()
        person.open(page=new)
        person.until(waiting, page=new)
        new.click("#message-action")
        person.until("document.title === 'mekiki new'", page=new)
        person.until(READY, page=new)
        person.until(waiting, page=old)  # the old tab is told
        own.forget()
        both = [person.detect(old), person.detect(new)]
        big = [each for each in own.log if each.path.startswith("/assets/")]
        good = all(_found(labels) for labels in both) and not big
        said = "the old tab is told; both detect, nothing fetched"
        yield Row("old and new version in two tabs", said, 0, 0, good)


def clocks(driver: Playwright, server: FaultyServer, site: BuiltSite) -> Iterator[Row]:
    """The phone's clock jumps: first seen in 2026, then in 1990, then in 2040."""
    with visit(driver, server) as person:
        person.open()
        person.detect()
        samples = len(site.tiers["samples"])
        person.until(
            f"{_ASSETS}.then((cache) => cache.keys()).then((all) =>"
            f" all.filter((each) => each.url.endsWith('.jpg')).length === {samples})"
        )
        person.until(_ALL_KEPT)
        for year in (1990, 2040):
            person.page.clock.set_system_time(f"{year}-01-01T00:00:00Z")
            server.forget()
            person.page.reload(wait_until="commit")
            person.until(READY)
            labels = person.detect()
            asked = [each.path for each in server.log if each.path != "/sw.js"]
            good = _found(labels) and not asked
            said = f"the page's clock; requests: {asked or 'none'}"
            again = site.again(server, site.parts("engine", "model"))
            yield Row(f"the clock says {year}", said, again, 0, good)
