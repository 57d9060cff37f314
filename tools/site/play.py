"""The playground: a page of its own, like the demos'.

No room of the shell: two MicroPythons on one page take each other's references.
"""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path
from typing import Any

from tools.paths import APP, DEMOS
from tools.site.demos import (
    CAMERA,
    INTERPRETERS,
    KEPT,
    NAMES,
    PAGES,
    program_controls,
    source_file,
    word,
    write_page,
)
from tools.site.page import load_words
from tools.site.python import compact

PLAY = APP / "play"
SNIPPETS = PLAY / "snippets"
PLACES = {"worker": "in_worker", "main": "on_page"}


def all_snippets() -> list[dict[str, Any]]:
    """What snippets.json says of each, and its source."""
    known = json.loads((SNIPPETS / "snippets.json").read_text("utf-8"))
    return [
        each | {"source": (SNIPPETS / f"{each['name']}.py").read_text("utf-8")} for each in known
    ]


def write_play_files(shell: Path, model: dict[str, Any]) -> None:
    """Writes what the page fetches into the shell's folder: its modules, snippets, and stage.py.

    Args:
        shell: the folder.
        model: the model.json of the default model.
    """
    target = shell / "app" / "play"
    target.mkdir()
    for path in (*PLAY.glob("*.mjs"), DEMOS / "stage.py"):
        shutil.copyfile(path, target / path.name)
    known = {"snippets": all_snippets(), "model": model}
    (target / "play.json").write_bytes(compact(known))


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
    first = all_snippets()[0]
    hints = "".join(
        f'<p class="hint place" data-interpreter="{name}" data-place="{place}"'
        f"{_unless(name == first['interpreter'] and place == first['place'])}>"
        f"{word(f'play_{name}_{place}')}</p>"
        for name in INTERPRETERS
        for place in PLACES
    )
    pythons = {name: NAMES[name] for name in INTERPRETERS}
    places = {place: word(key) for place, key in PLACES.items()}
    return (
        f'<p><a class="back" href="../">{word("app")}</a></p><h1>{word("play")}</h1>'
        f'<p>{word("play_about")}</p><p id="link-said" role="status"></p>'
        f'<section id="play" class="program">{_chooser()}'
        f"{_radios('interpreter', pythons, first['interpreter'])}"
        f"{_radios('place', places, first['place'])}{hints}"
        f'<div id="camera" hidden>{CAMERA}</div>'
        f"{_source()}"
        f'<div id="editor"></div><p id="keys" class="hint">{word("editor_keys")}</p>'
        f'{program_controls("stage")}<div class="controls">'
        f'<button id="share" class="tool" type="button">{word("share")}</button>'
        f'<button class="tool reset" type="button" hidden>{word("reset")}</button></div>'
        '<p id="share-said" class="hint" role="status"></p>'
        '<input id="link" aria-labelledby="share" readonly hidden></section>'
        f'<footer class="hint">{KEPT}'
        f'<p><a href="../licences.txt">{word("licences")}</a></p></footer>'
    )


def _source() -> str:
    """The program: not to be changed before the page knows what the person left there."""
    area = source_file(SNIPPETS / "hello.py", 0, "main.py")
    return area.replace("<textarea", "<textarea readonly", 1)


def _unless(shown: bool) -> str:
    return "" if shown else " hidden"


def _chooser() -> str:
    options = [_option(each["name"], each["title"]) for each in all_snippets()]
    for name in ("own", "link"):
        titles = {language: words[name] for language, words in load_words(PAGES).items()}
        options.append(_option(name, titles))
    return (
        f'<p class="chooser"><label for="snippet">{word("snippet")}</label> '
        f'<select id="snippet">{"".join(options)}</select></p>'
    )


def _option(name: str, titles: dict[str, str]) -> str:
    """An option holds text and no elements, so the page puts the other language there."""
    said = " ".join(f'data-{language}="{escape(title)}"' for language, title in titles.items())
    return f'<option value="{name}" {said}>{escape(titles["en"])}</option>'


def _radios(name: str, labels: dict[str, str], first: str) -> str:
    legend = f'<legend class="visually-hidden">{word(name)}</legend>'
    choices = "".join(
        f'<label><input type="radio" name="{name}" value="{value}"'
        f"{' checked' if value == first else ''}> {label}</label>"
        for value, label in labels.items()
    )
    return f'<fieldset class="choice">{legend}{choices}</fieldset>'
