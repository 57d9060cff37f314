"""Makes the ONNX file of one model, the same bytes on every machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import onnx

from tools.errors import BuildError
from tools.models.fetch import NotFound, fetch, write_whole
from tools.models.fp16 import store_weights_as_fp16
from tools.models.recipe import Recipe, TfjsSource, read_recipe
from tools.models.tfjs.convert import convert
from tools.models.tfjs.graph import read_graph
from tools.models.tfjs.retarget import retarget


@dataclass(frozen=True)
class Prepared:
    """A model that is ready to ship: its file, and what is in it."""

    path: Path
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Missing:
    """A model whose source cannot be had here; `reason` is one line for a person."""

    model_id: str
    reason: str


def prepare(
    model_dir: Path,
    *,
    cache: Path,
    node_modules: Path,
    mirror: Path | None,
    network: bool = True,
) -> Prepared | Missing:
    """Makes the model that `model_dir/model.json` describes, unless the cache has it.

    Args:
        model_dir: folder of the model.
        cache: folder for downloads and results; a result is `models/<id>-<sha256, 12>.onnx`.
        node_modules: where npm put its packages.
        mirror: a folder of model files that is looked through before the network.
        network: whether files may be downloaded.

    Returns:
        The file, or `Missing` when the package is not installed or the file not to be had.

    Raises:
        BuildError: `model-not-reproduced` when the bytes are not those that model.json promises,
            `package-version` when another version of the package is installed, and what
            `read_recipe`, `fetch`, `convert` and `store_weights_as_fp16` raise.
    """
    recipe = read_recipe(model_dir)
    ready = Prepared(
        cache / "models" / f"{recipe.model_id}-{recipe.sha256[:12]}.onnx",
        recipe.bytes,
        recipe.sha256,
    )
    if ready.path.is_file() and _sha256(ready.path.read_bytes()) == recipe.sha256:
        return ready
    try:
        model = _load(recipe, cache, node_modules, mirror, network)
    except NotFound as nowhere:
        return Missing(recipe.model_id, str(nowhere))
    if recipe.weights == "fp16":
        model = store_weights_as_fp16(model)
    content = model.SerializeToString(deterministic=True)
    _check(recipe, content)
    write_whole(ready.path, content)
    return ready


def _load(
    recipe: Recipe, cache: Path, node_modules: Path, mirror: Path | None, network: bool
) -> onnx.ModelProto:
    source = recipe.source
    if isinstance(source, TfjsSource):
        return _convert(source, node_modules)
    return onnx.load_from_string(fetch(source, cache=cache, mirror=mirror, network=network))


def _convert(source: TfjsSource, node_modules: Path) -> onnx.ModelProto:
    package = node_modules / source.package
    if not package.is_dir():
        raise NotFound(f"the npm package {source.package} is not installed")
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    if version != source.version:
        raise BuildError(
            "package-version", package=source.package, found=version, wanted=source.version
        )
    graph = read_graph(package / source.graph)
    if source.size is not None:
        graph = retarget(graph, source.size)
    return convert(graph, source.outputs, source.names)


def _check(recipe: Recipe, content: bytes) -> None:
    """Compares with model.json. Whoever adds a model copies the values from this error."""
    sha256 = _sha256(content)
    if (len(content), sha256) != (recipe.bytes, recipe.sha256):
        raise BuildError(
            "model-not-reproduced",
            model=recipe.model_id,
            bytes=len(content),
            expected_bytes=recipe.bytes,
            sha256=sha256,
            expected_sha256=recipe.sha256,
        )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
