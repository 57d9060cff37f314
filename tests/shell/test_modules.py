"""Every module of mpy/: compiles, runs, and names only what index.html has."""

import ast
import re

import pytest

from tests.shell.word_keys import calls_of, keys_in, texts_in, trees
from tools.paths import APP, MPY
from tools.site.python import compile_module

SOURCES = sorted(MPY.glob("*.py"))
HTML = (APP / "index.html").read_text("utf-8")
IDS = set(re.findall(r'\bid="([\w-]+)"', HTML))


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_module_compiles_to_micropython_byte_code(source, tmp_path):
    assert compile_module(source, tmp_path).startswith(b"M\x06")


def test_the_modules_can_be_imported_in_any_order(micropython):
    # main is left out: it wires up and starts the whole page, which tests/browser looks at.
    names = [source.stem for source in SOURCES if source.stem != "main"]
    lines = [f"import {name}" for name in reversed(names)]

    assert micropython("\n".join([*lines, f"answer({len(names)})"])) == len(names)


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_the_module_names_only_ids_that_the_page_has(source):
    tree = trees(MPY)[source]
    named = set()
    for call in calls_of(tree, "element", "show"):
        named |= keys_in(call.args[0])
    for call in calls_of(tree, "when", "querySelectorAll"):
        for text in texts_in(call):
            named |= set(re.findall(r"#([\w-]+)", text))

    assert sorted(named - IDS) == []


def test_no_module_takes_the_timers_that_asyncio_calls():
    """Reading window.setTimeout as a method gives asyncio's own call a wrong `this`: mpy/page.py.

    What that did, a link that never came to its detections, is in
    tests/browser/test_detection.py::test_event_is_plain_and_complete.
    """
    taken = {
        f"{path.name}:{node.lineno}"
        for path, tree in trees(MPY).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in ("setTimeout", "clearTimeout")
    }
    assert taken == set()
