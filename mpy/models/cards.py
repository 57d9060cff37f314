"""A card for each model: its facts, and two buttons."""

import json

from pyscript import document
from pyscript.js_modules import download

import badges
import catalogue
import rooms
import settings
from app import detecting, engine
from page import element, new
from words import language, megabytes, say


def _tier(model):
    return "model:" + model["id"]


def _row(term, value):
    detail = value if hasattr(value, "tagName") else new("span", value)
    holder = new("dd")
    holder.append(detail)
    return new("dt", term), holder


def _place(model, missing, bytes_here):
    """Where its files are; missing is -1 where nothing can be kept."""
    total = megabytes(model["transfer_bytes"])
    if missing == 0:
        return say("models_here", size=megabytes(bytes_here))
    if 0 < missing < model["transfer_bytes"]:
        return say("models_partly", size=megabytes(missing), total=total)
    return say("models_there", size=total)


def _finds(model):
    names = model["labels"][language()]
    if len(names) == 1:
        return new("span", names[0])
    details = new("details")
    comma = "、" if language() == "ja" else ", "
    details.append(
        new("summary", say("models_finds_many", count=len(names))), new("p", comma.join(names))
    )
    return details


def _licence(model):
    words = say("models_licence_of", licence=model["licence"], holder=model["licence_holder"])
    link = new("a", words)
    link.href = model["licence_url"]
    link.target, link.rel = "_blank", "noopener noreferrer"
    return link


def _button(word, act, model, classes):
    button = new("button", word, classes)
    button.type = "button"
    button.dataset.act, button.dataset.model = act, model["id"]
    button.setAttribute("aria-describedby", "model-" + model["id"])
    return button


def _card(model, missing, bytes_here):
    used = model["id"] == detecting.model
    card, title, facts = new("article", "", "model"), new("h3"), new("dl")
    card.dataset.model = model["id"]
    card.dataset.used = "true" if used else "false"
    name = new("span", model["name"][language()])
    name.id = "model-" + model["id"]
    title.append(name)
    if used:
        title.append(new("span", say("models_used"), "used"))
    width, height = model["sizes"][0]
    facts.append(
        *_row(say("models_finds"), _finds(model)),
        *_row(say("models_place"), _place(model, missing, bytes_here)),
        *_row(say("models_input"), say("models_pixels", width=width, height=height)),
        *_row(say("models_licence"), _licence(model)),
    )
    buttons = new("div", "", "buttons")
    if not used:
        buttons.append(_button(say("models_use"), "use", model, "action primary"))
    if 0 <= missing < model["transfer_bytes"]:
        buttons.append(_button(say("models_remove"), "remove", model, "action"))
    card.append(title, new("p", model["about"][language()]), facts, buttons)
    return card


async def render():
    """Writes the cards, as things are now."""
    kept = rooms.js("models", "kept")
    made = []
    for model in catalogue.models:
        tier = _tier(model)
        missing = await download.missing(json.dumps([tier]))
        made.append(_card(model, missing, await kept.bytes(tier)))
    active = document.activeElement
    focused = active and active.closest("#models-list article")
    element("models-list").replaceChildren(*made)
    if focused:  # the button that was pressed is gone; who uses the keyboard keeps the place
        for card in made:
            button = card.querySelector("button")
            if button and card.dataset.model == focused.dataset.model:
                button.focus()


def _say(text):
    element("models-said").textContent = text


def forget_what_was_said():
    """Takes away what was said of an earlier press."""
    _say("")


def use(model_id):
    """Makes this the model to detect with; render() is called by the setting."""
    settings.put("model", model_id)
    _say(say("models_using", model=catalogue.model(model_id)["name"][language()]))


async def remove(model_id):
    """Takes this model's files off the device."""
    model = catalogue.model(model_id)
    freed = await rooms.js("models", "kept").remove(_tier(model))
    if freed < 0:
        _say(say("models_not_removed"))
        return
    name = model["name"][language()]
    _say(say("models_removed", size=megabytes(freed), model=name))
    await render()
    if model_id == detecting.model:
        await engine.look(model_id)
    badges.look_soon()
