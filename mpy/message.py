"""The message at the bottom: what went wrong, or that an update waits, until it is closed.

An error lies over the offer of an update and gives the place back when it goes.
"""

import sys

from page import element, show
from words import say, say_error

_error = None  # (code, data) of the error that is shown
_on_update = None  # called when the person takes the update that is offered


def _render():
    if _error is not None:
        text, action = say_error(_error[0], _error[1]), None
    else:
        text, action = say("update"), say("update_apply")
    shown = _error is not None or _on_update is not None
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
    global _on_update
    _on_update = on_apply
    _render()


def close_error():
    """Takes the error away, because the person goes on to something else."""
    global _error
    _error = None
    _render()


def close():
    """Takes away what is shown."""
    global _on_update
    if _error is None:
        _on_update = None
    close_error()


def accept():
    """Does what is offered."""
    apply = _on_update
    close()
    if apply:
        apply()


def language_changed():
    """Writes the words again, in the other language."""
    _render()
