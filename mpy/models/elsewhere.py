"""Models that others serve: their licence is shown, and only then are they fetched."""

import json

import catalogue
import rooms
import settings
from page import new
from words import language, megabytes, say, say_error

from . import facts

asked = None  # the id of the model whose licence is shown
_arriving = None  # the id of the model that is on its way
_shown = None  # the element that tells how much of it is here


def panel(model):
    """What is agreed to before a download; or how far it is. None where neither is to be said."""
    global _shown
    if model["id"] == _arriving:
        place = new("div", "", "consent")
        _shown = new("p", say("models_arriving", done=megabytes(0), size=_size(model)))
        place.append(_shown, _button(say("models_cancel"), "cancel", model, "action"))
        return place
    if model["id"] != asked:
        return None
    place = new("div", "", "consent")
    place.append(new("p", say("models_consent", host=facts.host(model), size=_size(model))))
    note = facts.details(model)["licence"].get("note", "")
    if note:
        place.append(new("p", note if isinstance(note, str) else note[language()]))
    buttons = new("div", "", "buttons")
    buttons.append(
        _button(say("models_accept"), "accept", model, "action primary"),
        _button(say("models_decline"), "decline", model, "action"),
    )
    place.append(facts.licence(model), buttons)
    return place


def _size(model):
    return megabytes(facts.details(model)["bytes"])


def _button(word, act, model, classes):
    button = new("button", word, classes)
    button.type = "button"
    button.dataset.act, button.dataset.model = act, model["id"]
    button.setAttribute("aria-describedby", "model-" + model["id"])
    return button


def ask(model_id):
    """Shows this model's licence; None shows none."""
    global asked
    asked = model_id


def _progress(model):
    def tell(done):
        if _shown is not None:
            _shown.textContent = say("models_arriving", done=megabytes(done), size=_size(model))

    return tell


async def take(model, render):
    """Fetches it; returns what to say. render() writes the cards anew, with its progress."""
    global asked, _arriving
    if _arriving:
        return say("models_one_at_a_time")
    asked, _arriving = None, model["id"]
    await render()
    about = facts.details(model)
    source = json.dumps({key: about[key] for key in ("urls", "bytes", "sha256")})
    code = await rooms.js("models", "elsewhere").take(model["id"], source, _progress(model))
    _arriving = None
    name = model["name"][language()]
    if code:
        return say_error(code, {"model": name, "host": facts.host(model), "file": about["file"]})
    settings.put("taken", [each for each in _taken() if each != model["id"]] + [model["id"]])
    return say("models_taken", model=name)


def cancel():
    """Stops the download."""
    rooms.js("models", "elsewhere").cancel()


def forget(model_id):
    """The model is no longer here."""
    settings.put("taken", [each for each in _taken() if each != model_id])


def _taken():
    known = [each["id"] for each in catalogue.elsewhere]
    return [each for each in settings.get("taken", []) if each in known]
