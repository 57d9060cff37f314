"""What a person does with the picture itself: drop, paste, tap."""

from pyscript import document

import overlay
import rooms
from handlers import soon
from page import element
from stage import PHOTO, VIDEO
from words import say


def _files(transfer):
    return [transfer.files.item(i) for i in range(transfer.files.length)] if transfer else []


def listen(detecting):
    """Takes files that are dropped or pasted anywhere, and taps on the picture and the list."""

    def dragged(event):
        event.preventDefault()
        element("stage").dataset.dragging = "true"

    def left(event):
        if not event.relatedTarget:
            element("stage").dataset.dragging = "false"

    def dropped(event):
        event.preventDefault()
        element("stage").dataset.dragging = "false"
        soon(detecting.files(_files(event.dataTransfer)))

    def pasted(event):
        files = _files(event.clipboardData)
        if files:
            event.preventDefault()
            soon(detecting.files(files))

    def tapped(event):
        if detecting.stage.shows == VIDEO and element("stage").dataset.frozen != "true":
            soon(_hold())
        elif detecting.stage.shows in (PHOTO, VIDEO):
            select(detecting, detecting.stage.at(event.clientX, event.clientY))

    def row_pressed(event):
        button = event.target.closest("button")
        if button:
            pressed = button.getAttribute("aria-pressed") == "true"
            select(detecting, None if pressed else int(button.dataset.index))

    document.addEventListener("dragover", dragged)
    document.addEventListener("dragleave", left)
    document.addEventListener("drop", dropped)
    document.addEventListener("paste", pasted)
    element("overlay").addEventListener("click", tapped)
    element("detections").addEventListener("click", row_pressed)


async def _hold():
    room = await rooms.enter("live")
    if room and room.live.on:
        await room.live.freeze()


def select(detecting, index):
    """Brings one detection out, on the picture and in the list, or none of them."""
    detecting.stage.select(index)
    for button in document.querySelectorAll("#detections button"):
        chosen = index is not None and int(button.dataset.index) == index
        button.setAttribute("aria-pressed", "true" if chosen else "false")
    text = ""
    if index is not None:
        found = detecting.stage.detection(index)
        x, y, width, height = [int(value + 0.5) for value in found["box"]]
        text = say(
            "detail",
            name=overlay.title(found),
            percent=overlay.percent(found),
            width=width,
            height=height,
            x=x,
            y=y,
        )
    element("detail").textContent = text
