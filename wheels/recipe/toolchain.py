"""The tools' versions: those found must be those pinned."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from tools.errors import BuildError
from wheels.recipe.inside import run
from wheels.recipe.pins import Pins
from wheels.recipe.places import RUNTIME, Places

# Each tool's question, and where its answer has the version.
_ASK = {
    "emcc": (["emcc", "--version"], r"emulating GNU ld\) ([\d.]+)"),
    "clang": (["emcc", "-v"], r"clang version ([\d.]+)"),
    "wasm-opt": (["wasm-opt", "--version"], r"version (\d+)"),
    "python": (["python3", "--version"], r"Python ([\d.]+)"),
    "cmake": (["cmake", "--version"], r"cmake version ([\d.]+)"),
    "ninja": (["ninja", "--version"], r"^([\d.]+)"),
}

COMPILERS = ("emcc", "clang", "wasm-opt")  # those whose version shows in what they make


def check(found: Mapping[str, str], pins: Pins, root: object) -> None:
    """Compares versions with the pins.

    Args:
        found: version by tool, `pyodide` included.
        pins: what is wanted.
        root: the Debian root, for the message.

    Raises:
        BuildError: `version-differs`, `cmake-refused` or `pyodide-differs`.
    """
    if found["pyodide"] != pins.pyodide:
        raise BuildError("pyodide-differs", found=found["pyodide"], wanted=pins.pyodide)
    for tool, wanted in pins.toolchain.items():
        if found[tool] != wanted and not found[tool].startswith(f"{wanted}."):
            raise BuildError(
                "version-differs",
                tool=tool,
                found=found[tool],
                wanted=wanted,
                suite=pins.suite,
                root=root,
            )
    first, last = pins.cmake_refused
    if _numbers(first) <= _numbers(found["cmake"]) <= _numbers(last):
        raise BuildError("cmake-refused", found=found["cmake"], first=first, last=last)


def versions(places: Places) -> dict[str, str]:
    """What the root's tools and the runtime say of themselves.

    Raises:
        BuildError: `command-failed`.
    """
    found = {}
    for tool, (command, pattern) in _ASK.items():
        answer = run(places, command, log=f"version-{tool}")
        match = re.search(pattern, answer, re.M)
        found[tool] = match[1] if match else "unknown"
    runtime = json.loads((RUNTIME / "package.json").read_text("utf-8"))
    return found | {"pyodide": runtime["version"]}


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
