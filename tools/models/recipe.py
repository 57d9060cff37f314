"""What `models/<id>/model.json` says about where a model comes from and what must come out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from tools.errors import BuildError


@dataclass(frozen=True)
class TfjsSource:
    """A TFJS graph model inside an npm package.

    Attributes:
        package: the npm package's name.
        version: the one version of it that is accepted.
        graph: the graph's json file, relative to the package.
        size: height and width to give the model's input, None to keep them.
        outputs: nodes of the graph.
        names: what the ONNX model calls these outputs.
    """

    package: str
    version: str
    graph: str
    size: tuple[int, int] | None
    outputs: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class UrlSource:
    """An ONNX file that others serve: its name, exact content, and addresses to try in turn."""

    file: str
    bytes: int
    sha256: str
    urls: tuple[str, ...]


@dataclass(frozen=True)
class Recipe:
    """How to make one model.

    Attributes:
        model_id: the model's id.
        source: where it comes from.
        weights: how Conv and Gemm weights are stored: "fp16" or "fp32".
        bytes: length of the ONNX file that must come out.
        sha256: its hash, hexadecimal.
    """

    model_id: str
    source: TfjsSource | UrlSource
    weights: str
    bytes: int
    sha256: str


Json: TypeAlias = dict[str, Any]


def read_recipe(model_dir: Path) -> Recipe:
    """Reads the keys `id`, `source` and `onnx` of `model_dir/model.json`.

    Raises:
        BuildError: `model-key-missing`, or `model-value-unknown` for a kind of source or of
            weights that is not made here.
    """
    path = model_dir / "model.json"
    spec: Json = json.loads(path.read_text("utf-8"))
    try:
        weights = spec["onnx"]["weights"]
        if weights not in ("fp16", "fp32"):
            raise BuildError("model-value-unknown", file=path, key="onnx.weights", value=weights)
        return Recipe(
            model_id=spec["id"],
            source=_read_source(spec["source"], path),
            weights=weights,
            bytes=spec["onnx"]["bytes"],
            sha256=spec["onnx"]["sha256"],
        )
    except KeyError as missing:
        raise BuildError("model-key-missing", file=path, key=missing.args[0]) from missing


def _read_source(source: Json, path: Path) -> TfjsSource | UrlSource:
    kind = source["kind"]
    if kind == "tfjs":
        size = source.get("size")
        return TfjsSource(
            package=source["package"],
            version=source["version"],
            graph=source["graph"],
            size=(size[0], size[1]) if size else None,
            outputs=tuple(source["outputs"]),
            names=tuple(source["names"]),
        )
    if kind == "url":
        return UrlSource(
            file=source["file"],
            bytes=source["bytes"],
            sha256=source["sha256"],
            urls=tuple(source["urls"]),
        )
    raise BuildError("model-value-unknown", file=path, key="source.kind", value=kind)
