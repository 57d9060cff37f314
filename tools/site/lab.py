"""What the lab must know of this build: where MicroPython is, the bytes of both, the programs."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.paths import APP

PROGRAMS = APP / "rooms" / "lab" / "programs"
_PYODIDE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


def lab_facts(
    site: Path, micropython: str, tiers: Mapping[str, Sequence[Mapping[str, Any]]]
) -> dict[str, object]:
    """Of the lab's room.

    Args:
        site: the site's folder.
        micropython: MicroPython's folder in it.
        tiers: the big files, by tier.

    Returns:
        `micropython`; `bytes` on the line of each interpreter: MicroPython as a host with gzip
        sends it, Pyodide with its library (without wheels) as the parts are; `urls` of these files;
        `programs`: sources.
    """
    files = sorted((site / micropython).iterdir())
    packed = sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in files)
    pyodide = [each for each in tiers["engine"] if each["url"].rsplit("/", 1)[1] in _PYODIDE]
    parts = [part for asset in pyodide for part in asset["parts"]]
    return {
        "micropython": micropython,
        "bytes": {"micropython": packed, "pyodide": sum(part["bytes"] for part in parts)},
        "urls": {
            "micropython": [path.relative_to(site).as_posix() for path in files],
            "pyodide": [part["url"] for part in parts],
        },
        "programs": {path.stem: path.read_text("utf-8") for path in sorted(PROGRAMS.glob("*.py"))},
    }
