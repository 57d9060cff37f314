"""The button that puts the app on the home screen, where that is possible and not done yet."""

from pyscript.js_modules import install as js_install

import rooms
from handlers import started
from page import element, show


def _render():
    show("install", js_install.way() != "")


async def _pressed(_event):
    if js_install.way() == "offer":
        await js_install.accept()
        _render()  # an offer can be taken once
    else:
        await rooms.open("install")


def listen():
    """Shows the button where there is a way to install the app, from here on."""
    element("install").addEventListener("click", started(_pressed))
    _render()
    js_install.listen(_render)
