"""Opens a page in the engine of that name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import sync_playwright

from tools.browser.chromium import launch
from tools.browser.chromium_tab import ChromiumTab
from tools.browser.firefox import FirefoxTab
from tools.browser.tab import Tab
from tools.browser.webkit import WebKitTab
from tools.errors import BuildError

ENGINES = ("chromium", "firefox", "webkit")
_STARTED_FOR_IT: dict[str, Callable[[], Tab]] = {"firefox": FirefoxTab, "webkit": WebKitTab}


@contextmanager
def open_tab(engine: str) -> Iterator[Tab]:
    """Starts the browser, and ends it with the `with` statement.

    Playwright, which drives Chromium, allows one driver per thread: who holds one makes a
    ChromiumTab.

    Raises:
        BuildError: `browser-engine-unknown`; `no-chromium`, `no-firefox`, `no-webkit`, with what
            to install; `browser-start-failed`.
    """
    if engine not in ENGINES:
        raise BuildError("browser-engine-unknown", engine=engine)
    if engine == "chromium":
        with sync_playwright() as playwright:
            browser = launch(playwright)
            try:
                yield ChromiumTab(browser)
            finally:
                browser.close()
        return
    tab = _STARTED_FOR_IT[engine]()
    try:
        yield tab
    finally:
        tab.close()
