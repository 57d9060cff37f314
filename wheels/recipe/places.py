"""Where the recipe works: one folder, a part of which the compiler sees as /wheels."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tools.paths import CACHE, NODE_MODULES, ROOT

WHEELS = ROOT / "wheels"
PATCHES = WHEELS / "patches"
SHIPPED = WHEELS / "dist"
TESTS = WHEELS / "tests"
NOT_SHIPPED = CACHE / "wheels"  # tools/bench looks for the scalar wheel here
RUNTIME = NODE_MODULES / "pyodide"
INSIDE = "/wheels"  # where the compiler sees Places.wheels: the same on every machine


@dataclass(frozen=True)
class Places:
    """The work folder, by default .cache/wheels; MEKIKI_WHEELS_WORK names another."""

    work: Path

    @classmethod
    def from_environment(cls) -> Places:
        """The folder that the environment asks for."""
        return cls(Path(os.environ.get("MEKIKI_WHEELS_WORK") or CACHE / "wheels").resolve())

    @property
    def root(self) -> Path:
        """The Debian root that holds the compiler."""
        return self.work / "root"

    @property
    def sdist(self) -> Path:
        """Fetched files."""
        return self.work / "sdist"

    @property
    def wheels(self) -> Path:
        """What the compiler sees as /wheels: sources and builds."""
        return self.work / "w"

    @property
    def logs(self) -> Path:
        """What each command printed."""
        return self.work / "logs"
