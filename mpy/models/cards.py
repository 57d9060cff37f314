"""A card for each model, by what they find: its facts, and buttons."""

import json

from pyscript import document
from pyscript.js_modules import download, own

import badges
import catalogue
import rooms
import settings
from app import detecting, engine
from page import element, new
from words import language, megabytes, say

from . import elsewhere, facts

_renders = 0  # so far


def _button(word, act, model, classes):
    button = new("button", word, classes)
    button.type = "button"
    button.dataset.act, button.dataset.model = act, model["id"]
    button.setAttribute("aria-describedby", "model-" + model["id"])
    return button


async def _kept(model):
    """(bytes still to come, bytes here); the first is -1 where nothing can be kept."""
    if "tier" not in model["variants"][0]:
        graph = await own.graph(model["id"])
        return (0, graph.size) if graph else (model["variants"][0]["bytes"], 0)
    kept = rooms.js("models", "kept")
    best = None
    for variant in model["variants"]:
        missing = await download.missing(json.dumps([variant["tier"]]))
        here = await kept.bytes(variant["tier"])
        if best is None or here > best[1]:  # of two that are here in part, the one nearer its end
            best = missing, here
    if model["delivery"] == "tap":
        graph = await own.graph(model["id"])
        if not graph:
            return model["variants"][0]["bytes"], 0
        return best[0], best[1] + graph.size
    return best


def _buttons(model, missing):
    buttons, usable = new("div", "", "buttons"), catalogue.model(model["id"]) is not None
    if not usable:
        buttons.append(_button(say("models_get"), "ask", model, "action"))
    elif model["id"] != detecting.model:
        buttons.append(_button(say("models_use"), "use", model, "action primary"))
    if "own" in model:
        buttons.append(_button(say("models_edit"), "edit", model, "action"))
    if usable and ("own" in model or 0 <= missing < model["variants"][0]["bytes"]):
        buttons.append(_button(say("models_remove"), "remove", model, "action"))
    return buttons


async def _card(model):
    missing, here = await _kept(model)
    card, title = new("article", "", "model"), new("h4")
    used = model["id"] == detecting.model
    card.dataset.model = model["id"]
    card.dataset.used = "true" if used else "false"
    name = new("span", model["name"][language()])
    name.id = "model-" + model["id"]
    title.append(name)
    if used:
        title.append(new("span", say("models_used"), "used"))
    card.append(title, new("p", model["about"][language()]), facts.rows(model, missing, here))
    card.append(elsewhere.panel(model) or _buttons(model, missing))
    return card


def _groups():
    """(task, models) of everything that is here or can be had."""
    shown = list(catalogue.models)
    shown += [each for each in catalogue.elsewhere if catalogue.model(each["id"]) is None]
    for task in facts.TASKS:
        of_task = [each for each in shown if each["task"] == task]
        if of_task:
            yield task, of_task


async def render():
    """Writes the cards, as things are now; the newest of several at a time wins."""
    global _renders
    _renders += 1
    this, made, cards = _renders, [], []
    for task, models in _groups():
        made.append(new("h3", say("models_task_" + task)))
        for model in models:
            cards.append(await _card(model))
            made.append(cards[-1])
    if this != _renders:
        return
    active = document.activeElement
    focused = active and active.closest("#models-list article")
    element("models-list").replaceChildren(*made)
    if focused:  # the button that was pressed is gone; who uses the keyboard keeps the place
        for card in cards:
            button = card.querySelector("button")
            if button and card.dataset.model == focused.dataset.model:
                button.focus()


def _say(text):
    element("models-said").textContent = text


def forget_what_was_said():
    """Takes away what was said of an earlier press."""
    _say("")
    elsewhere.ask(None)


async def pressed(act, model_id):
    """Does what a card's button says."""
    if act == "use":
        settings.put("model", model_id)
        _say(say("models_using", model=catalogue.model(model_id)["name"][language()]))
    elif act == "remove":
        await _remove(catalogue.model(model_id))
    elif act == "edit":
        room = await rooms.enter("own")
        if room:
            await room.edit(model_id)
    elif act == "cancel":
        elsewhere.cancel()
    elif act == "accept":
        for model in catalogue.elsewhere:
            if model["id"] == model_id:
                _say(await elsewhere.take(model, render))
        await render()
    else:
        elsewhere.ask(model_id if act == "ask" else None)
        await render()


async def _remove(model):
    """Takes this model's files off the device."""
    name, freed = model["name"][language()], 0
    for variant in model["variants"]:
        if "tier" in variant:
            bytes_freed = await rooms.js("models", "kept").remove(variant["tier"])
            if bytes_freed < 0:
                _say(say("models_not_removed"))
                return
            freed += bytes_freed
    if "own" in model or model["delivery"] == "tap":
        freed += await own.remove(model["id"])
    if "own" in model:
        settings.put("own", [e for e in settings.get("own", []) if e["id"] != model["id"]])
        _say(say("models_removed_own", size=megabytes(freed), model=name))
    elif model["delivery"] == "tap":
        elsewhere.forget(model["id"])
        _say(say("models_removed", size=megabytes(freed), model=name))
    else:
        _say(say("models_removed", size=megabytes(freed), model=name))
    await render()
    await engine.look(detecting.model)
    badges.look_soon()
