"""A model of one's own: what its file says, whether it runs here, how to use it; and to keep it."""

import asyncio
import json

from pyscript.ffi import to_js

import catalogue
import rooms
from app import detecting, engine
from handlers import soon, started
from page import element, window
from page import show as show_element
from words import language, listen, say, say_error

from . import form, report, shelf, template
from .preview import Preview

TIMEOUT_MS = 90000
SETTLED_MS = 500  # after the last change of the form
TRYABLE = ("fix-size",)  # what the engine mends by itself

_preview = Preview()
_now = {
    "turn": 0,  # of the last thing that was asked for
    "file": None,  # the graph, a Blob
    "fresh": False,  # whether the graph is not kept yet
    "facts": None,
    "proposals": [],
    "outputs": [],
    "borrowed": False,  # whether the worker has a model of this room
    "why": [],
}
_wired = []


def _turn():
    _now["turn"] += 1
    return _now["turn"]


def _say(name, text=""):
    element(name).textContent = text


def _fail(error):
    if engine.is_fatal(error):
        engine.failed(error)
        _now["borrowed"] = False
    _say("own-busy")
    _say("own-error", say_error(error["code"], error["data"]))
    element("own-error").scrollIntoView(to_js({"block": "nearest"}))


def _clear():
    report.tell(None)
    show_element("own-try", False)
    for name in ("own-busy", "own-error", "own-said", "own-found"):
        _say(name)
    _now["file"] = _now["facts"] = None
    _now["proposals"], _now["outputs"], _now["why"] = [], [], []


# --- from a file to a form


async def inspect(file):
    """Takes a file that was opened: shows this room, and what the doctor says."""
    await rooms.open("own")
    _clear()
    turn = _turn()
    _say("own-busy", say("own_reading", name=file.name))
    told = await _asked("inspect", file, turn)
    if told is None:
        return
    known = _known_by(told["sha256"])
    if known:
        await _is_known(known, file)
        return
    report.tell(told)
    _say("own-busy")
    element("own-report").focus()
    blocks = [e for e in told["report"]["findings"] if e["severity"] == "blocks"]
    if any(each["advice"] not in TRYABLE for each in blocks):
        return
    _say("own-busy", say("own_trying"))
    tried = await _asked("propose", file, turn)
    if tried is None:
        return
    _now["file"], _now["fresh"] = file, True
    _now["outputs"] = tried["outputs"]
    for each in tried["proposals"]:
        each["labels"] = catalogue.labels(each["labels"])
        each["about"] = {"en": "From " + file.name, "ja": file.name + " から"}
        each["why"] = each.pop("why", [])
    _now["proposals"] = tried["proposals"]
    await _show(tried["proposals"][0], "")


async def _asked(operation, file, turn):
    """The worker's answer; None when it is an error, which is shown, or comes too late."""
    if not await detecting.ready():
        if turn == _now["turn"]:
            _fail(engine.error)
        return None
    argument = window.Object.new()
    argument.file, argument.name = file, file.name
    told = json.loads(await engine.bridge.call(operation, argument, TIMEOUT_MS))
    if turn != _now["turn"]:
        return None
    if "error" in told:
        _fail(told["error"])
        return None
    return told


def _known_by(sha256):
    """The model of the site's list that others serve and whose file this is, or None."""
    with open("/rooms-own/data/known.json") as file:
        model_id = json.load(file).get(sha256)
    for each in catalogue.elsewhere:
        if each["id"] == model_id:
            return each
    return None


async def _is_known(model, file):
    wrong = await shelf.take(model["id"], file)
    _say("own-busy", say("own_known", model=model["name"][language()]))
    if wrong:
        _say("own-error", say("own_unkept"))


async def _show(facts, code):
    await _preview.begin()
    _now["facts"] = facts
    _now["why"] = facts.pop("why", [])
    show_element("own-try", True)
    element("own-code").value = code
    element("own-agreed").checked = bool(code)
    _fill()
    _say("own-busy")
    await _look()


def _fill():
    form.fill(_now["proposals"], _now["facts"])
    reasons = [say("why_" + e["code"].replace("-", "_"), **e["data"]) for e in _now["why"]]
    _say("own-why", " ".join(reasons))
    if form.kind_of(_now["facts"]) == form.PYTHON and not element("own-code").value:
        element("own-code").value = template.code_for(_now["outputs"], _now["facts"])


# --- the preview


def _may_run():
    return form.kind_of(_now["facts"]) != form.PYTHON or element("own-agreed").checked


async def _look():
    """Tries the model as the form says, on the picture."""
    turn = _turn()
    if _now["facts"] is None or not _may_run():
        return
    facts = form.read(_now["facts"])
    code = element("own-code").value if form.kind_of(facts) == form.PYTHON else ""
    if detecting.stage.shows == "video" and element("stage").dataset.frozen != "true":
        live = await rooms.enter("live")
        if live and live.live.on:
            await live.live.freeze()  # its frames would be looked at by this model
    detecting.take_turn()
    if not await engine.lend() and not (await detecting.ready() and await engine.lend()):
        _fail(engine.error)
        return
    _now["borrowed"] = True
    argument = to_js({"id": facts["id"], "own": {"facts": json.dumps(facts), "decode": code}})
    argument.onnx = _now["file"]
    error = await _preview.look(argument, shelf.entry(facts, 0))
    if turn != _now["turn"]:
        return
    if error:
        _preview.answer = None
        _preview.draw()
        _say("own-found")
        _fail(error)
        _mark(error)
        return
    _say("own-error")
    _draw()


def _draw():
    _preview.draw(int(element("own-threshold").value) / 100)


def _mark(error):
    """Selects the line of the pasted decoder that an error points to."""
    detail = str(error["data"].get("detail", ""))
    place = detail.rfind("decode.py, line ")
    if place < 0 or element("own-python").hidden:
        return
    digits = ""
    for letter in detail[place + len("decode.py, line ") :]:
        if letter not in "0123456789":
            break
        digits += letter
    lines = element("own-code").value.split("\n")
    number = int(digits or 0)
    if 0 < number <= len(lines):
        start = sum([len(line) + 1 for line in lines[: number - 1]])
        element("own-code").setSelectionRange(start, start + len(lines[number - 1]))


async def _changed(event):
    name = event.target.id
    if _now["facts"] is None or name in ("own-labels-file", "own-code"):
        return
    form.said()
    if name == "own-threshold":
        _draw()
        return
    if name == "own-kind":
        names = [each["name"] for each in _now["outputs"]]
        kind = event.target.value
        _now["facts"] = form.of_kind(kind, _now["proposals"], _now["facts"], names)
        _now["why"] = []
        _fill()
    turn = _turn()
    await asyncio.sleep_ms(SETTLED_MS)
    if turn == _now["turn"]:
        await _look()


async def _labels_picked(event):
    file = event.target.files.item(0)
    event.target.value = ""
    if not file:
        return
    text = (await file.text()).strip()
    if text.startswith("["):
        try:
            text = "\n".join([str(each) for each in json.loads(text)])
        except ValueError:
            pass
    element("own-labels").value = text
    form.said()
    await _look()


async def _picture_picked(event):
    file = event.target.files.item(0)
    event.target.value = ""
    if not file:
        return
    if await _preview.take(file):
        await _look()
    else:
        _fail({"code": "not-an-image", "data": {}})


# --- keeping


async def _keep():
    facts = _now["facts"]
    if facts is None:
        return
    if not _may_run():
        _say("own-said", say("own_agree_first"))
        return
    facts = form.read(facts)
    code = element("own-code").value if form.kind_of(facts) == form.PYTHON else ""
    name = facts["name"][language()]
    _now["borrowed"] = False  # the new one is made ready
    wrong = await shelf.keep(facts, code, _now["file"] if _now["fresh"] else None)
    if wrong:
        _say("own-said", say("own_unkept"))
        return
    _now["facts"], _now["fresh"] = facts, False
    rooms.close("models")
    rooms.close("own")
    element("announce").textContent = say("own_kept", model=name)


async def edit(model_id):
    """Shows a model that is kept, to change it."""
    found = await shelf.kept(model_id)
    await rooms.open("own")
    _clear()
    _turn()
    if found is None:
        _fail({"code": "own-model-missing", "data": {"model": model_id}})
        return
    facts, code, graph = found
    _now["file"], _now["fresh"], _now["proposals"] = graph, False, []
    await _show(facts, code)


# --- the room


async def _picked(event):
    file = event.target.files.item(0)
    event.target.value = ""
    if file:
        await inspect(file)


def _language_changed():
    dialog = element("room-own")
    if dialog and dialog.open:
        report.render()
        if _now["facts"] is not None:
            _now["facts"] = form.read(_now["facts"])
            _fill()
            _draw()


def _wire():
    if _wired:
        return
    _wired.append(True)
    element("own-file").addEventListener("change", started(_picked))
    element("own-picture").addEventListener("change", started(_picture_picked))
    element("own-labels-file").addEventListener("change", started(_labels_picked))
    element("own-form").addEventListener("input", started(_changed))
    element("own-form").addEventListener("submit", lambda event: event.preventDefault())
    element("own-run").addEventListener("click", lambda _event: soon(_look()))
    element("own-keep").addEventListener("click", lambda _event: soon(_keep()))
    listen(_language_changed)


async def show(_dialog):
    """Shows the room as it was left."""
    _wire()


def hidden():
    """Gives the worker back: the model in use is made ready again."""
    _turn()
    _preview.close()
    if _now["borrowed"]:
        _now["borrowed"] = False
        soon(detecting.again())
