"""The demos: small pages with their source shown, one for each folder of demos/ (demos/README.md).

Markup and source are static HTML; the page's modules (app/demos/) run what the person asks for.
"""

from __future__ import annotations

import json
import re
import shutil
from html import escape
from pathlib import Path
from typing import Any

from tools.errors import BuildError
from tools.paths import APP, CACHE, DEMOS
from tools.site.demo_data import DATA
from tools.site.page import LANGUAGES, load_words, with_words
from tools.site.policy import page_policy
from tools.site.python import compact

PAGES = APP / "demos"
INTERPRETERS = ("micropython", "pyodide")
NAMES = {"micropython": "MicroPython", "pyodide": "Pyodide"}
# Where each of them runs.
PLACES = {"micropython": "micropython_main", "pyodide": "pyodide_worker"}
MOST_ROWS = 24
Demo = dict[str, Any]


def all_demos() -> list[Demo]:
    """What every demo.json says, with the folder's name, in their order.

    Raises:
        BuildError: `demo-wrong` when an interpreter is none, or a file is not there.
    """
    demos = []
    for path in DEMOS.glob("*/demo.json"):
        demo = json.loads(path.read_text("utf-8")) | {"name": path.parent.name}
        files = [
            path.parent / file
            for program in demo["programs"]
            for file in (*program["files"], *program.get("helpers", ()))
        ]
        missing = [file.name for file in files if not file.is_file()]
        unknown = sorted(set(demo["interpreters"]) - set(INTERPRETERS))
        if missing or unknown:
            raise BuildError(
                "demo-wrong", demo=demo["name"], missing=missing, unknown=sorted(unknown)
            )
        demos.append(demo)
    return sorted(demos, key=lambda demo: int(demo["order"]))


def write_demo_files(shell: Path, engine: dict[str, object], micropython: str) -> None:
    """Writes what the pages fetch into the shell's folder: modules, words, data.

    Args:
        shell: the folder.
        engine: what starts Pyodide, as the shell's catalogue has it.
        micropython: MicroPython's folder, relative to the site.
    """
    target = shell / "app" / "demos"
    target.mkdir()
    for path in (*PAGES.glob("*.mjs"), *PAGES.glob("*.css")):
        shutil.copyfile(path, target / path.name)
    shutil.copytree(APP / "run", shell / "app" / "run")
    known = {"words": load_words(PAGES), "engine": engine, "micropython": micropython}
    (target / "site.json").write_bytes(compact(known))
    for demo in all_demos():
        for name in demo.get("data", ()):
            folder = shell / "demos" / demo["name"]
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(DATA[name](CACHE))


def write_demo_pages(site: Path, shell: str) -> None:
    """Writes demos/index.html and a page for each demo.

    Args:
        site: the site's folder.
        shell: name of the shell's folder.
    """
    demos = all_demos()
    links = "".join(
        f'<li><a href="{demo["name"]}/">{_both(demo["title"])}</a>'
        f"<p>{_both(demo['about'])}</p></li>"
        for demo in demos
    )
    body = (
        '<p><a class="back" href="../"><span data-word="app"></span></a></p>'
        '<h1><span data-word="demos"></span></h1><p><span data-word="demos_about"></span></p>'
        f'<ul class="list">{links}</ul>{KEPT}'
    )
    write_page(site / "demos", {"title": "Demos", "body": body, "root": "../", "shell": shell})
    for demo in demos:
        values = {
            "title": demo["title"]["en"],
            "name": demo["name"],
            "data": " ".join(demo.get("data", ())),
            "source": demo.get("source", ""),
            "root": "../../",
            "shell": shell,
            "body": _body(demo),
        }
        write_page(site / "demos" / demo["name"], values)


def write_page(folder: Path, values: dict[str, str]) -> None:
    """Writes index.html with its title, body, root and shell; `module` is its page.mjs's folder."""
    known = {"policy": escape(page_policy(), quote=False), "name": "", "data": ""}
    known |= {"source": "", "module": "demos"} | values
    text = (PAGES / "page.html").read_text("utf-8")
    text = re.sub(r"\{\{(\w+)\}\}", lambda match: known[match[1]], text)
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(with_words(text, load_words(PAGES)), "utf-8")


def _both(texts: dict[str, str]) -> str:
    spans = (f'<span lang="{each}">{escape(texts[each])}</span>' for each in LANGUAGES)
    return f"<span data-word>{''.join(spans)}</span>"


def word(key: str) -> str:
    """A place for words, in both languages."""
    return f'<span data-word="{key}"></span>'


def _body(demo: Demo) -> str:
    programs = "".join(_program(demo, place) for place in range(len(demo["programs"])))
    kind = "programs beside" if demo.get("beside") else "programs"
    return (
        f'<p><a class="back" href="../">{word("all_demos")}</a></p>'
        f"<h1>{_both(demo['title'])}</h1><p>{_both(demo['about'])}</p>"
        f"{_SOURCES.get(demo.get('source', ''), '')}"
        f'<div class="{kind}">{programs}</div>{_credits(demo)}'
    )


def _program(demo: Demo, place: int) -> str:
    program = demo["programs"][place]
    folder = DEMOS / demo["name"]
    files = "".join(source_file(folder / name, place) for name in program["files"])
    helpers = "".join(source_file(folder / name, place) for name in program.get("helpers", ()))
    if helpers:
        helpers = f"<details><summary>{word('helpers')}</summary>{helpers}</details>"
    fresh = ' data-fresh="true"' if demo.get("fresh") else ""
    stage = "stage" if len(demo["programs"]) == 1 else f"stage-{place}"
    return (
        f'<section class="program"{fresh}><h2>{_both(program["name"])}</h2>'
        f"{_interpreters(demo, place)}"
        f"{program_controls(stage)}{files}{helpers}"
        f'<button class="tool reset" type="button" hidden>{word("reset")}</button></section>'
    )


def program_controls(stage: str) -> str:
    """Run, Stop, what is said, an empty stage of this name, and the output."""
    return (
        f'<div class="controls"><button class="go run" type="button">{word("run")}</button>'
        f'<button class="tool stop" type="button" hidden>{word("stop")}</button>'
        f'<button class="tool fetch" type="button" hidden>{word("fetch")} <b></b></button></div>'
        '<progress max="1" value="0" aria-hidden="true" hidden></progress>'
        '<p class="said hint" role="status"></p>'
        f'<div class="stage" id="{stage}"></div>'
        f'<pre class="output" role="log" tabindex="0"></pre>'
    )


def _interpreters(demo: Demo, place: int) -> str:
    choices = "".join(
        f'<label><input type="radio" name="interpreter-{place}" value="{name}"'
        f"{' checked' if name == demo['interpreters'][0] else ''}> {NAMES[name]}</label>"
        for name in demo["interpreters"]
    )
    hidden = " hidden" if len(demo["interpreters"]) == 1 else ""
    hints = "".join(
        f'<p class="hint place" data-interpreter="{name}"'
        f"{'' if name == demo['interpreters'][0] else ' hidden'}>{word(PLACES[name])}</p>"
        for name in demo["interpreters"]
    )
    legend = f'<legend class="visually-hidden">{word("interpreter")}</legend>'
    return f'<fieldset class="choice"{hidden}>{legend}{choices}</fieldset>{hints}'


def source_file(path: Path, place: int, called: str = "") -> str:
    """A file to edit, which the program knows by this name, else by its own."""
    called = called or path.name
    source = path.read_text("utf-8")
    name = f"file-{place}-{called.removesuffix('.py')}"
    rows = min(source.count("\n") + 1, MOST_ROWS)
    return (
        f'<div class="file"><label for="{name}">{called}</label>'
        f'<textarea id="{name}" data-file="{called}" rows="{rows}" spellcheck="false" '
        # The parser drops the first line break.
        'autocapitalize="off" autocomplete="off" translate="no">'
        f"\n{escape(source)}</textarea></div>"
    )


def _credits(demo: Demo) -> str:
    rows = "".join(
        f'<li><a href="{escape(each["url"])}" rel="noopener">{escape(each["name"])}</a>: '
        f"{_both(each['about'])}</li>"
        for each in demo.get("credits", ())
    )
    listed = f"<h2>{word('credits')}</h2><ul>{rows}</ul>" if rows else ""
    everything = f'<p><a href="../../licences.txt">{word("licences")}</a></p>'
    return f'<footer class="hint">{listed}{KEPT}{everything}</footer>'


KEPT = f'<p id="kept" class="hint" role="status" hidden>{word("kept")}</p>'
CAMERA = (
    '<div class="source"><video id="video" playsinline muted hidden></video>'
    '<canvas id="view" width="320" height="240"></canvas>'
    '<div class="controls">'
    f'<button id="use-camera" class="tool" type="button">{word("camera")}</button>'
    f'<button id="use-sample" class="tool" type="button">{word("sample")}</button></div>'
    '<p id="frame-said" class="hint" role="status"></p></div>'
)
_SOURCES = {"camera": CAMERA}
