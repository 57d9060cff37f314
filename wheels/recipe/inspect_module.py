"""Checks a linked module before it goes into a wheel."""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path

from tools.errors import BuildError
from wheels.recipe.wasm import read_names

# What the runtime's linker makes for each module it loads.
_PER_MODULE = {"__memory_base", "__table_base"}
# Of the build machine or of the recipe; the start of a path, so that "/home" in a text is no hit.
_PATHS = re.compile(rb"/(?:wheels|work|root|home|build|tmp|usr/(?:share|include|lib))/[\w./+-]+")


def runtime_names(wasm: Path) -> set[str]:
    """What Pyodide's main module has for others: its exports, and what JavaScript gives itself."""
    names = read_names(wasm)
    return names.exports | {name for _, name in names.imports} | _PER_MODULE


def check_symbols(module: Path, available: Set[str]) -> None:
    """Everything that a module imports must be there when Pyodide loads it.

    Raises:
        BuildError: `symbols-missing`.
    """
    names = read_names(module)
    missing = {name for _, name in names.imports} - available - names.exports
    if missing:
        raise BuildError("symbols-missing", module=module.name, symbols=", ".join(sorted(missing)))


def check_paths(module: Path) -> None:
    """No path of the build may be in a module.

    Raises:
        BuildError: `machine-path`.
    """
    found = sorted({match.decode() for match in _PATHS.findall(module.read_bytes())})
    if found:
        raise BuildError("machine-path", module=module.name, paths=", ".join(found[:5]))
