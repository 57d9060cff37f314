"""Examines a bundle of files, and runs them. Runs in Pyodide, where mekiki is on the path.

A bundle is a zip: index.json maps names to {"outputs", "run"}, and each NAME is a file in it. The
answer is JSON: by name, the report of the doctor, what OpenCV did, and the doctor's seconds.
"""

import json
import time
import zipfile
from pathlib import Path

import forward

from mekiki.doctor import examine


def run(bundle, answer):
    """Reads a zip, and writes JSON."""
    made = {}
    with zipfile.ZipFile(bundle) as given:
        for name, asked in json.loads(given.read("index.json")).items():
            data = given.read(name)
            started = time.perf_counter()
            report = examine(data, name)
            seconds = time.perf_counter() - started
            shapes = report["estimate"]["input"]
            outcome = forward.outcome(data, shapes, asked["outputs"]) if asked["run"] else None
            made[name] = {"report": report, "outcome": outcome, "seconds": seconds}
    Path(answer).write_text(json.dumps(made), "utf-8")
