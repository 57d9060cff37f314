"""Writes the pyodide-lock.json that tells loadPackage about our wheels, and no others.

There is one for each build of OpenCV: the page chooses a build by choosing a lock file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from tools.engine.wheels import Wheel


def lock_file(stock: dict[str, Any], wheels: Mapping[str, Wheel]) -> bytes:
    """A lock file of `wheels` alone.

    Args:
        stock: the lock file of the runtime, whose `info` (Python version, ABI) must stay: the
            runtime refuses a lock file of another ABI.
        wheels: the repacked wheels, by their addresses relative to the lock file.

    Returns:
        JSON without spaces. loadPackage compares `sha256` before it unpacks.
    """
    packages = {wheel.recipe.project: _entry(wheel, where) for where, wheel in wheels.items()}
    return _json({"info": stock["info"], "packages": packages})


def moved(lock: bytes, project: str, address: str) -> bytes:
    """The same lock file, for a wheel that lies somewhere else.

    Args:
        lock: a lock file.
        project: whose wheel has moved.
        address: the wheel's address relative to the lock file.
    """
    content = json.loads(lock)
    content["packages"][project]["file_name"] = address
    return _json(content)


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def _entry(wheel: Wheel, address: str) -> dict[str, Any]:
    recipe = wheel.recipe
    return {
        "name": recipe.project,
        "version": wheel.version,
        "file_name": address,
        "sha256": hashlib.sha256(wheel.data).hexdigest(),
        "package_type": "package",
        "install_dir": "site",
        "imports": list(recipe.imports),
        "depends": list(recipe.depends),
        "unvendored_tests": False,
    }
