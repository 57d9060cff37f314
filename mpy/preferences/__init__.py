"""The settings' screen. What is chosen here works at once and stays."""

import asyncio

from pyscript import document

import catalogue
import rooms
import saver
import settings
import words
from app import detecting, results
from handlers import started
from page import element, new, window
from page import show as show_element
from words import say

_SWITCHES = {"tracking": True, "haptics": False, "sound": False, "history": True}
_wired = False
_listing = 0  # counts the times the list of classes was begun


def _radios(name):
    return document.querySelectorAll("#pref-%s input" % name)


def _check(name, value):
    for each in _radios(name):
        each.checked = each.value == value


async def _theme(event):
    """Changes the colours."""
    settings.put("theme", event.target.value)
    document.documentElement.dataset.theme = event.target.value
    window.dispatchEvent(window.Event.new("mekiki:theme"))


async def _language(event):
    words.use(event.target.value)
    _render()


async def _saver(event):
    settings.put("saver", event.target.value)
    _render()
    await detecting.again()


async def _size(event):
    size = [int(side) for side in event.target.value.split("x")]
    settings.put("input:" + detecting.model, size)
    await detecting.again()


async def _switch(event):
    settings.put(event.target.id[len("pref-") :], bool(event.target.checked))


async def _class(event):
    results.toggle(event.target.value)
    _count_classes()


def _labels():
    return catalogue.model(detecting.model)["labels"]["en"]


async def _all_classes(event):
    hide = bool(event.target.closest("#pref-classes-none"))
    results.hidden = results.hidden - set(_labels())
    if hide:
        results.hidden = results.hidden | set(_labels())
    settings.put("hidden", sorted(results.hidden))
    _count_classes()
    for box in document.querySelectorAll("#pref-classes-list input"):
        box.checked = not hide


async def _opened(_event):
    await _render_classes()


async def _reset(_event):
    show_element("pref-reset-sure")
    element("pref-reset-no").focus()


async def _keep(_event):
    show_element("pref-reset-sure", False)
    element("pref-reset").focus()


async def _really(_event):
    await rooms.js("preferences", "reset").reset()


def _wire():
    for name, handler in (("language", _language), ("theme", _theme), ("saver", _saver)):
        element("pref-" + name).addEventListener("change", started(handler))
    element("pref-sizes").addEventListener("change", started(_size))
    for name in _SWITCHES:
        element("pref-" + name).addEventListener("change", started(_switch))
    element("pref-classes").addEventListener("toggle", started(_opened))
    element("pref-classes-list").addEventListener("change", started(_class))
    for name in ("all", "none"):
        element("pref-classes-" + name).addEventListener("click", started(_all_classes))
    element("pref-reset").addEventListener("click", started(_reset))
    element("pref-reset-no").addEventListener("click", started(_keep))
    element("pref-reset-yes").addEventListener("click", started(_really))


def _option(kind, value, text, checked):
    box, label = new("input"), new("label")
    box.type, box.value, box.checked = kind, value, checked
    label.append(box, new("span", text))
    return label


def _render_sizes():
    model = catalogue.model(detecting.model)
    name = model["name"][words.language()]
    element("pref-input-title").textContent = say("pref_input", model=name)
    chosen, options = list(detecting.input_size()), []
    for index, (width, height) in enumerate(model["sizes"]):
        if index:
            text = say("pref_input_size", width=width, height=height)
        else:
            text = say("pref_input_usual", width=width, height=height)
        option = _option("radio", "%dx%d" % (width, height), text, [width, height] == chosen)
        option.firstElementChild.name = "input"
        options.append(option)
    element("pref-sizes").replaceChildren(*options)
    show_element("pref-input", len(model["sizes"]) > 1)


async def _render_classes():
    """Lists the classes once the list is open, some at a time: it may be long."""
    global _listing
    _listing += 1
    listing, box = _listing, element("pref-classes-list")
    box.replaceChildren()
    if not element("pref-classes").open:
        return
    names = catalogue.model(detecting.model)["labels"][words.language()]
    for index, label in enumerate(_labels()):
        box.append(_option("checkbox", label, names[index], label not in results.hidden))
        if index % 8 == 7:
            await asyncio.sleep_ms(0)
            if listing != _listing:
                return  # it is being written anew


def _count_classes():
    labels = _labels()
    shown = len([label for label in labels if label not in results.hidden])
    element("pref-classes-count").textContent = "%d / %d" % (shown, len(labels))


def _render():
    _check("language", words.language())
    _check("theme", settings.get("theme", "auto"))
    chosen = settings.get("saver", "auto")
    _check("saver", chosen)
    show_element("pref-saver-now", chosen == "auto" and saver.on())
    for name, usual in _SWITCHES.items():
        element("pref-" + name).checked = bool(settings.get(name, usual))
    _render_sizes()
    _count_classes()
    asyncio.create_task(_render_classes())


async def show(_dialog):
    """Called when the screen opens."""
    global _wired
    if not _wired:
        _wired = True
        _wire()
    _render()
