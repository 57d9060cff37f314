"""What is kept on this device, each kind with its size, and a button to free it."""

import json

import catalogue
import rooms
from app import detecting, engine
from handlers import started
from page import element, new
from words import language, megabytes, say

# What can be deleted here; the rest has a room of its own, or cannot be missed.
_FREED = ("engine", "model", "samples", "older", "unfinished")


def _name(each):
    if each["kind"] == "model":
        model = catalogue.model(each["id"])
        return model["name"][language()] if model else each["id"]
    return {
        "shell": say("state_kind_shell"),
        "engine": say("state_kind_engine"),
        "samples": say("state_kind_samples"),
        "own": say("state_kind_own"),
        "older": say("state_kind_older"),
        "unfinished": say("state_kind_unfinished"),
    }[each["kind"]]


_freed = None


def listen(freed):
    """Has freed() awaited after something was deleted; it draws everything anew."""
    global _freed
    _freed = freed


async def render():
    """Lists what is kept."""
    listed = json.loads(await rooms.js("state", "kept").kept())
    place = element("state-kept")
    rows = []
    for each in listed:
        row = new("li")
        row.append(new("span", _name(each)), new("span", megabytes(each["bytes"]), "size"))
        if each["kind"] in _FREED:
            row.append(_button(each))
        rows.append(row)
    place.replaceChildren(*rows)
    element("state-kept-none").hidden = bool(rows)


def _button(each):
    button = new("button", say("state_free"), "quiet")
    button.type = "button"
    button.setAttribute("aria-label", say("state_free_one", name=_name(each)))
    button.dataset.kind, button.dataset.id = each["kind"], each["id"]
    button.addEventListener("click", started(_asked))
    return button


async def _asked(event):
    """The first tap asks, the second frees."""
    button = event.target
    if button.getAttribute("data-sure") != "yes":
        for other in element("state-kept").querySelectorAll("[data-sure]"):
            other.dataset.sure = ""
            other.textContent = say("state_free")
        button.dataset.sure = "yes"
        button.textContent = say("state_free_sure")
        return
    await rooms.js("state", "kept").free(button.dataset.kind, button.dataset.id)
    element("state-free-said").textContent = say("state_freed")
    engine.forget()
    await engine.look(detecting.model)
    await _freed()
