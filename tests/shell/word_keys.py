"""Which words there are, and which of them the sources ask for."""

import ast
import json
import re

from tools.paths import APP, MPY, PY
from tools.site.build import SAMPLES


def word_files(language):
    """The words of the page and of every room."""
    return [APP / "words" / f"{language}.json", *APP.glob(f"rooms/*/{language}.json")]


def load(language):
    """All words of a language, by key."""
    words = {}
    for path in word_files(language):
        words |= json.loads(path.read_text("utf-8"))
    return words


def of_the_page(language):
    """The words that are there before any room is."""
    return json.loads(word_files(language)[0].read_text("utf-8"))


def placeholders(text):
    return set(re.findall(r"\{(\w+)\}", text))


def texts_in(node):
    """Every string constant in a piece of Python."""
    return {
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }


def keys_in(node):
    """The keys that a piece of Python can be: itself, or either side of an if-else."""
    if isinstance(node, ast.IfExp):
        return keys_in(node.body) | keys_in(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) else set()


def calls_of(tree, *names):
    """Calls of these functions or methods that have an argument."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            if name in names:
                yield node


def assigned(tree, name):
    """The value that a module gives to a name at its top."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == name:
            return ast.literal_eval(node.value)
    raise LookupError(name)


def trees(folder):
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(folder.rglob("*.py"))}


def asked_by_the_page():
    pages = [APP / "index.html", *APP.glob("rooms/*/room.html")]
    html = "".join(path.read_text("utf-8") for path in pages)
    return set(re.findall(r'data-word(?:-label)?="(\w+)"', html))


def asked_by_the_shell():
    """Keys that mpy/ gives to say(...); `"stage_" + stage` and its like count for each of them."""
    asked = set()
    for tree in trees(MPY).values():
        for call in calls_of(tree, "say"):
            asked |= keys_in(call.args[0])
    stages = assigned(ast.parse((MPY / "results.py").read_text("utf-8")), "STAGES")
    form = ast.parse((MPY / "own" / "form.py").read_text("utf-8"))
    asked |= {"own_kind_" + kind for kind in (*assigned(form, "KINDS"), "python")}
    asked |= {"own_scale_" + name for name in ("unit", "signed", "bytes", "imagenet", "own")}
    asked |= {"own_resize_" + name for name in assigned(form, "RESIZES")}
    tasks = assigned(ast.parse((MPY / "models" / "facts.py").read_text("utf-8")), "TASKS")
    asked |= {"models_task_" + task for task in tasks}
    return asked | {"stage_" + stage for stage in stages}


def asked_by_the_build():
    return {"sample_" + sample for sample in SAMPLES}


def asked_by_the_doctor():
    """Keys of the codes that the doctor's findings are made with."""
    asked = set()
    for tree in _doctor():
        for call in calls_of(tree, "Finding", "RefusedError"):
            asked |= {"finding_" + key for key in keys_in(call.args[0])}
        for call in calls_of(tree, "WireError"):
            asked |= {"finding_" + key for each in call.args[1:] for key in keys_in(each)}
    return {key.replace("-", "_") for key in asked}


def asked_by_proposals():
    """Keys of the reasons that proposals are made with."""
    asked = set()
    for tree in trees(PY / "mekiki" / "propose").values():
        for call in calls_of(tree, "reason"):
            asked |= {"why_" + key.replace("-", "_") for key in keys_in(call.args[0])}
    return asked


def known_to_the_doctor():
    """Keys of everything in its sources that may be a finding, an advice or a verdict."""
    texts = {text.replace("-", "_") for tree in _doctor() for text in texts_in(tree)}
    return {kind + text for text in texts for kind in ("finding_", "advice_", "verdict_")}


def _doctor():
    checks = (PY / "mekiki" / f"{name}.py" for name in ("onnx_check", "wire"))
    each = [ast.parse(path.read_text("utf-8")) for path in checks]
    return [*trees(PY / "mekiki" / "doctor").values(), *each]
