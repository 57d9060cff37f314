"""The models of this site: choose one, remove one from the device; and what any .onnx file says."""

import rooms
import settings
from handlers import soon, started
from page import element
from words import listen

from . import cards, reading

_wired = False


def _language_changed():
    dialog = element("room-models")
    if dialog and dialog.open:
        soon(cards.render())
        reading.render()


async def _pressed(event):
    button = event.target.closest("button")
    if button:
        act = cards.use if button.dataset.act == "use" else cards.remove
        await act(button.dataset.model)


async def _picked(event):
    file = event.target.files.item(0)
    event.target.value = ""
    if file:
        await reading.read(file)


def _wire():
    global _wired
    if _wired:
        return
    _wired = True
    element("models-list").addEventListener("click", started(_pressed))
    element("models-file").addEventListener("change", started(_picked))
    settings.listen("model", lambda _model: soon(cards.render()))
    listen(_language_changed)


async def show(_dialog):
    """Shows the models."""
    _wire()
    cards.forget_what_was_said()
    reading.clear()
    await cards.render()


async def inspect(file):
    """Shows what an ONNX file says of itself, in this room."""
    await rooms.open("models")
    await reading.read(file)
