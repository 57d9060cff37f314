"""Compiles Python files to `.pyc` inside Pyodide, once for each set of inputs."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.engine.archive import read_zip, stored_zip
from tools.errors import BuildError

_HERE = Path(__file__).resolve().parent
_COMPILER = (_HERE / "compile_pyc.mjs", _HERE / "compile_pyc.py")


def compile_sources(
    sources: Mapping[str, bytes], folder: str, *, pyodide: Path, cache: Path
) -> dict[str, bytes]:
    """Bytecode of `sources`, from the cache where nothing it depends on has changed.

    Args:
        sources: path of each `.py` file inside its archive, to its text.
        folder: where the archive will be on the phone; tracebacks show it.
        pyodide: folder of the npm package, whose Python compiles.
        cache: folder for results.

    Returns:
        The same paths, ending in `.pyc`.

    Raises:
        BuildError: `bytecode-failed`, with what node printed.
    """
    archive = stored_zip(sources)
    key = hashlib.sha256(folder.encode())
    for part in (archive, *(path.read_bytes() for path in _inputs(pyodide))):
        key.update(hashlib.sha256(part).digest())
    kept = cache / "bytecode" / f"{key.hexdigest()}.zip"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        _run(archive, folder, pyodide, kept)
    return read_zip(kept.read_bytes())


def _inputs(pyodide: Path) -> list[Path]:
    names = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
    return [*_COMPILER, *(pyodide / name for name in names)]


def _run(archive: bytes, folder: str, pyodide: Path, result: Path) -> None:
    with tempfile.TemporaryDirectory(dir=result.parent) as scratch:
        source, compiled = Path(scratch, "in.zip"), Path(scratch, "out.zip")
        source.write_bytes(archive)
        command = ["node", _COMPILER[0], pyodide.resolve(), source, compiled, folder]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode != 0 or not compiled.is_file():
            raise BuildError("bytecode-failed", folder=folder, said=run.stderr.strip())
        compiled.replace(result)  # whole or not at all, should the build be stopped here
