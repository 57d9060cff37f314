"""The message at the bottom: what went wrong, or what can be done, until it is closed."""

from pyscript import when

from page import element, show
from words import say, say_error

_on_action = None


def tell(text, action=None, on_action=None):
    """Shows a text, with a button that says `action` and calls on_action()."""
    global _on_action
    _on_action = on_action
    element("message-text").textContent = text
    element("message-action").textContent = action or ""
    show("message-action", action is not None)
    show("message")


def tell_error(code, data):
    """Shows the words for an error's code."""
    tell(say_error(code, data))


def tell_update(on_apply):
    """Says that a new version waits."""
    tell(say("update"), say("update_apply"), on_apply)


def close():
    """Takes the message away."""
    show("message", False)


@when("click", "#message-close")
def _close():
    close()


@when("click", "#message-action")
def _act():
    close()
    if _on_action:
        _on_action()
