"""Rooms: the parts of the shell that arrive when they are opened (docs/decisions/0006).

A room is a folder app/rooms/<room>/ with its words, markup, style and JavaScript modules, and a
Python package mpy/<room>/. Python, words and markup become one file system image.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mpremote.romfs import VfsRomWriter

from tools.paths import APP, MPY
from tools.site.page import LANGUAGES, load_words, with_words
from tools.site.python import compact, compiled


@dataclass(frozen=True)
class Room:
    """One room of the shell.

    Attributes:
        name: of its folder and its Python package.
    """

    name: str

    @property
    def folder(self) -> Path:
        """Where its words, markup, style and JavaScript are."""
        return APP / "rooms" / self.name

    @property
    def modules(self) -> list[Path]:
        """Its JavaScript modules; not what runs in workers of theirs."""
        found = sorted(self.folder.glob("*.mjs"))
        return [path for path in found if not path.name.endswith(".worker.mjs")]

    def facts(self) -> dict[str, object]:
        """What the shell must know to load it."""
        return {
            "modules": [path.stem for path in self.modules],
            "style": (self.folder / "room.css").is_file(),
        }

    def image(self, scratch: Path, data: Mapping[str, object] | None = None) -> bytes:
        """Its package, words and markup as a file system image.

        Args:
            scratch: a folder for files in between.
            data: what else it reads, by the name of a JSON file beside its words.
        """
        image = VfsRomWriter()
        image.opendir("data")
        words = load_words(self.folder)
        for language in LANGUAGES:
            image.mkfile(f"{language}.json", compact(words[language]))
        markup = self.folder / "room.html"
        if markup.is_file():
            shell = load_words()
            known = {each: shell[each] | words[each] for each in LANGUAGES}
            text = with_words(markup.read_text("utf-8"), known)
            image.mkfile("room.html", text.encode())
        for name, value in (data or {}).items():
            image.mkfile(f"{name}.json", compact(value))
        image.closedir()
        image.opendir(self.name)
        for name, code in compiled(MPY / self.name, scratch):
            image.mkfile(name, code)
        image.closedir()
        return bytes(image.finalise())


def all_rooms() -> list[Room]:
    """Every room, by name."""
    return [Room(path.parent.name) for path in sorted(MPY.glob("*/__init__.py"))]


def write_rooms(shell: Path, data: Mapping[str, Mapping[str, object]]) -> None:
    """Writes the rooms' images, modules and styles into the shell's folder.

    Args:
        shell: the folder.
        data: by room, what it reads beside its words.
    """
    (shell / "rooms").mkdir()
    for room in all_rooms():
        image = room.image(shell, data.get(room.name))
        (shell / "rooms" / f"{room.name}.romfs").write_bytes(image)
        target = shell / "app" / "rooms" / room.name
        target.mkdir(parents=True)
        for path in (*room.folder.glob("*.mjs"), *room.folder.glob("*.css")):
            shutil.copyfile(path, target / path.name)
