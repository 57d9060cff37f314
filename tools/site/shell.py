"""The shell's folder: the page's modules, and all of its Python as one file system image.

MicroPython maps the image read-only and runs the precompiled modules in place
(https://docs.micropython.org/en/latest/reference/romfs.html), so that nothing is compiled on the
phone and one request brings everything.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from mpremote.romfs import VfsRomWriter

from tools.paths import APP, MPY, NODE_MODULES, PY
from tools.site.page import LANGUAGES
from tools.site.python import compact, compiled
from tools.site.rooms import all_rooms, write_rooms

PYSCRIPT = NODE_MODULES / "@pyscript/core/src/stdlib/pyscript"


def romfs_image(catalogue: dict[str, object], scratch: Path) -> bytes:
    """The image: mpy/ and PyScript's library compiled, the words, and the catalogue."""
    image = VfsRomWriter()
    image.opendir("lib")
    image.opendir("pyscript")
    for name, data in compiled(PYSCRIPT, scratch):
        image.mkfile(name, data)
    image.closedir()
    image.closedir()
    image.opendir("data")  # not "words": a folder would hide the module of that name
    for language in LANGUAGES:
        words = json.loads((APP / "words" / f"{language}.json").read_text("utf-8"))
        image.mkfile(f"{language}.json", compact(words))
    image.mkfile("models.json", compact(catalogue))
    image.mkfile("rooms.json", compact({room.name: room.facts() for room in all_rooms()}))
    image.closedir()
    for name, data in compiled(MPY, scratch):
        image.mkfile(name, data)
    return bytes(image.finalise())


def write_shell(
    out: Path,
    *,
    catalogue: dict[str, object],
    assets: dict[str, list[dict[str, object]]],
    data: Mapping[str, Mapping[str, object]] | None = None,
) -> None:
    """Writes app/, mpy/shell.romfs, rooms/, py/*.mjs and assets.json into `out`."""
    (out / "app").mkdir(parents=True)
    for source in (*APP.glob("*.mjs"), *APP.glob("*.js")):
        shutil.copyfile(source, out / "app" / source.name)
    for folder in ("style", "download"):
        shutil.copytree(APP / folder, out / "app" / folder)
    write_rooms(out, data or {})
    (out / "py").mkdir()
    for source in PY.glob("*.mjs"):
        shutil.copyfile(source, out / "py" / source.name)
    (out / "mpy").mkdir()
    (out / "mpy" / "shell.romfs").write_bytes(romfs_image(catalogue, out))
    (out / "module.mpy").unlink()
    (out / "assets.json").write_bytes(compact(assets))
