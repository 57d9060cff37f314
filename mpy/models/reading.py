"""What an ONNX file says of itself. It is read in the worker, and neither run nor kept."""

import json

from app import detecting, engine
from page import element, new, show, window
from words import megabytes, say, say_error

TIMEOUT_MS = 60000
_told = None  # the facts, or {"error": {"code", "data"}}
_last = 0  # the file that was asked for last


def clear():
    """Takes away what was said of a file."""
    global _told, _last
    _told, _last = None, _last + 1
    render()


async def read(file):
    """Reads a file and shows what it says; the newest file wins."""
    global _told, _last
    clear()
    this = _last
    element("models-busy").textContent = say("models_reading", name=file.name)
    told = await _facts(file)
    if this != _last:
        return
    _told = told
    render()
    facts = element("models-facts")
    facts.scrollIntoView()
    facts.focus()


async def _facts(file):
    if not await detecting.ready():
        return {"error": engine.error}
    argument = window.Object.new()
    argument.file, argument.name = file, file.name
    told = json.loads(await engine.bridge.call("inspect", argument, TIMEOUT_MS))
    if "error" in told and engine.is_fatal(told["error"]):
        engine.failed(told["error"])
    return told


def _shape(shape):
    if shape is None:
        return say("models_shapeless")
    return " × ".join(str(length) for length in shape)


def _values(values):
    place = new("div")
    for each in values:
        words = "%s: %s, %s" % (each["name"], each["type"], _shape(each["shape"]))
        place.append(new("div", words))
    return place


def _operators(told):
    place, kinds = new("div"), new("div", "", "kinds")
    # MicroPython's dicts have no order.
    for count, name in sorted([(-count, name) for name, count in told["operators"].items()]):
        kinds.append(new("span", "%s × %d" % (name, -count)))
    words = say("models_operators_of", count=told["nodes"], kinds=len(told["operators"]))
    place.append(new("div", words), kinds)
    return place


def _metadata(entries):
    place = new("div")
    for key in sorted(entries):
        place.append(new("div", "%s: %s" % (key, entries[key])))
    return place


def _listed(told):
    unsaid = say("models_unsaid")
    ir = unsaid if told["ir"] is None else told["ir"]
    opset = unsaid if told["opset"] is None else told["opset"]
    rows = [
        (say("models_place"), new("span", megabytes(told["bytes"]))),
        (say("models_format"), new("span", say("models_format_of", ir=ir, opset=opset))),
        (say("models_producer"), new("span", told["producer"] or unsaid)),
        (say("models_inputs"), _values(told["inputs"])),
        (say("models_outputs"), _values(told["outputs"])),
        (say("models_operators"), _operators(told)),
    ]
    if told["metadata"]:
        rows.append((say("models_metadata"), _metadata(told["metadata"])))
    facts = new("dl")
    for term, value in rows:
        detail = new("dd")
        detail.append(value)
        facts.append(new("dt", term), detail)
    return facts


def render():
    """Writes what was read, in the language in use."""
    element("models-busy").textContent = ""
    place = element("models-facts")
    place.replaceChildren()
    show("models-facts", _told is not None)
    if _told is None:
        return
    if "error" in _told:
        place.append(new("p", say_error(_told["error"]["code"], _told["error"]["data"])))
    else:
        place.append(new("h4", _told["name"]), _listed(_told), new("p", say("models_next")))
