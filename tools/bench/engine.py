"""An engine that can be asked to run a network: a worker in the page, or a native process."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Error, Page

from tools.bench.inputs import Subject
from tools.errors import BuildError
from tools.paths import ROOT

Outputs = dict[str, NDArray[np.float32]]


class Engine(Protocol):
    """What the rounds need of an engine.

    Attributes:
        name: as the tables call it.
        version: of the library in it.
    """

    name: str
    version: str

    def load(self, subject: Subject) -> None:
        """Reads a network and its input, in the place of what was loaded before."""

    def run(self, times: int) -> list[float]:
        """Milliseconds of each of `times` forward passes."""

    def outputs(self) -> Outputs:
        """What the last pass gave."""

    def close(self) -> None:
        """Frees everything."""


def _decoded(encoded: list[dict[str, Any]]) -> Outputs:
    return {
        each["name"]: np.frombuffer(base64.b64decode(each["data"]), np.float32).reshape(
            each["shape"]
        )
        for each in encoded
    }


class BrowserEngine:
    """A worker of page/bench.mjs."""

    def __init__(
        self, page: Page, url: str, name: str, script: str, start: Mapping[str, Any]
    ) -> None:
        """Starts the worker.

        Args:
            page: where page/bench.html is open.
            url: of the server's root.
            name: of the engine.
            script: the worker's file in page/.
            start: what the worker's `start` wants.
        """
        self.name = name
        self._page = page
        self._url = url
        page.evaluate("([name, script]) => bench.start(name, script)", [name, script])
        self.version = str(self.ask("start", dict(start)))

    def ask(self, operation: str, argument: object = None) -> Any:  # noqa: ANN401
        """The worker's answer, anything that JSON can hold."""
        question = "([name, operation, argument]) => bench.ask(name, operation, argument)"
        try:
            return self._page.evaluate(question, [self.name, operation, argument])
        except Error as error:
            raise BuildError("engine-failed", engine=self.name, detail=error.message) from error

    def load(self, subject: Subject) -> None:
        """See Engine."""
        files = {
            "onnx": f"{self._url}inputs/{subject.onnx.name}",
            "blob": f"{self._url}inputs/{subject.blob.name}",
        }
        self.ask("load", subject.describe() | files)

    def run(self, times: int) -> list[float]:
        """See Engine."""
        return [float(value) for value in self.ask("run", times)]

    def outputs(self) -> Outputs:
        """See Engine."""
        return _decoded(self.ask("outputs"))

    def heap(self) -> int:
        """Bytes of the WebAssembly memory; for cv2 wheels only."""
        return int(self.ask("heap"))

    def profile(self, times: int) -> list[dict[str, Any]]:
        """Layers with their times, as forward.Network.profile gives them; cv2 wheels only."""
        return list(self.ask("profile", times))

    def close(self) -> None:
        """See Engine."""
        self._page.evaluate("(name) => bench.stop(name)", self.name)


class NativeEngine:
    """A process of tools.bench.native."""

    def __init__(self, library: str) -> None:
        """Starts it.

        Args:
            library: opencv or onnxruntime.
        """
        self.name = f"native {library}"
        one_thread = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.bench.native", library],
            cwd=ROOT,
            env=os.environ | one_thread,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.version = str(self._read())

    def _read(self) -> Any:  # noqa: ANN401
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise BuildError("native-engine-stopped", engine=self.name)
        return json.loads(line)

    def ask(self, operation: str, argument: object = None) -> Any:  # noqa: ANN401
        """The process's answer."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"operation": operation, "argument": argument}) + "\n")
        self._process.stdin.flush()
        return self._read()

    def load(self, subject: Subject) -> None:
        """See Engine."""
        files = {"onnx": str(subject.onnx), "blob": str(subject.blob)}
        self.ask("load", subject.describe() | files)

    def run(self, times: int) -> list[float]:
        """See Engine."""
        return [float(value) for value in self.ask("run", times)]

    def outputs(self) -> Outputs:
        """See Engine."""
        return _decoded(self.ask("outputs"))

    def close(self) -> None:
        """See Engine."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()
