"""How to put the app on the home screen, in browsers that leave this to their own menus."""

from pyscript.js_modules import install as js_install


async def show(dialog):
    """Shows the steps for this browser."""
    way = js_install.way()
    for steps in dialog.querySelectorAll("[data-way]"):
        steps.hidden = steps.dataset.way != way
