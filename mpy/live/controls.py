"""The live camera's own controls: which lens, torch, zoom, following."""

import rooms
import settings
from handlers import soon
from page import element, new, show
from words import say


def mount(live):
    """Puts the controls under the picture, once, and wires them."""
    place = element("live")
    if place.firstElementChild:
        return
    rooms.mount("live", place)
    element("flip").addEventListener("click", lambda _event: soon(flip(live)))
    element("lens").addEventListener("change", lambda event: soon(_use(live, event)))
    element("torch").addEventListener("click", lambda _event: soon(_torch(live)))
    element("zoom").addEventListener("input", lambda event: soon(_zoom(live, event)))
    element("follow").addEventListener("click", lambda _event: _follow(live))


async def refresh(live):
    """Shows the controls that this camera has."""
    offers = live.camera.offers()
    lenses = await live.camera.lenses()
    show("flip", len(lenses) == 2)
    show("lens-box", len(lenses) > 2)
    options = []
    for index, each in enumerate(lenses):
        option = new("option", each["label"] or say("lens_number", number=index + 1))
        option.value = each["id"]
        options.append(option)
    element("lens").replaceChildren(*options)
    element("lens").value = offers["device"]
    show("torch", offers["torch"])
    _press("torch", False)
    zoom = offers["zoom"]
    show("zoom-box", zoom is not None)
    if zoom:
        slider = element("zoom")
        for name in ("min", "max", "step", "value"):
            setattr(slider, name, zoom[name])
    _press("follow", live.follows())
    show("live-controls")


def hide():
    """Takes them away with the camera's picture."""
    show("live-controls", False)


def _press(name, pressed):
    element(name).setAttribute("aria-pressed", "true" if pressed else "false")


async def flip(live):
    """Changes to the other of two lenses."""
    now = live.camera.offers()["device"]
    others = [each["id"] for each in await live.camera.lenses() if each["id"] != now]
    if others:
        settings.put("lens", others[0])
        await live.restart()


async def _use(live, event):
    settings.put("lens", event.target.value)
    await live.restart()


async def _torch(live):
    wanted = element("torch").getAttribute("aria-pressed") != "true"
    _press("torch", wanted and await live.camera.apply("torch", True))
    if not wanted:
        await live.camera.apply("torch", False)


async def _zoom(live, event):
    await live.camera.apply("zoom", float(event.target.value))


def _follow(live):
    settings.put("tracking", not live.follows())
    _press("follow", live.follows())
    live.follow_changed()
