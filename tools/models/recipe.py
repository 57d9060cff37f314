"""What `models/<id>/model.json` says about where a model comes from and what must come out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from tools.errors import BuildError
from tools.models.sources import FileSource, Json, Source, UrlSource, read_source

WEIGHTS = ("fp32", "fp16", "int8", "published")


@dataclass(frozen=True)
class Variant:
    """One ONNX file of a model.

    Attributes:
        weights: how those of its convolutions and their like are stored: "fp32", "fp16" or "int8";
            "published" leaves the file as others serve it.
        bytes: length of the file that must come out.
        sha256: its hash, hexadecimal.

    A file that lies in the model's folder and is published as it is need not be promised: it is
    whatever it is.
    """

    weights: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Recipe:
    """How to make one model.

    Attributes:
        model_id: the model's id.
        source: where it comes from.
        variants: what to make of it, the exact one first.
    """

    model_id: str
    source: Source
    variants: tuple[Variant, ...]


def read_recipe(model_dir: Path) -> Recipe:
    """Reads the keys `id`, `source` and `onnx` of `model_dir/model.json`.

    Raises:
        BuildError: `model-key-missing`; `model-value-unknown` for a kind of source or of weights
            that is not made here; `licence-forbids-embedding` for weights under the GPL that are
            to be part of the site.
    """
    path = model_dir / "model.json"
    spec: Json = json.loads(path.read_text("utf-8"))
    try:
        _check_licence(spec, path)
        source = read_source(spec["source"], path)
        variants = tuple(_variant(each, source, path) for each in spec["onnx"])
        if any(each.weights == "published" for each in variants):
            _check_published(variants, source, path)
        return Recipe(spec["id"], source, variants)
    except KeyError as missing:
        raise BuildError("model-key-missing", file=path, key=missing.args[0]) from missing


def _variant(variant: Json, source: Source, path: Path) -> Variant:
    weights = variant["weights"]
    if weights not in WEIGHTS:
        raise BuildError("model-value-unknown", file=path, key="onnx.weights", value=weights)
    if weights == "published" and isinstance(source, FileSource) and "sha256" not in variant:
        content = source.path.read_bytes() if source.path.is_file() else b""
        return Variant(weights, len(content), hashlib.sha256(content).hexdigest())
    return Variant(weights, variant["bytes"], variant["sha256"])


def _check_licence(spec: Json, path: Path) -> None:
    """A site under another licence must not hand out weights under the GPL as a part of it."""
    spdx = spec["licence"]["spdx"]
    if spdx.startswith(("GPL", "AGPL")) and spec.get("delivery", "site") == "site":
        raise BuildError(
            "licence-forbids-embedding", file=path, licence=spdx, do='"delivery": "tap"'
        )


def _check_published(variants: tuple[Variant, ...], source: Source, path: Path) -> None:
    """What is served as it is can only be what the source is said to be."""
    if isinstance(source, FileSource):
        return  # it says no more of it than `onnx` does
    for each in variants:
        wanted = isinstance(source, UrlSource) and (source.bytes, source.sha256)
        if each.weights == "published" and wanted != (each.bytes, each.sha256):
            raise BuildError("model-value-unknown", file=path, key="onnx.sha256", value=each.sha256)
