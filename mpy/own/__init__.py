"""A model of one's own: what its file says, whether it runs here, how to use it; and to keep it."""

import rooms
from app import detecting
from handlers import soon, started
from page import element
from words import language, listen, say

from . import desk, form, report, shelf, trying
from .opening import edit, inspect

__all__ = ["edit", "hidden", "inspect", "show"]

_wired = []


async def _keep():
    facts = desk.now["facts"]
    if facts is None:
        return
    if not trying.may_run():
        desk.tell("own-said", say("own_agree_first"))
        return
    facts = form.read(facts)
    code = element("own-code").value if form.kind_of(facts) == form.PYTHON else ""
    name = facts["name"][language()]
    desk.now["borrowed"] = False  # the new one is made ready
    wrong = await shelf.keep(facts, code, desk.now["file"] if desk.now["fresh"] else None)
    if wrong:
        desk.tell("own-said", say("own_unkept"))
        return
    desk.now["facts"], desk.now["fresh"] = facts, False
    rooms.close("models")
    rooms.close("own")
    element("announce").textContent = say("own_kept", model=name)


async def _picked(event):
    file = event.target.files.item(0)
    event.target.value = ""
    if file:
        await inspect(file)


def _language_changed():
    dialog = element("room-own")
    if dialog and dialog.open:
        report.render()
        if desk.now["facts"] is not None:
            desk.now["facts"] = form.read(desk.now["facts"])
            trying.fill()
            trying.draw()


def _wire():
    if _wired:
        return
    _wired.append(True)
    element("own-file").addEventListener("change", started(_picked))
    element("own-picture").addEventListener("change", started(trying.picture_picked))
    element("own-labels-file").addEventListener("change", started(trying.labels_picked))
    element("own-form").addEventListener("input", started(trying.changed))
    element("own-form").addEventListener("submit", lambda event: event.preventDefault())
    element("own-run").addEventListener("click", lambda _event: soon(trying.look()))
    element("own-keep").addEventListener("click", lambda _event: soon(_keep()))
    listen(_language_changed)


async def show(_dialog):
    """Shows the room as it was left."""
    _wire()


def hidden():
    """Gives the worker back: the model in use is made ready again."""
    desk.turn()
    desk.preview.close()
    if desk.now["borrowed"]:
        desk.now["borrowed"] = False
        soon(detecting.again())
