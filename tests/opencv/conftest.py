"""Our wheels in Chromium's Pyodide, one worker for each wheel."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.opencv.wheels import numpy_wheel, wheels_under_test
from tools.browser.in_worker import BrowserPyodide


class InItsOwnThread:
    """BrowserPyodide, all of it in one other thread.

    Playwright allows one driver a thread, and the tests of the site hold this thread's until the
    end of the session.
    """

    def __init__(self):
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._python = BrowserPyodide()
        self._call(self._python.__enter__)

    def _call(self, function, *arguments, **named):
        return self._thread.submit(function, *arguments, **named).result()

    def load(self, *wheels):
        self._call(self._python.load, *wheels)

    def write(self, path, data):
        self._call(self._python.write, path, data)

    def run(self, source, **named):
        return self._call(self._python.run, source, **named)

    def stop(self):
        self._call(self._python.__exit__, None, None, None)
        self._thread.shutdown()


@pytest.fixture(scope="session", params=wheels_under_test().items(), ids=lambda pair: pair[0])
def python(request):
    """Pyodide in a worker, with numpy and the wheel under test."""
    running = InItsOwnThread()
    try:
        running.load(numpy_wheel(), request.param[1])
        yield running
    finally:
        running.stop()
