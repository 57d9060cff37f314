"""What is measured: networks, each with one photo preprocessed by the project's own code."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2

from tools.errors import BuildError
from tools.models.prepare import Missing, prepare
from tools.paths import APP, CACHE, MODELS, NODE_MODULES, PY

sys.path.insert(0, str(PY))

from mekiki.loader import load_model
from mekiki.preprocess import Preprocessor
from mekiki.spec import InputSpec


@dataclass(frozen=True)
class Subject:
    """A network and its input, as files that every engine reads.

    Attributes:
        name: of the network.
        onnx: its file.
        blob: the input's file: float32, little-endian.
        shape: the input's, 1 x 3 x height x width.
        input: the input's name.
        outputs: names of the outputs.
    """

    name: str
    onnx: Path
    blob: Path
    shape: tuple[int, ...]
    input: str
    outputs: tuple[str, ...]

    def describe(self) -> dict[str, Any]:
        """Names and shape, for an engine's `load`."""
        return {"shape": list(self.shape), "input": self.input, "outputs": list(self.outputs)}

    def facts(self) -> dict[str, Any]:
        """For the report: `describe`, and the bytes and hash of the ONNX file."""
        content = self.onnx.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        return self.describe() | {"onnx_bytes": len(content), "onnx_sha256": digest}


def known_names() -> list[str]:
    """The networks that can be asked for, in the app's order: those that run in OpenCV alone."""
    specs = [json.loads(path.read_text("utf-8")) for path in MODELS.glob("*/model.json")]
    plain = [spec for spec in specs if spec["outputs"] not in (["*"], ["faces"])]
    return [spec["id"] for spec in sorted(plain, key=lambda spec: spec.get("order", 1000))]


def make_subjects(
    names: Sequence[str], folder: Path, *, mirror: Path | None = None
) -> tuple[list[Subject], list[Missing]]:
    """Writes the files of the networks called `names` into `folder`.

    Args:
        names: some of `known_names()`.
        folder: where to.
        mirror: a folder of model files; without it, the one that MEKIKI_MIRROR names.

    Returns:
        What can be measured, and what cannot because its file is not to be had.

    Raises:
        BuildError: `model-unknown`, and what preparing a model raises.
    """
    if mirror is None and os.environ.get("MEKIKI_MIRROR"):
        mirror = Path(os.environ["MEKIKI_MIRROR"])
    subjects, missing = [], []
    for name in names:
        if name not in known_names():
            raise BuildError("model-unknown", model=name, known=" ".join(known_names()))
        subject = _of_the_app(name, folder, mirror)
        if isinstance(subject, Missing):
            missing.append(subject)
        else:
            subjects.append(subject)
    return subjects, missing


def _of_the_app(name: str, folder: Path, mirror: Path | None) -> Subject | Missing:
    prepared = prepare(MODELS / name, cache=CACHE, node_modules=NODE_MODULES, mirror=mirror)
    if isinstance(prepared, Missing):
        return prepared
    spec, _ = load_model(MODELS / name)
    sample = json.loads((MODELS / name / "model.json").read_text("utf-8"))["expected"]["sample"]
    onnx = folder / f"{name}.onnx"
    shutil.copyfile(prepared[0].path, onnx)
    return _subject(onnx, spec.input, spec.outputs, sample)


def _subject(onnx: Path, spec: InputSpec, outputs: tuple[str, ...], sample: str) -> Subject:
    """Preprocesses a sample photo, on which the network finds something."""
    photo = cv2.imread(str(APP / "samples" / f"{sample}.jpg"))
    if photo is None:
        raise BuildError("photo-unreadable", sample=sample)
    preprocess = Preprocessor(spec)
    preprocess(cv2.cvtColor(photo, cv2.COLOR_BGR2RGBA).astype("uint8", copy=False))
    blob = onnx.with_suffix(".f32")
    blob.write_bytes(preprocess.blob.astype("<f4").tobytes())
    return Subject(onnx.stem, onnx, blob, preprocess.blob.shape, spec.name, outputs)
