"""Runs Python inside Pyodide on the developer's machine, once for each set of inputs."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.engine.archive import read_zip, stored_zip
from tools.errors import BuildError

_HERE = Path(__file__).resolve().parent
_RUNNER = _HERE / "in_pyodide.mjs"
_RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


@dataclass(frozen=True)
class InPyodide:
    """The runtime as a tool of the build.

    Attributes:
        pyodide: folder of the npm package.
        cache: folder for results, kept between builds.
    """

    pyodide: Path
    cache: Path

    def compile(self, sources: Mapping[str, bytes], folder: str) -> dict[str, bytes]:
        """Python files as sourceless bytecode.

        Args:
            sources: path of each `.py` file inside its archive, to its text.
            folder: where the archive will be on the phone; tracebacks show it.

        Returns:
            The same paths, ending in `.pyc`.
        """
        archive = stored_zip(sources)
        return read_zip(self._call("compile_pyc.py", "compile_archive", archive, folder))

    def _call(self, script: str, function: str, data: bytes, *arguments: str) -> bytes:
        """The result of `function(data, *arguments)`, from the cache where nothing changed.

        Raises:
            BuildError: `in-pyodide-failed`, with what node printed.
        """
        key = hashlib.sha256("\0".join((script, function, *arguments)).encode())
        inputs = (_RUNNER, _HERE / script, *(self.pyodide / name for name in _RUNTIME))
        for piece in (data, *(path.read_bytes() for path in inputs)):
            key.update(hashlib.sha256(piece).digest())
        kept = self.cache / "in-pyodide" / key.hexdigest()
        if not kept.is_file():
            kept.parent.mkdir(parents=True, exist_ok=True)
            self._run(kept, _HERE / script, function, data, arguments)
        return kept.read_bytes()

    def _run(
        self, kept: Path, script: Path, function: str, data: bytes, arguments: tuple[str, ...]
    ) -> None:
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            given, made = Path(scratch, "in"), Path(scratch, "out")
            given.write_bytes(data)
            files = (_RUNNER, self.pyodide.resolve(), script, function, given, made)
            run = subprocess.run(
                ["node", *map(str, files), *arguments], capture_output=True, text=True, check=False
            )
            if run.returncode != 0 or not made.is_file():
                raise BuildError("in-pyodide-failed", script=script.name, said=run.stderr.strip())
            made.replace(kept)  # whole or not at all, should the build be stopped here
