"""Runs looking.py in the Pyodide of one engine, with our wheels as they are in wheels/dist."""

from __future__ import annotations

import base64
import io
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.engine.conftest import onnx_file, read_sample
from tools.bench.found_wheels import numpy_wheel
from tools.browser.in_worker import BrowserPyodide
from tools.browser.tab import Tab
from tools.paths import MODELS, PY

SAMPLE = "dog"
# Those whose weights are npm packages: every machine has them.
IDS = ("blazeface-back", "centernet-coco")
_HOME = "/looking"
_LOOK = f"""
import pathlib, sys
sys.path.insert(0, "{_HOME}")
import looking
looking.look_here(pathlib.Path("{_HOME}"))
"""


@dataclass(frozen=True)
class Looked:
    """What one wheel saw in one engine.

    Attributes:
        outputs: float32 arrays by "model/output".
        detections: plain lists by model.
        seconds: what the start took, by step.
    """

    outputs: dict[str, np.ndarray]
    detections: dict[str, list]
    seconds: dict[str, float]


def files() -> dict[str, bytes]:
    """All that looking.py needs, by path."""
    folders = [PY / "mekiki", MODELS / "labels", *(MODELS / model for model in IDS)]
    found = {"looking.py": Path(__file__).with_name("looking.py").read_bytes()}
    for folder in folders:
        base = PY if folder.parent == PY else MODELS.parent
        for path in folder.rglob("*.*"):
            if path.suffix in (".py", ".json"):
                found[path.relative_to(base).as_posix()] = path.read_bytes()
    for model in IDS:
        found[f"{model}.onnx"] = onnx_file(model).read_bytes()
    frame = io.BytesIO()
    np.save(frame, read_sample(SAMPLE))
    return {**found, "frame.npy": frame.getvalue()}


def look_in(tab: Tab, wheel: Path) -> Looked:
    """Starts a new Pyodide in the tab, and looks."""
    seconds, last = {}, time.monotonic()

    def note(step: str) -> None:
        nonlocal last
        now = time.monotonic()
        seconds[step], last = now - last, now

    with BrowserPyodide(tab=tab) as python:
        note("Pyodide")
        python.load(numpy_wheel(), wheel)
        note("wheels")
        python.run("import cv2")
        note("import cv2")
        for path, data in files().items():
            python.write(f"{_HOME}/{path}", data)
        answer = json.loads(str(python.run(_LOOK)))
    with np.load(io.BytesIO(base64.b64decode(answer["outputs"]))) as packed:
        outputs = dict(packed)
    return Looked(outputs, answer["detections"], seconds)
