"""Rooms: parts of the shell that arrive when they are opened.

A room is a Python package with its words, markup, style and JavaScript; see docs/decisions/0006.
"""

import asyncio
import io
import json
import sys

import vfs
from pyscript import document
from pyscript.js_modules import rooms as js_rooms

import message
import words
from page import new, window

with io.open("/rom/data/rooms.json") as _file:
    _known = json.load(_file)  # room -> {"modules": [names], "style": bool}

_packages = {}  # room -> its Python package
_modules = {}  # room -> the JS object that holds its JavaScript modules by name
_locks = {}


def exists(name):
    """Whether this site has such a room."""
    return name in _known


def js(room, name):
    """A JavaScript module of a room that has been entered."""
    return getattr(_modules[room], name)


async def enter(name):
    """Loads a room, once; returns its package, or None (and says so) when it does not arrive."""
    if name not in _locks:
        _locks[name] = asyncio.Lock()
    async with _locks[name]:
        if name not in _packages:
            about = _known[name]
            modules = await js_rooms.load(name, json.dumps(about["modules"]), about["style"])
            if modules is None:
                message.tell_error("room-failed", {})
                return None
            _modules[name] = modules
            _packages[name] = _mounted(name)
        return _packages[name]


def _mounted(name):
    with io.open("/tmp/" + name + ".romfs", "rb") as file:
        image = file.read()
    js_rooms.loaded(name)
    place = "/rooms-" + name
    vfs.mount(vfs.VfsRom(image), place)
    sys.path.append(place)
    words.add(place + "/data/")
    return __import__(name)


def mount(name, place):
    """Puts a room's markup into an element."""
    with io.open("/rooms-" + name + "/data/room.html") as file:
        place.innerHTML = file.read()
    words.apply_labels()


def _dialog(name):
    dialog = document.getElementById("room-" + name)
    if dialog:
        return dialog
    dialog = new("dialog", "", "room")
    dialog.id = "room-" + name
    mount(name, dialog)
    dialog.setAttribute("aria-labelledby", name + "-title")
    close = new("button", "×", "quiet room-close")
    close.type = "button"
    close.dataset.wordLabel = "close"
    close.addEventListener("click", lambda _event: dialog.close())
    dialog.prepend(close)
    dialog.addEventListener("close", lambda _event: _closed(name, dialog))
    document.body.append(dialog)
    words.apply_labels()
    return dialog


async def open(name):
    """Shows a room's screen: calls its show(dialog)."""
    package = await enter(name)
    if package is None:
        return
    dialog = _dialog(name)
    if dialog.open:
        return
    dialog.showModal()
    if not hasattr(window, "CloseWatcher"):
        # There the back gesture closes a dialog by itself; elsewhere it would leave the page.
        window.history.pushState(name, "")
    await package.show(dialog)


def close(name):
    """Takes a room's screen away."""
    dialog = document.getElementById("room-" + name)
    if dialog and dialog.open:
        dialog.close()


def _closed(name, dialog):
    if dialog.open:
        return  # the event came late: it was opened again meanwhile
    if window.history.state == name:
        window.history.back()
    if hasattr(_packages[name], "hidden"):
        _packages[name].hidden()


def _went_back(_event):
    for dialog in document.querySelectorAll("dialog.room[open]"):
        if dialog.id != "room-" + str(window.history.state):
            dialog.close()


window.addEventListener("popstate", _went_back)
