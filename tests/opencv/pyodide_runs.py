"""Runs one of the run_*.py files inside Pyodide: a zip goes in, a zip comes out.

Such a file has a function `run(given, made)`, which reads the one path and writes the other, and
runs on this machine as well.
"""

from __future__ import annotations

import base64
import subprocess
import tempfile
from pathlib import Path

from tests.opencv.wheels import numpy_wheel
from tools.browser.in_worker import BrowserPyodide
from tools.paths import NODE_MODULES

_HERE = Path(__file__).resolve().parent


def in_browser(python: BrowserPyodide, script: Path, given: bytes) -> bytes:
    """What `run` of the script makes of `given`, in a worker that has numpy and cv2."""
    python.write("/sweep/in", given)
    python.write(f"/sweep/{script.name}", script.read_bytes())
    text = python.run(
        "import base64, pathlib, runpy\n"
        f"runpy.run_path('/sweep/{script.name}')['run']('/sweep/in', '/sweep/out')\n"
        "base64.b64encode(pathlib.Path('/sweep/out').read_bytes()).decode()"
    )
    return base64.b64decode(str(text))


def in_node(wheel: Path, script: Path, given: bytes) -> bytes:
    """The same in node, which starts faster: for trying a wheel while building it.

    Raises:
        RuntimeError: node failed; with what it said.
    """
    with tempfile.TemporaryDirectory() as scratch:
        put, made = Path(scratch, "in"), Path(scratch, "out")
        put.write_bytes(given)
        files = (NODE_MODULES / "pyodide", script, put, made, numpy_wheel(), wheel.resolve())
        command = ["node", str(_HERE / "in_node.mjs"), *map(str, files)]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        if ran.returncode:
            raise RuntimeError(f"node ended with {ran.returncode}: {ran.stderr[-2000:]}")
        return made.read_bytes()
