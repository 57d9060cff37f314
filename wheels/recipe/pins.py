"""What the recipe builds from: pins.toml, read and typed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Pinned:
    """One file of a package index."""

    project: str
    version: str
    name: str
    sha256: str


@dataclass(frozen=True)
class Pins:
    """All of pins.toml.

    Attributes:
        build: number that starts the wheels' build tags.
        epoch: seconds since 1970, wherever a date must be written.
        pyodide: the runtime's version.
        tag: the wheels' tag: Python, ABI and platform.
        suite: Debian's suite that holds the compiler.
        packages: the packages that the root must have.
        toolchain: version by tool.
        cmake_refused: first and last version of CMake that do not work.
        files: what is fetched, by the names the recipe uses.
    """

    build: int
    epoch: int
    pyodide: str
    tag: str
    suite: str
    packages: tuple[str, ...]
    toolchain: dict[str, str]
    cmake_refused: tuple[str, str]
    files: dict[str, Pinned]


def read_pins(path: Path = HERE / "pins.toml") -> Pins:
    """Reads pins.toml."""
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return Pins(
        build=table["build"],
        epoch=table["epoch"],
        pyodide=table["pyodide"]["version"],
        tag=table["pyodide"]["tag"],
        suite=table["debian"]["suite"],
        packages=tuple(table["debian"]["packages"]),
        toolchain=table["toolchain"],
        cmake_refused=(table["cmake"]["refused-from"], table["cmake"]["refused-to"]),
        files={name: Pinned(**facts) for name, facts in table["files"].items()},
    )
