"""Which error codes the sources can bring to the page, and with which data."""

import ast
import re

from tests.shell.word_keys import calls_of, texts_in, trees
from tools.paths import APP, MPY, PY

CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def _codes(texts):
    return {text for text in texts if CODE.fullmatch(text)}


def _in_python(tree):
    """Codes in the calls that raise or tell one, in {"code": "code"}, and in tables of them."""
    found = set()
    for call in calls_of(tree, "MekikiError", "tell_error", "own_code"):
        found |= texts_in(call.args[0])
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "code":
                    found |= texts_in(value)
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_CODES":
            for value in node.value.values:
                found |= texts_in(value)
    return _codes(found)


def _in_javascript(text):
    """Codes in code: "code", code = "code", and in the calls that make or end with an error."""
    places = re.findall(r'\bcode(?::| =) "([^"]+)"', text)
    for arguments in re.findall(
        r"\b(?:DownloadError|Survived|failure|terminate)\(([^;]*?)\)", text
    ):
        places += re.findall(r'"([^"]+)"', arguments)
    return _codes(places)


def raised():
    """Every code, with the names of the files that raise it."""
    found = {}
    for folder in (PY / "mekiki", MPY):
        for path, tree in trees(folder).items():
            for code in _in_python(tree):
                found.setdefault(code, set()).add(path.name)
    for path in [*sorted(APP.rglob("*.mjs")), PY / "worker.mjs"]:
        for code in _in_javascript(path.read_text("utf-8")):
            found.setdefault(code, set()).add(path.name)
    return found


def raised_outside_rooms():
    """The codes that can come before any room is there."""
    rooms = {path.name for path in [*APP.glob("rooms/*/*.mjs"), *MPY.glob("*/*.py")]}
    return {code for code, files in raised().items() if files - rooms}


def data_of_engine_errors():
    """For each MekikiError(...) of the engine: its code, the names of its data, and where."""
    for path, tree in trees(PY / "mekiki").items():
        for call in calls_of(tree, "MekikiError"):
            for code in _codes(texts_in(call.args[0])):
                names = {keyword.arg for keyword in call.keywords}
                yield code, names, f"{path.name}:{call.lineno}"
