"""The message at the bottom: what went wrong, or an offer (a waiting update), until it is closed.

An error lies over an offer and gives the place back when it goes.
"""

import sys

from page import element, show
from words import say, say_error

_error = None  # (code, data) of the error that is shown
_offer = None  # (words(), words() of the button, what it does) of what is offered


def _render():
    if _error is not None:
        text, action = say_error(_error[0], _error[1]), None
    else:
        text, action = (_offer[0](), _offer[1]()) if _offer else (None, None)
    shown = text is not None
    if shown:
        element("message-text").textContent = text
        element("message-action").textContent = action or ""
    show("message-action", action is not None)
    show("message", shown)


def tell_error(code, data):
    """Shows the words for an error's code."""
    global _error
    _error = (code, data)
    _render()


def tell_exception(error):
    """Shows an exception that nobody foresaw, and writes where it came from to the console."""
    sys.print_exception(error, sys.stderr)
    tell_error("unforeseen-error", {"detail": repr(error)})


def offer_update(on_apply):
    """Says that a new version waits; on_apply() is called when the person wants it."""
    offer(lambda: say("update"), lambda: say("update_apply"), on_apply)


def offer(text, action, on_action):
    """Offers something; text() and action() give the words, now and in another language."""
    global _offer
    _offer = (text, action, on_action)
    _render()


def close_error():
    """Takes the error away, because the person goes on to something else."""
    global _error
    _error = None
    _render()


def close():
    """Takes away what is shown."""
    global _offer
    if _error is None:
        _offer = None
    close_error()


def accept():
    """Does what is offered."""
    taken = _offer
    close()
    if taken:
        taken[2]()


def language_changed():
    """Writes the words again, in the other language."""
    _render()
