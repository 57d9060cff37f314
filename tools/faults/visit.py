"""A person's visit, in a browser profile of its own: opens the page, detects, starts again."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tools.browser.chromium import QUIET, executable
from tools.faults.server import FaultyServer

PATIENCE = 90.0  # seconds; for a machine with better things to do
PART = 256 << 10
READY = "document.documentElement.dataset.shell === 'interactive'"
STATE = "document.querySelector('#engine').dataset.state"
LABELS = "globalThis.seen.at(-1).detections.map((each) => each.label).sort()"
_LISTEN = """globalThis.seen = [];
document.addEventListener('mekiki:detections', (event) => seen.push(event.detail));"""


class Visit:
    """One browser on one profile."""

    def __init__(self, driver: Playwright, server: FaultyServer, profile: Path) -> None:
        self._driver, self.server, self.profile = driver, server, profile
        self.context: BrowserContext
        self.page: Page
        self.start()

    def start(self) -> None:
        """Starts the browser."""
        self.context = self._driver.chromium.launch_persistent_context(
            self.profile, executable_path=executable(), args=list(QUIET), headless=True
        )
        self.context.add_init_script(_LISTEN)
        self.page = self.context.pages[0]

    def kill(self) -> None:
        """Ends the browser's process as a phone does: at once, without a word."""
        session = self.context.browser.new_browser_cdp_session() if self.context.browser else None
        if session is None:
            session = self.context.new_cdp_session(self.page)
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        (pid,) = [each["id"] for each in processes if each["type"] == "browser"]
        os.kill(pid, signal.SIGKILL)
        time.sleep(0.5)
        with contextlib.suppress(Error):
            self.context.close()

    def close(self) -> None:
        """Ends the browser properly."""
        with contextlib.suppress(Error):
            self.context.close()

    def open(self, query: str = "", page: Page | None = None) -> Page:
        """Loads the page, and waits until it can be used."""
        page = page or self.page
        try:
            page.goto(self.server.url + query, wait_until="commit")
        except Error as error:
            # A page that mends itself is loaded again by itself, even before it was loaded.
            if "ERR_ABORTED" not in error.message:
                raise
        self.until(READY, page=page)
        return page

    def value(self, expression: str, page: Page | None = None) -> Any:  # noqa: ANN401  # whatever JavaScript gives
        """What an expression is in the page."""
        return (page or self.page).evaluate(expression)

    def until(self, expression: str, seconds: float = PATIENCE, page: Page | None = None) -> Any:  # noqa: ANN401  # whatever JavaScript gives
        """Waits until an expression is true in the page.

        Raises:
            TimeoutError: with what the page says.
        """
        end = time.monotonic() + seconds
        while True:
            try:
                found = self.value(expression, page)
            except Error:
                found = None  # the page is being loaded anew
            if found:
                return found
            if time.monotonic() > end:
                raise TimeoutError(f"never true: {expression}; the page says: {self.said(page)}")
            time.sleep(0.03)

    def said(self, page: Page | None = None) -> str:
        """What the page tells of its engine, and its message."""
        try:
            return str(
                self.value(
                    "(document.querySelector('#engine-text')?.textContent ?? '') + ' | ' +"
                    "(document.querySelector('#message:not([hidden]) p')?.textContent ?? '')",
                    page,
                )
            )
        except Error as error:
            return f"nothing: {error.message}"

    def controlled(self) -> None:
        """Waits until the service worker answers for the page."""
        self.until("navigator.serviceWorker.controller !== null")

    def load(self, page: Page | None = None) -> None:
        """Taps what starts, or goes on with, the download."""
        (page or self.page).click("#engine-action")

    def detect(self, page: Page | None = None) -> list[str]:
        """Labels found in the first sample."""
        before = self.value("globalThis.seen.length", page)
        (page or self.page).click("[data-sample=dog]")
        self.until(f"globalThis.seen.length > {before}", page=page)
        return list(self.value(LABELS, page))

    def retry_until_ready(self) -> None:
        """Taps again, as a person would, as long as it failed."""
        end = time.monotonic() + PATIENCE
        while self.value(STATE) != "ready":
            if self.value(STATE) == "failed":
                self.load()
            if time.monotonic() > end:
                raise TimeoutError(self.said())
            time.sleep(0.1)


@contextlib.contextmanager
def visit(driver: Playwright, server: FaultyServer) -> Iterator[Visit]:
    """A visit with a new profile, without faults at its beginning."""
    server.mend()
    server.forget()
    with TemporaryDirectory(prefix="mekiki-profile-", ignore_cleanup_errors=True) as profile:
        made = Visit(driver, server, Path(profile))
        try:
            yield made
        finally:
            made.close()
            server.mend()
