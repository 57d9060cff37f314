"""Packs cases for run_cv2.py, and reads its answer."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from tests.opencv.operators.sketch import Case


@dataclass(frozen=True)
class Outcome:
    """What became of one case: outputs in the order of the graph's, or what was raised."""

    outputs: list[np.ndarray] | None
    error: str = ""


def pack(cases: Iterable[Case]) -> bytes:
    """A zip of models and inputs, as run_cv2.py reads it."""
    made = io.BytesIO()
    index = {}
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for case in cases:
            index[case.name] = [output.name for output in case.model.graph.output]
            archive.writestr(f"{case.name}.onnx", case.model.SerializeToString())
            inputs = io.BytesIO()
            np.savez(inputs, **case.inputs)
            archive.writestr(f"{case.name}.npz", inputs.getvalue())
        archive.writestr("index.json", json.dumps(index))
    return made.getvalue()


def unpack(answer: bytes) -> dict[str, Outcome]:
    """The outcome of each case, by name."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(answer)) as archive:
        for entry in archive.namelist():
            data = archive.read(entry)
            if entry.endswith(".txt"):
                found[entry.removesuffix(".txt")] = Outcome(None, data.decode())
                continue
            with np.load(io.BytesIO(data)) as arrays:
                outputs = [arrays[key] for key in arrays.files]
            found[entry.removesuffix(".npz")] = Outcome(outputs)
    return found
