"""What OpenCV really does with a file: asked in a process of its own, for some files end it.

Run as a program it reads lines of JSON from stdin, {"path", "inputs": {name: shape}, "outputs":
[name]}, and writes a line for each: {"runs", "stage", "error"}. Nothing comes after the one that
ended the process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import cv2

from tests.engine.doctor.forward import outcome
from tools.paths import PY, ROOT


def outcomes(questions: Iterable[Mapping[str, object]]) -> list[dict[str, object]]:
    """The answer to each question {"path", "inputs", "outputs"}; `crash`: it ended."""
    waiting, answers = list(questions), []
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(str(each) for each in (ROOT, PY))}
    command = [sys.executable, "-m", "tests.engine.doctor.reality"]
    while waiting:
        lines = "".join(json.dumps(each) + "\n" for each in waiting)
        done = subprocess.run(
            command, input=lines, capture_output=True, text=True, check=False, env=environment
        )
        if done.returncode > 0:
            raise RuntimeError(done.stderr[-500:])
        found = [json.loads(line) for line in done.stdout.splitlines()]
        answers += found
        waiting = waiting[len(found) :]
        if waiting:
            answers.append({"runs": False, "stage": "crash", "error": str(done.returncode)})
            waiting = waiting[1:]
    return answers


if __name__ == "__main__":
    cv2.setNumThreads(1)
    for line in sys.stdin:
        asked = json.loads(line)
        data = Path(asked["path"]).read_bytes()
        print(json.dumps(outcome(data, asked["inputs"], asked["outputs"])), flush=True)
