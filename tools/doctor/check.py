"""Loads an ONNX file for real, in OpenCV and in onnxruntime, and compares what comes out."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mekiki.onnx_check import MOST_ELEMENTS
from tools.doctor.words import sentence
from tools.paths import ROOT

LIMIT = 120.0  # seconds for starting, loading and four passes
# Of the largest number onnxruntime gives: float32 sums in another order differ by about 1e-6.
ALIKE = 1e-3


@dataclass(frozen=True)
class Check:
    """What became of it.

    Attributes:
        verdict: the doctor's.
        opencv, reference: of each `runs`, `stage`, `error`, `ms` (one thread).
        differences: by output, the largest difference; None where the shapes differ.
        largest: of the numbers that onnxruntime gives, by output.
        apart: how far the outputs are from onnxruntime's on the whole: the length of all
            differences, as a part of that of all numbers.
    """

    verdict: str
    opencv: Mapping[str, Any]
    reference: Mapping[str, Any]
    differences: Mapping[str, float | None]
    largest: Mapping[str, float]
    apart: float

    @property
    def right(self) -> bool:
        """Whether the verdict is what happened."""
        return (self.verdict == "runs") == bool(self.opencv["runs"])

    @property
    def alike(self) -> bool:
        """Whether both run and give the same, as far as float32 can."""
        return bool(self.differences) and all(
            difference is not None and difference <= ALIKE * max(1.0, self.largest[name])
            for name, difference in self.differences.items()
        )

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "opencv": dict(self.opencv),
            "onnxruntime": dict(self.reference),
            "differences": {name: _number(each) for name, each in self.differences.items()},
            "apart": _number(self.apart),
            "alike": self.alike,
            "right": self.right,
        }


def _number(value: float | None) -> float | None:
    """None for what JSON has no number for."""
    return value if value is not None and math.isfinite(value) else None


def check(report: Mapping[str, Any], path: Path, original: Path | None = None) -> Check:
    """Runs `path` in OpenCV and `original`, or the same file, in onnxruntime.

    Args:
        report: the doctor's, of `path`; its shapes are used.
        path: the file.
        original: a file that has to give the same.
    """
    whole = [each["name"] for each in report["facts"]["inputs"] if "float" not in each["type"]]
    shapes = report["estimate"]["input"]
    if any(math.prod(shape) > MOST_ELEMENTS for shape in shapes.values()):
        return _untried(report["verdict"], "an input larger than memory")
    inputs = pictures(shapes, whole)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        np.savez(folder / "inputs.npz", **inputs)  # type: ignore[arg-type]
        opencv, found = _trial("opencv", path, folder)
        reference, wanted = _trial("onnxruntime", original or path, folder)
    return Check(
        report["verdict"],
        opencv,
        reference,
        _differences(found, wanted),
        {name: _largest_of(wanted[name].astype(np.float64)) for name in wanted if name in found},
        _apart(found, wanted),
    )


def _untried(verdict: str, why: str) -> Check:
    told = {"runs": False, "stage": "input", "error": why, "ms": None}
    return Check(verdict, told, told, {}, {}, math.inf)


def pictures(
    shapes: Mapping[str, Sequence[int]], whole: Collection[str]
) -> dict[str, NDArray[np.float32]]:
    """Inputs of these shapes, the same each time: noise from 0 to 1, and whole for some."""
    rng = np.random.default_rng(0)
    noise = {name: rng.random(tuple(shape), np.float32) for name, shape in shapes.items()}
    return {name: np.rint(each) if name in whole else each for name, each in noise.items()}


def _trial(engine: str, path: Path, folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What it said, and its outputs by name."""
    made = folder / f"{engine}.npz"
    files = [str(path.resolve()), str(folder / "inputs.npz"), str(made)]
    command = [sys.executable, "-m", "tools.doctor.trial", engine, *files]
    failed = {"runs": False, "error": "", "ms": None}
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        return {**failed, "stage": "time", "error": f"more than {LIMIT:.0f} seconds"}, {}
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:]
        return {**failed, "stage": "crash", "error": " ".join([str(done.returncode), *last])}, {}
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if not told["runs"]:
        return told, {}
    with np.load(made) as archive:
        return told, dict(archive)


def _differences(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, float | None]:
    differences: dict[str, float | None] = {}
    for name in wanted:
        if name not in found:
            continue
        one, other = found[name].astype(np.float64), wanted[name].astype(np.float64)
        # OpenCV makes a column of a vector; the numbers are what matters.
        same = one.size == other.size
        differences[name] = _largest_of(one.ravel() - other.ravel()) if same else None
    return differences


def _apart(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> float:
    """Infinite where the shapes differ, or nothing can be compared."""
    names = [name for name in wanted if name in found]
    if not names or any(found[name].size != wanted[name].size for name in names):
        return math.inf
    one, other = (
        np.concatenate([each[name].astype(np.float64).ravel() for name in names])
        for each in (found, wanted)
    )
    return float(np.linalg.norm(one - other)) / max(float(np.linalg.norm(other)), 1e-12)


def _largest_of(values: NDArray[np.float64]) -> float:
    return float(np.abs(values).max(initial=0.0))


def check_text(checked: Check, *, rounded: bool = False) -> str:
    """What was tried, in words; for weights that were `rounded`, how far off they are."""
    lines = []
    for name, told in (("OpenCV", checked.opencv), ("onnxruntime", checked.reference)):
        if told["runs"]:
            lines.append(f"{name:<12}runs: {told['ms']:.1f} ms, one thread")
        else:
            said = " ".join(str(told["error"]).split())[:300]
            lines.append(f"{name:<12}does not run ({told['stage']}): {said}")
    for name, difference in checked.differences.items():
        size = f"of numbers up to {checked.largest[name]:.3g}"
        text = "another shape" if difference is None else f"differs by {difference:.2g} at most"
        lines.append(f"  {name}: {text}, {size}")
    if rounded:
        lines.append(f"Rounding the weights changes the numbers by {checked.apart:.2%} in all.")
    elif checked.differences:
        lines.append("The same numbers." if checked.alike else "NOT the same numbers.")
    right = "was right" if checked.right else "was WRONG"
    lines.append(f"The verdict “{sentence('verdict', checked.verdict)}” {right}.")
    return "\n".join(lines)
