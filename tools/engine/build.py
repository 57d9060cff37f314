"""Builds the engine's folder: the Pyodide runtime, its standard library, numpy and OpenCV."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tools.engine.archive import read_zip, stored_zip
from tools.engine.in_pyodide import InPyodide
from tools.engine.lock import lock_file
from tools.engine.stdlib import KEEP_LIST, choose, read_keep_list
from tools.engine.wheels import NUMPY, OPENCV, Recipe, Wheel, read_checked, repack
from tools.errors import BuildError

PYODIDE_VERSION = "314.0.7"
# The builds of OpenCV, by the SIMD level that they need (app/simd.mjs finds out which a browser
# has): each level's folder holds a lock file and the wheel that is its own.
BUILDS = {build.removeprefix("1"): build for build in OPENCV.builds}
LOCK = "pyodide-lock.json"
STDLIB_ZIP = "/lib/python314.zip"  # where the runtime puts python_stdlib.zip
_SOURCE_MAP = re.compile(rb"^//[#@] sourceMappingURL=.*$\n?", re.MULTILINE)


@dataclass(frozen=True)
class EngineFile:
    """One file of the built engine.

    Attributes:
        name: what the runtime asks for, relative to the engine's folder.
        path: where it was written.
    """

    name: str
    path: Path


def build_engine(out: Path, *, root: Path, cache: Path) -> list[EngineFile]:
    """Writes everything that the Pyodide worker loads into `out`.

    The same inputs give the same bytes. What is slow (whatever runs inside Pyodide) is kept
    in `cache` under a hash of its inputs.

    Args:
        out: folder to write into; made if it is not there.
        root: the project's folder, with `node_modules/pyodide` and `wheels/`.
        cache: folder kept between builds.

    Returns:
        The files written: those that every browser loads, and for each SIMD level, in a folder
        of its name, `pyodide-lock.json` and the wheel of opencv-python.

    Raises:
        BuildError: `package-version` for another Pyodide than the one proven, and the codes of
            `tools.engine.stdlib`, `tools.engine.wheels` and `tools.engine.in_pyodide`.
    """
    pyodide = root / "node_modules" / "pyodide"
    _check_version(pyodide)
    tool = InPyodide(pyodide, cache)

    def wheel(recipe: Recipe, build: str = "") -> Wheel:
        return repack(*read_checked(root / "wheels", recipe, build), recipe, tool)

    numpy = wheel(NUMPY)
    contents = _runtime(pyodide) | {
        "python_stdlib.zip": _library(pyodide, tool),
        numpy.file_name: numpy.data,
    }
    for level, build in BUILDS.items():
        contents |= _level(level, pyodide, numpy, wheel(OPENCV, build))
    for name, data in contents.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    return [EngineFile(name, out / name) for name in contents]


def _check_version(pyodide: Path) -> None:
    found = json.loads((pyodide / "package.json").read_text("utf-8"))["version"]
    if found != PYODIDE_VERSION:
        raise BuildError("package-version", package="pyodide", found=found, wanted=PYODIDE_VERSION)


def _runtime(pyodide: Path) -> dict[str, bytes]:
    """Pyodide's own files; without the comments that make browsers ask for source maps."""
    scripts = ("pyodide.mjs", "pyodide.asm.mjs")
    files = {name: _SOURCE_MAP.sub(b"", (pyodide / name).read_bytes()) for name in scripts}
    return files | {"pyodide.asm.wasm": (pyodide / "pyodide.asm.wasm").read_bytes()}


def _library(pyodide: Path, tool: InPyodide) -> bytes:
    library = read_zip((pyodide / "python_stdlib.zip").read_bytes())
    chosen = choose(library, read_keep_list(KEEP_LIST.read_text("utf-8")))
    return stored_zip(tool.compile(chosen, STDLIB_ZIP))


def _level(level: str, pyodide: Path, numpy: Wheel, opencv: Wheel) -> dict[str, bytes]:
    """What only the browsers with this SIMD level load: their OpenCV, and the lock naming it."""
    stock = json.loads((pyodide / "pyodide-lock.json").read_text("utf-8"))
    lock = lock_file(stock, {f"../{numpy.file_name}": numpy, opencv.file_name: opencv})
    return {f"{level}/{LOCK}": lock, f"{level}/{opencv.file_name}": opencv.data}
