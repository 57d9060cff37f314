"""The app as Chromium installs it: a window of its own, shortcuts, files opened with it.

Chromium without a screen installs and launches for whoever drives it, with a profile of its own
(private windows, as the other tests use, install nothing).
"""

from pathlib import Path

from playwright.sync_api import Page, Playwright

from tests.browser.app import RECORD, App
from tests.browser.conftest import wait_until
from tools.browser.chromium import QUIET, executable


class Installed:
    """A browser in which the app is installed."""

    def __init__(self, playwright: Playwright, profile: Path, url: str):
        self.url = url
        self.problems: list[str] = []
        self.context = playwright.chromium.launch_persistent_context(
            profile, executable_path=executable(), args=list(QUIET)
        )
        self.context.on("console", self._console)
        self.context.on("weberror", lambda error: self.problems.append(str(error.error)))
        self.context.add_init_script(RECORD)
        self.tab: Page = self.context.pages[0]
        self.tab.goto(url)
        wait_until(self.tab, "navigator.serviceWorker.controller !== null")
        # Chromium makes its offer by itself once it finds the app installable.
        wait_until(self.tab, "!document.querySelector('#install').hidden")
        self._protocol = self.context.new_cdp_session(self.tab)
        self._ask("install", installUrlOrBundleUrl=url)
        self._ask("changeAppUserSettings", displayMode="standalone")
        self.tab.goto("about:blank")

    def _console(self, message):
        if "icon from the Manifest" in message.text:
            return  # Chromium fetches them when it likes, and a tab that goes elsewhere cuts it off
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text}")

    def _ask(self, method: str, **arguments):
        return self._protocol.send(f"PWA.{method}", {"manifestId": self.url, **arguments})

    def windows(self) -> list[Page]:
        return [page for page in self.context.pages if page is not self.tab]

    def _launch(self, method: str, **arguments) -> App:
        if self.windows():
            self._ask(method, **arguments)
        else:
            with self.context.expect_page():
                self._ask(method, **arguments)
        [window] = self.windows()
        app = App.__new__(App)  # its page records already
        app.page, app.url = window, self.url
        return app.until_interactive()

    def launch(self, query: str = "") -> App:
        """Taps the app's icon, or one of its shortcuts."""
        return self._launch("launch", url=self.url + query)

    def open_files(self, *files: Path) -> App:
        """Opens files with the app, in the system's file manager."""
        return self._launch("launchFilesInApp", files=[str(file) for file in files])

    def quit(self):
        """Closes the app's window."""
        for window in self.windows():
            window.close()
