"""Data that demos read, made or fetched when the site is built: pinned, checked, and kept."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Mapping
from pathlib import Path

from tools.errors import BuildError
from tools.models.archives import wheel_member
from tools.models.fetch import NotFound
from tools.models.sources import Archive
from tools.paths import NODE_MODULES
from tools.site.python import compact

# geopandas up to 0.14 brings Natural Earth's borders, 1:110m, which are in the public domain.
WORLD = Archive(
    kind="wheel",
    package="geopandas",
    version="0.14.4",
    bytes=1_109_913,
    sha256="3bb6473cb59d51e1a7fe2dbc24a1a063fb0ebdeddf3ce08ddbf8c7ddc99689aa",
)
PYSHP = Archive(
    kind="wheel",
    package="pyshp",
    version="3.1.6",
    bytes=73_744,
    sha256="be8cd9436dcbde477c63ea789f7dcdea3af19f17ea84f2744bfc12efe9145d1e",
)
_WORLD = "geopandas/datasets/naturalearth_lowres/naturalearth_lowres"
GRID = 64  # steps a degree: finer than 1:110m can show, and its numbers compress to half
# What people ask for first, and may miss.
ASKED_FOR = (
    "dlib", "folium", "jax", "mediapipe", "onnx", "onnxruntime", "paddlepaddle", "pygame",
    "PySide6", "tensorflow", "torch", "torchvision", "transformers", "ultralytics",
)  # fmt: skip


def on_grid(shapefile: bytes, grid: int = GRID) -> bytes:
    """The same polygons, with each corner moved to the nearest 1/grid of a degree.

    Args:
        shapefile: a .shp of polygons (ESRI Shapefile Technical Description, 1998, pages 4 and 8):
            a header of 100 bytes; records of 8 bytes big endian, then little endian int32 type,
            4 float64 bounds, int32 parts and points, int32 first point of each part, and
            float64 x, y of each point.
        grid: steps a degree.
    """
    out = bytearray(shapefile)
    place = 100
    while place < len(out):
        (words,) = struct.unpack_from(">i", out, place + 4)  # of 16 bits
        body = place + 8
        parts, points = struct.unpack_from("<2i", out, body + 36)
        first = body + 44 + 4 * parts
        numbers = struct.unpack_from(f"<{2 * points}d", out, first)
        struct.pack_into(
            f"<{2 * points}d", out, first, *(round(each * grid) / grid for each in numbers)
        )
        place = body + 2 * words
    return bytes(out)


def _member(archive: Archive, name: str, cache: Path) -> bytes:
    try:
        return wheel_member(archive, name, cache=cache, network=True)
    except NotFound as failure:
        raise BuildError("demo-data-missing", file=name, detail=str(failure)) from failure


def _world(cache: Path) -> bytes:
    return on_grid(_member(WORLD, f"{_WORLD}.shp", cache))


def _figures(cache: Path) -> bytes:
    return _member(WORLD, f"{_WORLD}.dbf", cache)


def _pyshp(cache: Path) -> bytes:
    return _member(PYSHP, "shapefile.py", cache)


def packages(lock: Mapping[str, object]) -> dict[str, object]:
    """Name and version of each package of a pyodide-lock.json, and which are often asked for.

    Tests of packages, libraries of C and pieces of the standard library are left out.
    """
    known: dict[str, dict[str, str]] = lock["packages"]  # type: ignore[assignment]
    info: dict[str, str] = lock["info"]  # type: ignore[assignment]
    listed = [
        [each["name"], each["version"]]
        for key, each in sorted(known.items())
        if each["package_type"] == "package" and not key.endswith("-tests")
    ]
    without = [name for name in ASKED_FOR if name.lower() not in known]
    return {"python": info["python"], "packages": listed, "without": without}


def _packages(_cache: Path) -> bytes:
    folder = NODE_MODULES / "pyodide"
    version = json.loads((folder / "package.json").read_text("utf-8"))["version"]
    lock = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))
    return compact({"pyodide": version} | packages(lock))


DATA: Mapping[str, Callable[[Path], bytes]] = {
    "packages.json": _packages,
    "shapefile.py": _pyshp,
    "world.dbf": _figures,
    "world.shp": _world,
}
