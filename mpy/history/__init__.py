"""History: pictures and what was found in them, kept on this device."""

import json

import badges
import message
import rooms

from . import screen

_told = []  # codes of errors; each is told once, because every picture would repeat it
_asked = False  # whether the browser was asked to keep what is kept


async def keep(record, blob):
    """Keeps a picture; returns its id, which the record has from then on, or None.

    record: see docs/record.md; its id is replaced by one that sorts by time. What goes wrong is
    told once and stops nothing.
    """
    global _asked
    store = rooms.js("history", "store")
    kept = dict(record)
    kept["id"] = ""
    try:
        answer = json.loads(await store.put(json.dumps(kept), blob))
    except Exception as error:
        answer = {"error": {"code": "history-unavailable", "data": {"detail": repr(error)}}}
    if "error" in answer:
        code = answer["error"]["code"]
        badges.no_room(code == "history-full")
        if code not in _told:
            _told.append(code)
            message.tell_error(code, answer["error"]["data"])
        return None
    badges.no_room(False)
    if not _asked:
        _asked = True
        store.askToStay()
    record["id"] = answer["id"]
    return answer["id"]


async def show(dialog):
    """Called when the screen opens."""
    await screen.show(dialog)


def hidden():
    """Called when the screen closes."""
    screen.hidden()
