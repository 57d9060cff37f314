"""What the system hands over: shared pictures, files opened with the app, later launches."""

import asyncio

from pyscript.js_modules import inbox as js_inbox

import message
from app import detecting
from handlers import soon
from page import element, show


async def take(shared):
    """Opens the pictures that another app shared, each of them in one window only.

    shared is what the address says of a share: how many files came, or "failed"; without one it
    is None, and only a share whose window never came is taken. Returns whether there were any.
    """
    files = await js_inbox.take(shared is not None)
    if shared is not None:
        js_inbox.forget()
    if not files.length:
        if shared is not None:
            message.tell_error("share-empty", {})
        return False
    opening = asyncio.create_task(detecting.files(list(files)))
    await asyncio.sleep_ms(0)  # it has taken older errors away when it waits for the first time
    if shared is not None and shared != str(files.length):
        message.tell_error("share-incomplete", {"taken": files.length})
    await opening
    return True


async def _launched(follow, search, files, unread):
    if unread:
        message.tell_error("file-unreadable", {})
    if files.length:
        await detecting.files(list(files))
    elif search:
        await follow(search)


def listen(follow):
    """Opens files that the app is opened with.

    follow(search), a coroutine function, is called with the query of the address when the app is
    launched again while it runs.
    """
    js_inbox.listen(lambda *launch: soon(_launched(follow, *launch)))


def ask_for_photo():
    """Asks for a photo: browsers open their picker only for a tap, so a tap is made easy."""
    show("ask-photo")
    element("file").focus()
