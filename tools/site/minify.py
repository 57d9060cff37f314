"""Makes the shell's modules and style sheets smaller. File names and imports stay as they are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.errors import BuildError
from tools.paths import NODE_MODULES

# The oldest browsers that the engine's WebAssembly SIMD runs in: esbuild writes nothing newer.
TARGET = "chrome91,firefox89,safari16.4"
READABLE = "MEKIKI_READABLE"


def minify(folder: Path) -> None:
    """Rewrites every .mjs, .js and .css below `folder`, unless MEKIKI_READABLE is set.

    Raises:
        BuildError: `minify-failed`, with what esbuild said.
    """
    if os.environ.get(READABLE):
        return
    for suffixes, options in (((".mjs",), ["--out-extension:.js=.mjs"]), ((".js", ".css"), [])):
        files = sorted(path for path in folder.rglob("*") if path.suffix in suffixes)
        if files:
            _esbuild(folder, files, options)


def _esbuild(folder: Path, files: Sequence[Path], options: Sequence[str]) -> None:
    command = [
        str(NODE_MODULES / ".bin" / "esbuild"),
        *map(str, files),
        "--minify",
        "--charset=utf8",
        f"--target={TARGET}",
        f"--outbase={folder}",
        f"--outdir={folder}",
        "--allow-overwrite",
        "--log-level=error",
        *options,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError("minify-failed", detail=done.stderr.strip()[-2000:])
