"""The start after the page ended without a word while the engine was at work.

Phones end pages that take too much memory, and a page that at once does the same again can never be
used. So nothing is detected by itself, weights and input are the smallest, and the reason is told.
"""

import json

import catalogue
import message
from app import detecting, engine
from handlers import soon
from page import window
from words import language, megabytes, say


async def start(ended, follow):
    """Starts with care.

    ended: JSON text: what the engine was at: model, width, height and heap (bytes), or nothing yet.
    follow: what a usual start does, with the search part of the address.
    """
    at_work = json.loads(ended)
    engine.careful = True

    def as_usual():
        engine.careful = False
        soon(engine.renew())
        soon(follow(window.location.search))

    message.offer(
        lambda: say("careful_ended", work=_work(at_work)), lambda: say("careful_usual"), as_usual
    )
    await engine.look(detecting.model)


def _work(at_work):
    """What it was at, in words."""
    model = catalogue.model(at_work.get("model"))
    if model is None:
        return say("careful_starting")
    name = model["name"][language()]
    if not at_work.get("heap"):
        return say("careful_preparing", model=name)
    size = "%d × %d" % (at_work.get("width") or 0, at_work.get("height") or 0)
    return say("careful_detecting", model=name, input=size, heap=megabytes(at_work["heap"]))
