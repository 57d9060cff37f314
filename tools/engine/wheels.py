"""Repacks a wheel for the phone: bytecode instead of source, nothing that only developers need."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from tools.engine.archive import read_zip, stored_zip
from tools.engine.in_pyodide import InPyodide
from tools.errors import BuildError

SITE_PACKAGES = "/lib/python3.14/site-packages"  # where loadPackage unpacks wheels


@dataclass(frozen=True)
class Edit:
    """A change to one Python file: `old`, which must be there exactly once, becomes `new`."""

    path: str
    old: str
    new: str


@dataclass(frozen=True)
class Recipe:
    """One package, and what its wheel can do without.

    Patterns are those of `fnmatch`, whose `*` also crosses folders.

    Attributes:
        project: its name for loadPackage.
        imports: the modules it offers.
        depends: the packages that loadPackage must load with it.
        drop: files left out.
        empty: Python files that stay importable but do nothing.
        edits: changes to Python files.
        as_source: Python files that something reads as text, so they stay as they are.
        builds: the build tags of its wheels, where there is more than one build.
    """

    project: str
    imports: tuple[str, ...]
    depends: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    as_source: tuple[str, ...] = ()
    builds: tuple[str, ...] = ()


NUMPY = Recipe(
    project="numpy",
    imports=("numpy",),
    drop=(
        "*.pyi",
        "numpy/_configtool.py",  # the numpy-config command
        "numpy/doc/*",
        "numpy/ma/API_CHANGES.txt",
        "numpy/ma/testutils.py",
        "numpy/testing/*",  # nothing in numpy imports it, and it would need unittest
        "numpy/typing/mypy_plugin.py",
    ),
    # Nothing but docstrings for functions written in C: numpy/_core/__init__.py imports them.
    empty=("numpy/_core/_add_newdocs.py", "numpy/_core/_add_newdocs_scalars.py"),
    edits=(
        # `from numpy import *` asks for every name of this list, and these two are not there.
        Edit("numpy/__init__.py", '"testing", "typing",', '"typing",'),
        Edit("numpy/__init__.py", '"f2py", "test", "rec",', '"test", "rec",'),
        # At every import numpy checks that the arguments of 229 pairs of its functions agree, which
        # its own build has done.
        Edit(
            "numpy/_core/overrides.py",
            "        if verify:\n            if dispatcher is not None:",
            "        if False:\n            if dispatcher is not None:",
        ),
        # Only for annotations, which Python 3.14 does not evaluate: eleven modules of types less.
        Edit("numpy/linalg/_linalg.py", "from numpy._typing import NDArray\n", ""),
    ),
)
OPENCV = Recipe(
    project="opencv-python",
    imports=("cv2",),
    depends=("numpy",),
    drop=("*.pyi", "cv2/load_config_py2.py"),
    as_source=("cv2/config.py", "cv2/config-3.py"),  # cv2/__init__.py opens and runs them
    builds=("1simd", "1relaxed"),
)


@dataclass(frozen=True)
class Wheel:
    """A repacked wheel: its recipe, file name, version and bytes."""

    recipe: Recipe
    file_name: str
    version: str
    data: bytes


def build_tag(file_name: str) -> str:
    """The build tag in a wheel's file name, or "".

    `name-version[-build]-python-abi-platform.whl`:
    https://packaging.python.org/en/latest/specifications/binary-distribution-format/
    """
    pieces = file_name.split("-")
    return pieces[2] if len(pieces) == 6 else ""


def read_checked(folder: Path, recipe: Recipe, build: str = "") -> tuple[str, bytes]:
    """A wheel's file name and bytes, once its sha256 is the one in `folder/SHA256SUMS`.

    Args:
        folder: the folder that holds `SHA256SUMS` and `dist/`.
        recipe: of the package.
        build: the build tag of the wheel.

    Raises:
        BuildError: `wheel-missing`, `wheel-not-one` or `wheel-checksum`.
    """
    sums = [line.split() for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines()]
    prefix = recipe.project.replace("-", "_") + "-"
    listed = [
        (digest, name)
        for digest, name in sums
        if name.startswith(prefix) and build_tag(name) == build
    ]
    if len(listed) != 1:
        raise BuildError("wheel-not-one", project=recipe.project, build=build, listed=len(listed))
    expected, name = listed[0]
    path = folder / "dist" / name
    if not path.is_file():
        raise BuildError("wheel-missing", path=str(path))
    data = path.read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise BuildError("wheel-checksum", wheel=name, expected=expected, found=found)
    return name, data


def repack(file_name: str, data: bytes, recipe: Recipe, tool: InPyodide) -> Wheel:
    """The wheel as it goes to the phone: trimmed, compiled, RECORD made anew.

    Nothing in it is compressed: its parts are, all of it together.

    Raises:
        BuildError: `wheel-pattern-names-nothing` or `wheel-edit-no-match`, so that no pattern
            and no edit outlives the files it was written for.
    """
    files = read_zip(data)
    _check_patterns(files, recipe)
    files = {name: body for name, body in files.items() if not _any(name, recipe.drop)}
    for edit in recipe.edits:
        files[edit.path] = _edited(files[edit.path], edit)
    sources = {
        name: b"" if _any(name, recipe.empty) else body
        for name, body in files.items()
        if name.endswith(".py") and not _any(name, recipe.as_source)
    }
    others = {name: body for name, body in files.items() if name not in sources}
    contents = others | tool.compile(sources, SITE_PACKAGES)
    record = next(name for name in contents if name.endswith(".dist-info/RECORD"))
    contents[record] = _record(contents, record)
    return Wheel(recipe, file_name, file_name.split("-")[1], stored_zip(contents))


def _any(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def _edited(source: bytes, edit: Edit) -> bytes:
    text = source.decode()
    if text.count(edit.old) != 1:
        raise BuildError("wheel-edit-no-match", path=edit.path, times=text.count(edit.old))
    return text.replace(edit.old, edit.new).encode()


def _check_patterns(files: Mapping[str, bytes], recipe: Recipe) -> None:
    for pattern in (*recipe.drop, *recipe.empty, *recipe.as_source):
        if not pattern.startswith("*") and not any(fnmatch(name, pattern) for name in files):
            raise BuildError("wheel-pattern-names-nothing", pattern=pattern)


def _record(contents: Mapping[str, bytes], record: str) -> bytes:
    """The list of files that PEP 376 asks for: path, sha256, length; its own line has neither."""
    lines = []
    for name in sorted(contents.keys() - {record}):
        digest = base64.urlsafe_b64encode(hashlib.sha256(contents[name]).digest())
        lines.append(f"{name},sha256={digest.rstrip(b'=').decode()},{len(contents[name])}")
    return "\n".join([*lines, f"{record},,", ""]).encode()
