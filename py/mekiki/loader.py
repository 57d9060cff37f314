"""Reads a model's folder: its facts, its labels and its decoder. Not its ONNX file."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

from mekiki import decoders
from mekiki.decoder import Decoder
from mekiki.errors import MekikiError, describe
from mekiki.fields import Fields
from mekiki.spec import ModelSpec

_ID = re.compile("[a-z0-9][a-z0-9-]{0,99}")  # a folder's name and no way out of it


def load_model(folder: Path) -> tuple[ModelSpec, Decoder]:
    """Reads `folder`/model.json, its labels, and decode.py unless it names a decoder of ours.

    A decode.py is code and runs with all rights of the engine: load only folders of this project,
    and those whose code the person has agreed to.

    Raises:
        MekikiError: `spec-unreadable`, `spec-invalid`, `decode-unreadable`.
    """
    data = _read_json(folder / "model.json")
    spec = ModelSpec.from_dict(data, _labels(Fields(data), folder))
    if spec.decoder is not None:
        return spec, decoders.find(spec.decoder)
    return spec, _own_decoder(folder / "decode.py", spec.id)


def write_model(models: Path, facts: str, decode: str) -> str:
    """Writes a folder that `load_model` reads, replacing one of the same id.

    Args:
        models: folder of the models.
        facts: text of its model.json.
        decode: text of its decode.py; empty for none.

    Returns:
        Its id, the folder's name.

    Raises:
        MekikiError: `spec-unreadable`, `spec-invalid`.
    """
    try:
        fields = Fields(json.loads(facts))
    except ValueError as error:
        raise MekikiError("spec-unreadable", file="model.json", detail=str(error)) from error
    model_id = fields.text("id")
    if not _ID.fullmatch(model_id):
        fields.fail("id", "small letters, digits and hyphens")
    folder = models / model_id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.json").write_text(facts, encoding="utf-8")
    code = folder / "decode.py"
    code.unlink(missing_ok=True)
    if decode:
        code.write_text(decode, encoding="utf-8")
    return model_id


def _labels(fields: Fields, folder: Path) -> tuple[str, ...]:
    """English names of the classes: in the facts themselves, or in a list shared by models."""
    if fields.is_object("labels"):
        return fields.section("labels").texts("en")
    path = folder.parent / "labels" / f"{fields.text('labels')}.json"
    return Fields(_read_json(path)).texts("en")


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MekikiError("spec-unreadable", file=path.name, detail=str(error)) from error


def _own_decoder(path: Path, model_id: str) -> Decoder:
    """The functions of a file that is on no import path.

    The module is kept out of sys.modules, so loading again always means the file as it is now.
    """
    name = "_mekiki_decode_" + model_id.replace("-", "_")
    found = importlib.util.spec_from_file_location(name, path)
    if found is None or found.loader is None:
        raise MekikiError("decode-unreadable", model=model_id, detail="not a Python file")
    module: ModuleType = importlib.util.module_from_spec(found)
    try:
        found.loader.exec_module(module)
        return Decoder(module.decode, getattr(module, "load", None))
    except Exception as error:  # running a module may raise anything
        detail = describe(error)
        raise MekikiError("decode-unreadable", model=model_id, detail=detail) from error
