"""What a model's card says of it."""

import io
import json

from page import new
from words import language, megabytes, say

TASKS = ("detection", "faces", "bodies", "pose", "text", "mask", "classification", "tensors")

with io.open("/rooms-models/data/models.json") as _file:
    _details = json.load(_file)  # by id: licence; and of those that others serve where they are


def details(model):
    """What the shell does without, of a model of the site's list."""
    return _details.get(model["id"], {})


def host(model):
    """Who serves a model that does not come with the site."""
    return details(model)["urls"][0].split("/")[2]


def row(term, value):
    """A term, and what it says: text or an element."""
    detail = value if hasattr(value, "tagName") else new("span", value)
    holder = new("dd")
    holder.append(detail)
    return new("dt", term), holder


def _place(model, missing, bytes_here):
    """Where its files are; missing is -1 where nothing can be kept."""
    total = model["variants"][0]["bytes"]
    if missing == 0:
        return say("models_here", size=megabytes(bytes_here))
    if 0 < missing < total:
        return say("models_partly", size=megabytes(missing), total=megabytes(total))
    small = model["variants"][-1]["bytes"]
    if small < total:
        return say("models_there_small", size=megabytes(total), small=megabytes(small))
    return say("models_there", size=megabytes(total))


def _finds(model):
    names = model["labels"][language()]
    if len(names) == 1:
        return new("span", names[0])
    listed = new("details")
    comma = "、" if language() == "ja" else ", "
    listed.append(
        new("summary", say("models_finds_many", count=len(names))), new("p", comma.join(names))
    )
    return listed


def licence(model):
    """The licence's name, and a link to its text."""
    about = details(model)["licence"]
    link = new("a", say("models_licence_of", licence=about["spdx"], holder=about["holder"]))
    link.href = about["url"]
    link.target, link.rel = "_blank", "noopener noreferrer"
    return link


def rows(model, missing, bytes_here):
    """The facts, as a list of terms."""
    width, height = model["sizes"][0]
    sizes = say("models_pixels", width=width, height=height)
    if len(model["sizes"]) > 1:
        sizes = say("models_sizes", size=sizes, count=len(model["sizes"]))
    facts = new("dl")
    facts.append(
        *row(say("models_finds"), _finds(model)),
        *row(say("models_place"), _place(model, missing, bytes_here)),
        *row(say("models_input"), sizes),
    )
    if model["delivery"] == "tap":
        facts.append(*row(say("models_from"), host(model)))
    if model["id"] in _details:
        facts.append(*row(say("models_licence"), licence(model)))
    return facts
