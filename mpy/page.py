"""Small helpers to reach the page's elements."""

from pyscript import document

# PyScript's `window` is MicroPython's `js` module, whose functions come unbound: calling
# window.fetch() or window.addEventListener() fails with "Illegal invocation". This one is the
# object itself.
window = document.defaultView


def element(name):
    """The element with this id."""
    return document.getElementById(name)


def show(name, shown=True):
    """Shows or hides the element with this id."""
    element(name).hidden = not shown


def new(tag, text="", classes=""):
    """A new element with a text and classes."""
    made = document.createElement(tag)
    if text:
        made.textContent = text
    if classes:
        made.className = classes
    return made
