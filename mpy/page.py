"""Small helpers to reach the page's elements."""

from pyscript import document

# PyScript's `window` is MicroPython's `js` module. MicroPython 1.29 keeps one proxy for a JS
# function and notes there whether it was last read as a method: after element.addEventListener a
# call of js.addEventListener gets a wrong `this` ("Illegal invocation"). So everything is read from
# the object instead; and window.setTimeout and window.clearTimeout are never called, because
# asyncio calls them from the module and would stop. asyncio.sleep_ms does their work.
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
