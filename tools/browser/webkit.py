"""A page of WebKitGTK, by way of WebDriver: Debian's stand-in for Safari.

https://www.w3.org/TR/webdriver2/, over plain HTTP.
"""

from __future__ import annotations

import os
import shutil
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.browser.own_process import OwnProcess
from tools.browser.tab import CALL_SECONDS, START_SECONDS, function_of, text_of, value_of
from tools.browser.webdriver import Session, listens
from tools.errors import BuildError

# There is no GPU to composite with, and the sandbox wants rights that a container does not have.
# Only pages of this project are opened.
_ENVIRONMENT = {
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
}
# This WebDriver tells nothing of the console, and MiniBrowser, driven by it, writes none of it.
_LISTEN = """
  const kept = globalThis.problemsOfThisPage = [];
  for (const level of ["error", "warn"]) {
    const usual = console[level];
    console[level] = (...said) => {
      kept.push(`${level}: ${said.join(" ")}`);
      usual.apply(console, said);
    };
  }
  addEventListener("error", ({ message }) => kept.push(`error: ${message}`));
  addEventListener("unhandledrejection", ({ reason }) => kept.push(`error: ${reason}`));
"""
_CALL = "const done = arguments[arguments.length - 1]; (%s)(arguments[0]).then(done);"


def programs() -> tuple[str, str, str]:
    """The paths of WebKitWebDriver, Xvfb and MiniBrowser.

    Raises:
        BuildError: `no-webkit`.
    """
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
    if not (driver and screen and browsers):
        raise BuildError("no-webkit", do="install webkit2gtk-driver and xvfb")
    return driver, screen, str(browsers[0])


class WebKitTab:
    """The one page of a MiniBrowser started for it, on a screen of its own."""

    def __init__(self) -> None:
        """Starts the screen, the driver and the browser.

        Raises:
            BuildError: `no-webkit`, `browser-start-failed`, `browser-refused`.
        """
        driver, screen, browser = programs()
        with ExitStack() as opened:
            scratch = Path(opened.enter_context(TemporaryDirectory(ignore_cleanup_errors=True)))
            display = _start_screen(screen, scratch, opened)
            environment = {**_ENVIRONMENT, "HOME": str(scratch), "DISPLAY": display}
            port = _free_port()
            process = OwnProcess([driver, f"--port={port}"], scratch / "driver", environment)
            opened.callback(process.stop)
            _wait_until_it_listens(process, port)
            options = {"binary": browser, "args": ["--automation"]}
            self._session = Session(port, {"webkitgtk:browserOptions": options})
            opened.callback(self._session.end)
            self._session.ask("POST", "timeouts", {"script": int(CALL_SECONDS * 1000)})
            self._open = opened.pop_all()

    def goto(self, url: str) -> None:
        """See Tab."""
        self._session.ask("POST", "url", {"url": url})
        self.call(_LISTEN)

    def call(self, body: str, *arguments: object) -> object:
        """See Tab."""
        script = {"script": _CALL % function_of(body), "args": [text_of(arguments)]}
        return value_of(str(self._session.ask("POST", "execute/async", script)))

    def problems(self) -> list[str]:
        """See Tab; only of this page, and only what came after it had loaded."""
        found = self.call("return globalThis.problemsOfThisPage")
        return [str(each) for each in found] if isinstance(found, list) else []

    def close(self) -> None:
        """See Tab."""
        self._open.close()


def _start_screen(program: str, scratch: Path, opened: ExitStack) -> str:
    """Starts an X server that finds a free number by itself, and returns its name."""
    read, write = os.pipe()
    try:
        command = [program, "-displayfd", str(write), "-screen", "0", "1280x1024x24"]
        command += ["-nolisten", "tcp"]
        process = OwnProcess(command, scratch / "screen", {}, pass_fds=(write,))
    finally:
        os.close(write)
    opened.callback(process.stop)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()  # empty when the server ends without one
    if not number:
        raise process.failed()
    return f":{number}"


def _wait_until_it_listens(driver: OwnProcess, port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while not listens(port):
        if time.monotonic() > end or not driver.running():
            raise driver.failed()
        time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
