"""Real Chromium, the built site, and a server that counts requests and can be killed."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
# The engine's first start compiles 10 MB of WebAssembly on whatever machine this is.
ENGINE_MS = 120_000
CHROMIUM = os.environ.get("MEKIKI_CHROMIUM") or shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*QUIET, "--use-fake-ui-for-media-stream"]
        )
        yield browser
        browser.close()


@pytest.fixture
def server(tmp_path):
    server = Server(DIST, log=tmp_path / "requests.log").start()
    yield server
    server.kill()


class Watched:
    """A context whose pages may not write errors to the console or ask other origins."""

    def __init__(self, context: BrowserContext, origin: str):
        self.context = context
        self.problems: list[str] = []
        self.expected: list[str] = []
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


@pytest.fixture
def open_context(browser: Browser, server):
    """Makes watched contexts; at the end none of them may have met a problem."""
    made: list[Watched] = []

    def make(**options):
        watched = Watched(browser.new_context(**options), server.url.split("/", 3)[2])
        watched = _origin(watched)
        made.append(watched)
        return watched

    def _origin(watched):
        return watched

    yield make
    problems = [problem for watched in made for problem in watched.verdict()]
    for watched in made:
        watched.context.close()
    assert problems == []


def wait_until(page: Page, expression: str, milliseconds: int = 20_000):
    """Polls an expression in the page: wait_for_function needs eval, which the CSP refuses."""
    end = time.monotonic() + milliseconds / 1000
    while True:
        value = page.evaluate(expression)
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"never true: {expression}\n{page.inner_text('body')[:600]}")
        time.sleep(0.05)


def reachable(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2):
            return True
    except OSError:
        return False
