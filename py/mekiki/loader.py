"""Reads a model's folder: its facts, its labels and its decoder. Not its ONNX file."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from mekiki.detector import Decode
from mekiki.errors import MekikiError, describe
from mekiki.fields import Fields
from mekiki.spec import ModelSpec


def load_model(folder: Path) -> tuple[ModelSpec, Decode]:
    """Reads `folder`/model.json and decode.py, and the labels in `folder`/../labels.

    The decoder is code and runs with all rights of the engine: load only folders of this project.

    Raises:
        MekikiError: `spec-unreadable`, `spec-invalid`, `decode-unreadable`.
    """
    data = _read_json(folder / "model.json")
    label_list = Fields(data).text("labels")
    labels = Fields(_read_json(folder.parent / "labels" / f"{label_list}.json")).texts("en")
    spec = ModelSpec.from_dict(data, labels)
    return spec, _load_decode(folder / "decode.py", spec.id)


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MekikiError("spec-unreadable", file=path.name, detail=str(error)) from error


def _load_decode(path: Path, model_id: str) -> Decode:
    """The function `decode` of a file that is on no import path.

    The module is kept out of sys.modules, so loading again always means the file as it is now.
    """
    name = "_mekiki_decode_" + model_id.replace("-", "_")
    module_spec = importlib.util.spec_from_file_location(name, path)
    if module_spec is None or module_spec.loader is None:
        raise MekikiError("decode-unreadable", model=model_id, detail="not a Python file")
    module = importlib.util.module_from_spec(module_spec)
    try:
        module_spec.loader.exec_module(module)
        decode: Decode = module.decode
    except Exception as error:  # running a module may raise anything
        detail = describe(error)
        raise MekikiError("decode-unreadable", model=model_id, detail=detail) from error
    return decode
