"""The built app in headless Chromium, given one picture after the other as a person would."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from tools.browser.chromium import launch
from tools.errors import BuildError
from tools.serve import Site

PATIENCE = 300.0  # seconds; the first picture waits for the engine
_LISTEN = """globalThis.found = [];
document.addEventListener('mekiki:detections', (event) => found.push(event.detail));"""
_THRESHOLD = """(percent) => {
  const slider = document.querySelector('#threshold');
  slider.value = percent;
  for (const type of ['input', 'change']) slider.dispatchEvent(new Event(type, {bubbles: true}));
}"""
_CHOSEN = """(model) => document.documentElement.dataset.shell === 'interactive' &&
  document.querySelector('#model').value === model"""
# What it found, or what it says that went wrong, or null as long as neither is there.
_ANSWER = """(before) => globalThis.found.length > before
  ? {found: globalThis.found.at(-1)}
  : document.querySelector('#message').hidden ? null
  : {error: document.querySelector('#message-text').textContent}"""


class App:
    """The page.

    Attributes:
        complaints: errors on its console, and exceptions that nobody caught.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def open(self, url: str, model: str, threshold: float | None) -> None:
        """Loads it, with this model and threshold.

        Raises:
            BuildError: `page-silent`.
        """
        self._page.add_init_script(_LISTEN)
        self._page.goto(f"{url}?{urlencode({'model': model})}")
        self._until(_CHOSEN, model)
        if threshold is not None:
            self._page.evaluate(_THRESHOLD, round(threshold * 100))

    def detect(self, picture: Path) -> dict[str, Any]:
        """`found`, the detail of the public event, or `error`, what the page says.

        Raises:
            BuildError: `page-silent`.
        """
        before = self._page.evaluate("globalThis.found.length")
        self._page.set_input_files("#file", picture)
        answer: dict[str, Any] = self._until(_ANSWER, before)
        if "error" in answer:
            self._page.click("#message-close")
        return answer

    def _until(self, function: str, argument: object) -> Any:  # noqa: ANN401  # whatever JavaScript gives
        """Polls: the page's policy forbids what Playwright would do in it."""
        end = time.monotonic() + PATIENCE
        while not (value := self._page.evaluate(function, argument)):
            if time.monotonic() > end:
                said = self._page.inner_text("#engine-text")
                raise BuildError("page-silent", says=said, console=self.complaints[-3:])
            time.sleep(0.02)
        return value


@contextlib.contextmanager
def app(dist: Path, model: str, threshold: float | None) -> Iterator[App]:
    """Serves the site on a free port and opens it; English, in a profile that is thrown away."""
    site = Site(dist)
    try:
        with sync_playwright() as playwright, contextlib.closing(launch(playwright)) as browser:
            opened = App(browser.new_context(locale="en").new_page())
            opened.open(site.url, model, threshold)
            yield opened
    finally:
        site.stop()
