"""From a file to the form: the doctor first, then a trial, then what is likely."""

import json

import catalogue
import rooms
from app import detecting, engine
from page import element, show, window
from words import language, say

from . import desk, report, shelf, trying

TIMEOUT_MS = 90000
MENDED = ("fix-size",)  # advice that the engine follows by itself


async def inspect(file):
    """Takes a file that was opened: shows this room, and what the doctor says."""
    await rooms.open("own")
    desk.clear()
    turn = desk.turn()
    desk.tell("own-busy", say("own_reading", name=file.name))
    told = await _asked("inspect", file, turn)
    if told is None:
        return
    known = _known_by(told["sha256"])
    if known:
        await _is_known(known, file)
        return
    report.tell(told)
    desk.tell("own-busy")
    element("own-report").focus()
    blocks = [e for e in told["report"]["findings"] if e["severity"] == "blocks"]
    if any(each["advice"] not in MENDED for each in blocks):
        return
    desk.tell("own-busy", say("own_trying"))
    tried = await _asked("propose", file, turn)
    if tried is None:
        return
    desk.now["file"], desk.now["fresh"] = file, True
    desk.now["outputs"] = tried["outputs"]
    for each in tried["proposals"]:
        each["labels"] = _labels(each["labels"])
        each["about"] = {"en": "From " + file.name, "ja": file.name + " から"}
        each["why"] = each.pop("why", [])
    desk.now["proposals"] = tried["proposals"]
    await _show(tried["proposals"][0], "")


def _labels(listed):
    found = catalogue.labels(listed)
    if isinstance(found, str):  # COCO's, which a site without such a model does not bring
        names = ["class %d" % number for number in range(80)]
        found = {"en": names, "ja": names}
    return found


async def _asked(operation, file, turn):
    """The worker's answer; None when it is an error, which is shown, or comes too late."""
    if not await detecting.ready():
        if turn == desk.now["turn"]:
            desk.fail(engine.error)
        return None
    argument = window.Object.new()
    argument.file, argument.name = file, file.name
    told = json.loads(await engine.bridge.call(operation, argument, TIMEOUT_MS))
    if turn != desk.now["turn"]:
        return None
    if "error" in told:
        desk.fail(told["error"])
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
    desk.tell("own-busy", say("own_known", model=model["name"][language()]))
    if wrong:
        desk.tell("own-error", say("own_unkept"))


async def _show(facts, code):
    await desk.preview.begin()
    desk.now["facts"] = facts
    desk.now["why"] = facts.pop("why", [])
    show("own-try", True)
    element("own-code").value = code
    element("own-agreed").checked = bool(code)
    trying.fill()
    desk.tell("own-busy")
    await trying.look()


async def edit(model_id):
    """Shows a model that is kept, to change it."""
    found = await shelf.kept(model_id)
    await rooms.open("own")
    desk.clear()
    desk.turn()
    if found is None:
        desk.fail({"code": "own-model-missing", "data": {"model": model_id}})
        return
    facts, code, graph = found
    desk.now["file"], desk.now["fresh"], desk.now["proposals"] = graph, False, []
    await _show(facts, code)
