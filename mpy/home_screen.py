"""The button that puts the app on the home screen, where that is possible and not done yet."""

from pyscript import when
from pyscript.js_modules import install as js_install

import message
import rooms
from page import show


def render():
    """Shows the button where there is a way to install the app."""
    show("install", js_install.way() != "")


def listen():
    """Keeps the button right from here on."""
    render()
    js_install.listen(render)


@when("click", "#install")
async def pressed(_event):
    """Takes the browser's offer, or says how it is done by hand."""
    try:
        if js_install.way() == "offer":
            await js_install.accept()
            render()  # an offer can be taken once
        else:
            await rooms.open("install")
    except Exception as error:
        message.tell_exception(error)
