"""Real Chromium, the built site, and a server that counts requests and can be killed."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tools.browser.chromium import launch
from tools.browser.fake_camera import write_sequence

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
# The engine's first start compiles 10 MB of WebAssembly on whatever machine this is.
ENGINE_MS = 120_000


@dataclass
class Server:
    """A server in a process of its own, so that killing it also cuts open connections."""

    folder: Path
    prefix: str = "/"
    port: int = 0
    process: subprocess.Popen | None = None
    url: str = ""
    log: Path = field(default_factory=Path)

    def start(self):
        command = [sys.executable, "-m", "tests.browser.server", str(self.folder), self.prefix]
        self.process = subprocess.Popen(
            [*command, str(self.port), str(self.log)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self.process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}{self.prefix}"
        return self

    def kill(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def requests(self):
        """Paths asked for so far, in order."""
        return [json.loads(line)["path"] for line in self.log.read_text().splitlines()]

    def forget(self):
        self.log.write_text("")


@pytest.fixture(scope="session")
def playwright_driver():
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright_driver):
    """A browser without any camera, in which nobody has allowed one."""
    browser = launch(playwright_driver)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def camera_browser(playwright_driver, tmp_path_factory):
    """A browser whose camera shows a slow pan over a photo; contexts must still allow it."""
    sequence = tmp_path_factory.mktemp("camera") / "dog.mjpeg"
    write_sequence(ROOT / "app" / "samples" / "dog.jpg", sequence)
    browser = launch(playwright_driver, camera=sequence)
    yield browser
    browser.close()


@pytest.fixture
def server(tmp_path):
    server = Server(DIST, log=tmp_path / "requests.log").start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def module_server(tmp_path_factory):
    """A server for the tests of a module that share a page."""
    server = Server(DIST, log=tmp_path_factory.mktemp("server") / "requests.log").start()
    yield server
    server.kill()


class Watched:
    """A context whose pages may not write errors to the console or ask other origins."""

    def __init__(self, context: BrowserContext, origin: str):
        self.context = context
        self.problems: list[str] = []
        self.expected: list[str] = []  # parts of messages that the test brings about itself
        context.on("console", self._console)
        context.on("weberror", lambda error: self.problems.append(f"uncaught: {error.error}"))
        context.on("request", lambda request: self._request(request, origin))

    def _console(self, message):
        if message.type in ("error", "warning"):
            self.problems.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _request(self, request, origin):
        if not request.url.startswith((origin, "blob:", "data:")):
            self.problems.append(f"foreign request: {request.url}")

    def verdict(self):
        return [
            problem
            for problem in self.problems
            if not any(text in problem for text in self.expected)
        ]


def _watched_contexts(usual: Browser, server: Server):
    made: list[Watched] = []

    def make(browser: Browser = usual, origin: str = server.url, **options):
        watched = Watched(browser.new_context(**options), origin)
        made.append(watched)
        return watched

    yield make
    problems = [problem for watched in made for problem in watched.verdict()]
    for watched in made:
        watched.context.close()
    assert problems == []


@pytest.fixture
def open_context(browser, server):
    """Makes watched contexts; at the end none of them may have met a problem."""
    yield from _watched_contexts(browser, server)


@pytest.fixture(scope="module")
def open_module_context(browser, module_server):
    """The same for a page that the tests of a module share, and so its engine."""
    yield from _watched_contexts(browser, module_server)


def wait_until(page: Page, expression: str, milliseconds: int = 20_000):
    """Polls an expression in the page: wait_for_function needs eval, which the CSP refuses."""
    end = time.monotonic() + milliseconds / 1000
    while True:
        try:
            value = page.evaluate(expression)
        except Error as error:
            if "context was destroyed" not in error.message:  # the page is being loaded anew
                raise
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"never true: {expression}\n{page.inner_text('body')[:600]}")
        time.sleep(0.05)
