"""A page of Chromium, by way of Playwright."""

from __future__ import annotations

from playwright.sync_api import Browser, ConsoleMessage

from tools.browser.tab import function_of, text_of, value_of


class ChromiumTab:
    """A page in a context of its own, in a browser that runs already.

    Attributes:
        page: Playwright's page, for what only Chromium is asked.
    """

    def __init__(self, browser: Browser) -> None:
        """Opens an empty page. The browser stays its owner's."""
        self._problems: list[str] = []
        self._context = browser.new_context()
        self.page = self._context.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self._problems.append(f"error: {error}"))

    def goto(self, url: str) -> None:
        """See Tab."""
        self.page.goto(url)

    def call(self, body: str, *arguments: object) -> object:
        """See Tab."""
        return value_of(self.page.evaluate(function_of(body), text_of(arguments)))

    def problems(self) -> list[str]:
        """See Tab."""
        return list(self._problems)

    def close(self) -> None:
        """See Tab."""
        self._context.close()

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._problems.append(f"{message.type}: {message.text}")
