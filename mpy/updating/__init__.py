"""Lets the waiting version take over, when nothing is cut off by that.

The page is loaded anew for it. So the camera is switched off first, and what takes long (many
photos, a video) is waited for; a picture under way is, too.
"""

import asyncio

from pyscript.js_modules import offline

import message
from app import detecting, engine

_LOOK_EVERY_MS = 100
_waiting = False


async def update():
    """Updates as soon as nothing is under way; says so where that is not now."""
    global _waiting
    if _waiting:
        return
    _waiting = True
    if detecting.works:
        message.tell_error("update-waits", {})
    else:
        detecting.clear()  # the camera would always have another frame under way
    while detecting.works or engine.bridge.busy:
        await asyncio.sleep_ms(_LOOK_EVERY_MS)
    offline.applyUpdate()
    _waiting = False
