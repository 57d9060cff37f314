"""The room where a video file is looked at, picture by picture.

run(file) does everything: it opens the room's screen, and the person sees the work under way, can
stop it, and gets the annotated video and a JSON document of what was found.
"""

from pyscript import when

import message
import rooms
from app import detecting
from handlers import soon
from page import element
from stage import VIDEO

from . import view
from .work import Work

NAME = "video"

_room = {"open": False, "file": None, "work": None}


async def run(file):
    """Looks at a video file, in this room's screen."""
    _leave()
    if detecting.stage.shows == VIDEO:
        detecting.clear()  # the camera stops: one thing at a time is looked at
    _room["file"] = file
    if _room["open"]:
        await _begin()
    else:
        await rooms.open(NAME)


async def show(dialog):
    """Called by the rooms when the screen is open."""
    _room["open"] = True
    detecting.works += 1  # until it is closed: what was made of a video is kept nowhere else
    if not _room.get("wired"):
        _room["wired"] = True
        _wire(dialog)
    await _begin()


def hidden():
    """Called by the rooms when the screen is closed: everything ends, and its memory is freed."""
    _room["open"] = False
    detecting.works -= 1
    _leave()
    view.stage("empty")


def _leave():
    if _room["work"]:
        _room["work"].leave()
        _room["work"] = None
        rooms.js(NAME, "files").stop(element("video-player"))


async def _begin():
    file, _room["file"] = _room["file"], None
    if file is None:
        view.stage("empty")
        return
    work = _room["work"] = Work(file)
    try:
        await work.run()
        if work is _room["work"] and work.left():
            rooms.close(NAME)  # a picture was dropped on the page meanwhile
    except Exception as error:
        rooms.close(NAME)
        message.tell_exception(error)


def _pressed(event):
    return event.target.closest("button")


def _wire(dialog):
    @when("click", "#video-load")
    def load_pressed(_event):
        _room["work"].allowed = True

    @when("click", "#video-stop")
    def stop_pressed(_event):
        _room["work"].stop()

    @when("click", "#video-save")
    def save_pressed(_event):
        _room["work"].save_video()

    @when("click", "#video-json")
    def json_pressed(_event):
        _room["work"].save_json()

    @when("click", "#video-share")
    def share_pressed(_event):
        soon(_room["work"].share())

    @when("click", "#video-objects")
    def object_pressed(event):
        button = _pressed(event)
        if button:
            element("video-player").currentTime = float(button.dataset.time)

    @when("change", "#video-file")
    def chosen(event):
        file = event.target.files.item(0)
        event.target.value = ""
        if file:
            soon(run(file))

    def back(event):
        # Esc and the back gesture keep ten minutes of work: they stop it, and its result is shown.
        if _room["work"] and _room["work"].running():
            event.preventDefault()
            _room["work"].stop()

    dialog.addEventListener("cancel", back)
