"""The playground: a page of its own, like the demos'.

No room of the shell: two MicroPythons on one page take each other's references.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from tools.paths import APP
from tools.site.demos import NAMES, program_controls, source_file, word, write_page

PLAY = APP / "play"
# What can be chosen, the first at first: interpreter, place, the word of the place, its hint.
CHOICES = (
    ("micropython", "worker", "worker", "micropython_worker"),
    ("micropython", "main", "page", "micropython_main"),
    ("pyodide", "worker", "worker", "pyodide_worker"),
)


def write_play_files(shell: Path) -> None:
    """Copies the page's modules into the shell's folder."""
    target = shell / "app" / "play"
    target.mkdir()
    for path in PLAY.glob("*.mjs"):
        shutil.copyfile(path, target / path.name)


def write_play_page(site: Path, shell: str) -> None:
    """Writes play/index.html.

    Args:
        site: the site's folder.
        shell: name of the shell's folder.
    """
    write_page(
        site / "play",
        {"title": "Playground", "body": _body(), "root": "../", "shell": shell, "module": "play"},
    )


def _body() -> str:
    choices = "".join(
        f'<label><input type="radio" name="interpreter-0" value="{name}" data-place="{place}"'
        f"{'' if at else ' checked'}> {NAMES[name]}, {word(where)}</label>"
        for at, (name, place, where, _) in enumerate(CHOICES)
    )
    hints = "".join(
        f'<p class="hint place" data-interpreter="{name}" data-place="{place}"'
        f"{' hidden' if at else ''}>{word(hint)}</p>"
        for at, (name, place, _, hint) in enumerate(CHOICES)
    )
    legend = f'<legend class="visually-hidden">{word("interpreter")}</legend>'
    return (
        f'<p><a class="back" href="../">{word("app")}</a></p><h1>{word("play")}</h1>'
        f'<p>{word("play_about")}</p><p id="link-said" role="status"></p>'
        f'<section class="program"><fieldset class="choice">{legend}{choices}</fieldset>{hints}'
        f"{program_controls('stage')}{source_file(PLAY / 'first.py', 0, 'main.py')}"
        f'<button class="tool reset" type="button" hidden>{word("reset")}</button></section>'
        f'<button id="share" class="tool" type="button">{word("share")}</button>'
    )
