"""Tries a model as the form says, on a picture, and shows what it finds or where it fails."""

import asyncio
import json

from pyscript.ffi import to_js

import rooms
from app import detecting, engine
from page import element
from words import say

from . import desk, form, shelf, template

SETTLED_MS = 500  # after the last change of the form


def fill():
    """Shows the facts in the form, and what they rest on."""
    form.fill(desk.now["proposals"], desk.now["facts"])
    reasons = [say("why_" + e["code"].replace("-", "_"), **e["data"]) for e in desk.now["why"]]
    desk.tell("own-why", " ".join(reasons))
    if form.kind_of(desk.now["facts"]) == form.PYTHON and not element("own-code").value:
        element("own-code").value = template.code_for(desk.now["outputs"], desk.now["facts"])


def may_run():
    """Whether the person has agreed to run what was pasted, if anything was."""
    return form.kind_of(desk.now["facts"]) != form.PYTHON or element("own-agreed").checked


async def look():
    """Tries the model as the form says, on the picture."""
    turn = desk.turn()
    if desk.now["facts"] is None or not may_run():
        return
    facts = form.read(desk.now["facts"])
    code = element("own-code").value if form.kind_of(facts) == form.PYTHON else ""
    if detecting.stage.shows == "video" and element("stage").dataset.frozen != "true":
        live = await rooms.enter("live")
        if live and live.live.on:
            await live.live.freeze()  # its frames would be looked at by this model
    detecting.take_turn()
    if not await engine.lend() and not (await detecting.ready() and await engine.lend()):
        desk.fail(engine.error)
        return
    desk.now["borrowed"] = True
    argument = to_js({"id": facts["id"], "own": {"facts": json.dumps(facts), "decode": code}})
    argument.onnx = desk.now["file"]
    error = await desk.preview.look(argument, shelf.entry(facts, 0))
    if turn != desk.now["turn"]:
        return
    if error:
        desk.preview.answer = None
        desk.preview.draw()
        desk.tell("own-found")
        desk.fail(error)
        _mark(error)
        return
    desk.tell("own-error")
    draw()


def draw():
    """Draws what scores enough now."""
    desk.preview.draw(int(element("own-threshold").value) / 100)


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


async def changed(event):
    """A field of the form has another value: tries that, when the person has stopped typing."""
    name = event.target.id
    if desk.now["facts"] is None or name in ("own-labels-file", "own-code"):
        return
    form.said()
    if name == "own-threshold":
        draw()
        return
    if name == "own-kind":
        names = [each["name"] for each in desk.now["outputs"]]
        kind = event.target.value
        desk.now["facts"] = form.of_kind(kind, desk.now["proposals"], desk.now["facts"], names)
        desk.now["why"] = []
        fill()
    turn = desk.turn()
    await asyncio.sleep_ms(SETTLED_MS)
    if turn == desk.now["turn"]:
        await look()


async def labels_picked(event):
    """Takes labels from a file: a JSON list, or one a line."""
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
    await look()


async def picture_picked(event):
    """Takes another picture to try the model on."""
    file = event.target.files.item(0)
    event.target.value = ""
    if not file:
        return
    if await desk.preview.take(file):
        await look()
    else:
        desk.fail({"code": "not-an-image", "data": {}})
