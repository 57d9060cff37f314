"""What lies on the desk of this room: the file, what is known of it, and what is said."""

from pyscript.ffi import to_js

from app import engine
from page import element, show
from words import say_error

from . import report
from .preview import Preview

preview = Preview()
now = {
    "turn": 0,  # of the last thing that was asked for
    "file": None,  # the graph, a Blob
    "fresh": False,  # whether the graph is not kept yet
    "facts": None,
    "proposals": [],
    "outputs": [],  # what a trial gave
    "why": [],  # what the facts rest on
    "borrowed": False,  # whether the worker has a model of this room
}


def turn():
    """Makes what is asked for now the last thing asked for; returns its turn."""
    now["turn"] += 1
    return now["turn"]


def tell(name, text=""):
    """Writes into one of the room's places; nothing takes away what was there."""
    element(name).textContent = text


def fail(error):
    """Tells an error {"code", "data"}."""
    if engine.is_fatal(error):
        engine.failed(error)
        now["borrowed"] = False
    tell("own-busy")
    tell("own-error", say_error(error["code"], error["data"]))
    element("own-error").scrollIntoView(to_js({"block": "nearest"}))


def clear():
    """Takes everything off the desk."""
    report.tell(None)
    show("own-try", False)
    for name in ("own-busy", "own-error", "own-said", "own-found"):
        tell(name)
    now["file"] = now["facts"] = None
    now["proposals"], now["outputs"], now["why"] = [], [], []
