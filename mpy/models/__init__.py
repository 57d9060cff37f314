"""The models of this site: choose one, remove one from the device."""

from pyscript.ffi import to_js

import rooms
import settings
from app import engine
from handlers import soon, started
from page import element, window
from words import listen

from . import cards

_wired = False


def _language_changed():
    dialog = element("room-models")
    if dialog and dialog.open:
        soon(cards.render())


def _engine_changed(*_changes):
    if engine.state in ("ready", "failed") and element("room-models").open:
        soon(cards.render())  # what was to be downloaded is here now


async def _pressed(event):
    button = event.target.closest("button")
    if button:
        await cards.pressed(button.dataset.act, button.dataset.model)


async def _picked(event):
    file = event.target.files.item(0)
    event.target.value = ""
    if file:
        room = await rooms.enter("own")
        if room:
            await room.inspect(file)


def _wire():
    global _wired
    if _wired:
        return
    _wired = True
    element("models-list").addEventListener("click", started(_pressed))
    element("models-file").addEventListener("change", started(_picked))
    for name in ("model", "own", "taken"):
        settings.listen(name, lambda _value: soon(cards.render()))
    observer = window.MutationObserver.new(_engine_changed)
    observer.observe(element("engine"), to_js({"attributeFilter": ["data-state"]}))
    listen(_language_changed)


async def show(_dialog):
    """Shows the models."""
    _wire()
    cards.forget_what_was_said()
    await cards.render()
