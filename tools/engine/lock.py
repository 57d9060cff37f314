"""Writes the pyodide-lock.json that tells loadPackage about our wheels, and no others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from tools.engine.wheels import Wheel


def lock_file(stock: dict[str, Any], wheels: Iterable[Wheel]) -> bytes:
    """A lock file of `wheels` alone.

    Args:
        stock: the lock file of the runtime, whose `info` (Python version, ABI) must stay: the
            runtime refuses a lock file of another ABI.
        wheels: the repacked wheels, which lie beside the lock file.

    Returns:
        JSON without spaces. `file_name` is relative, so the lock file and the wheels can move
        together; loadPackage compares `sha256` before it unpacks.
    """
    packages = {wheel.recipe.project: _entry(wheel) for wheel in wheels}
    lock = {"info": stock["info"], "packages": packages}
    return json.dumps(lock, sort_keys=True, separators=(",", ":")).encode()


def _entry(wheel: Wheel) -> dict[str, Any]:
    recipe = wheel.recipe
    return {
        "name": recipe.project,
        "version": wheel.version,
        "file_name": wheel.file_name,
        "sha256": hashlib.sha256(wheel.data).hexdigest(),
        "package_type": "package",
        "install_dir": "site",
        "imports": list(recipe.imports),
        "depends": list(recipe.depends),
        "unvendored_tests": False,
    }
