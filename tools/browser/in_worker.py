"""Runs Python inside Pyodide, in a worker of a real browser: for the tests of our wheels.

Example:
    with BrowserPyodide(on_line=print) as python:
        python.load(numpy_wheel, opencv_wheel)
        python.write("/data/model.onnx", model.read_bytes())
        python.run("import cv2; cv2.__version__")
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser

from tools.browser.chromium_tab import ChromiumTab
from tools.browser.given_files import GivenFiles
from tools.browser.open_tab import ENGINES, open_tab
from tools.browser.tab import Tab
from tools.errors import BuildError
from tools.paths import NODE_MODULES

_HERE = Path(__file__).resolve().parent
_START_SECONDS = 120.0  # compiles 10 MB of WebAssembly on whatever machine this is


def _no_line(_: str) -> None:
    """Ignores what Python prints."""


class BrowserPyodide:
    """One Pyodide in one module worker of one page. Not for several threads: make one for each."""

    def __init__(
        self,
        *,
        engine: str = "chromium",
        browser: Browser | None = None,
        tab: Tab | None = None,
        pyodide: Path = NODE_MODULES / "pyodide",
        on_line: Callable[[str], object] = _no_line,
    ) -> None:
        """Nothing is started until the `with` statement.

        Args:
            engine: which browser to start: one of open_tab.ENGINES.
            browser: a Chromium that runs already, instead of starting `engine`. Playwright allows
                one driver per thread: where a fixture holds one, its browser must be given here.
            tab: a page of any engine, instead; it goes to another address.
            pyodide: folder of the npm package.
            on_line: gets each line that Python prints, without its end: in Chromium at once, in
                the others when `run` is done.

        Raises:
            BuildError: `browser-engine-unknown`.
        """
        if engine not in ENGINES:
            raise BuildError("browser-engine-unknown", engine=engine)
        self._engine, self._browser, self._given_tab = engine, browser, tab
        self._folders = {"page": _HERE, "pyodide": pyodide}
        self._on_line = on_line
        self._open = ExitStack()

    def __enter__(self) -> Self:
        """Starts the browser, the worker and Pyodide.

        Raises:
            BuildError: what `open_tab` raises; `worker-refused` when Pyodide does not start.
        """
        with ExitStack() as opened:
            self._files = GivenFiles(self._folders)
            opened.callback(self._files.stop)
            self._tab = self._given_tab or self._opened_tab(opened)
            if isinstance(self._tab, ChromiumTab) and self._tab is not self._given_tab:
                self._tab.page.expose_function("line", self._hear)
            self._tab.goto(f"{self._files.url}page/in_worker.html")
            runtime = f"{self._files.url}pyodide/pyodide.mjs"
            self._ask("start", _START_SECONDS, runtime=runtime)
            self._open = opened.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stops what `__enter__` started, and leaves a browser that was given running."""
        self._open.close()

    def load(self, *wheels: Path) -> None:
        """Installs wheels, in this order; what they depend on is not looked for.

        Raises:
            BuildError: `wheel-not-loaded`, with Pyodide's reason.
        """
        for wheel in wheels:
            url = self._files.give(wheel.name, wheel.read_bytes())
            try:
                self._ask("load", _START_SECONDS, url=url)
            except BuildError as error:
                reason = error.data.get("detail", error)
                raise BuildError("wheel-not-loaded", wheel=wheel.name, detail=reason) from None
            finally:
                self._files.take_back(url)

    def write(self, path: str, data: bytes) -> None:
        """Writes a file into Pyodide's file system, making its folders; `path` is absolute."""
        url = self._files.give("data", data)
        try:
            self._ask("write", _START_SECONDS, url=url, path=path)
        finally:
            self._files.take_back(url)

    def run(self, source: str, *, seconds: float = 600.0) -> object:
        """Runs Python statements in the worker's `__main__`; top-level `await` is allowed.

        Args:
            source: the statements. Names they bind are there for the next `run`.
            seconds: how long to wait; then the worker is stopped, and this object is done for.

        Returns:
            The value of the last statement if that is an expression, by way of JSON.

        Raises:
            BuildError: `python-raised`, with the traceback as `detail`; `worker-stopped` when
                the worker died; `worker-late` after `seconds`.
        """
        value: object = json.loads(str(self._ask("run", seconds, source=source)))
        return value

    def _opened_tab(self, opened: ExitStack) -> Tab:
        if self._browser is None:
            return opened.enter_context(open_tab(self._engine))
        tab = ChromiumTab(self._browser)
        opened.callback(tab.close)
        return tab

    def _hear(self, line: str) -> None:
        self._on_line(line)

    def _ask(self, operation: str, seconds: float, **argument: object) -> object:
        body = "const answer = await ask(...args); return { answer, lines: unheard.splice(0) };"
        told: Any = self._tab.call(body, operation, argument, seconds)
        for line in told["lines"]:
            self._on_line(line)
        answer: dict[str, Any] = told["answer"]
        if "late" in answer:
            raise BuildError("worker-late", operation=operation, seconds=seconds)
        if "stopped" in answer:
            raise BuildError("worker-stopped", operation=operation, detail=answer["stopped"])
        if "error" in answer:
            error = answer["error"]
            code = "python-raised" if error["type"] == "PythonError" else "worker-refused"
            raise BuildError(code, operation=operation, detail=error["text"])
        value: object = answer.get("value")  # JSON leaves out what is undefined
        return value
