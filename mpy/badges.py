"""Badges of state: a few words each, shown only while they are true.

- Works offline: the service worker answers for this page, everything that the chosen model needs
  is kept, and exactly these files have detected something before.
- Update waiting: a new version is installed, and the page is of the old one.
- Storage at risk: the browser may throw away what is kept, and the room is nearly used up; or
  something could not be kept for want of room. Chromium tells of 10 GB more than are used, whatever
  there is, so there only the latter shows.
"""

import asyncio
import json

from pyscript import document
from pyscript.ffi import to_js
from pyscript.js_modules import download, offline, own

import catalogue
import message
import rooms
import saver
import settings
import weights
from app import detecting, engine
from downloading import ASKED_FROM
from handlers import soon
from page import element, show, window
from weights import identity, tiers

IDLE_MS = 4000
NEARLY_FULL = 0.8  # of the room that the browser allows
_PROVEN = "proven"  # the setting: one text for each set of files that has detected something

_last_proven = None
_lock = asyncio.Lock()
_no_room = False  # the last thing to be kept found none


def _files(level, model, variant):
    """What detects with this model, as one text: addresses name their content."""
    site = catalogue.engine
    addresses = [site["runtime"], site["stdlib"], site["code"], site["locks"][level]]
    names = [address.split("/")[1] for address in addresses]
    return " ".join(names + identity(model, variant))


def prove():
    """Notes that the files in use work, once for each model; called for every frame.

    They were compared with their hashes before the engine was ready, and its worker is refused the
    network.
    """
    global _last_proven
    model = catalogue.model(engine.model)
    using = (engine.level, model, engine.variant)
    if using == _last_proven or not engine.kept or engine.state != "ready":
        return
    _last_proven = using
    files = _files(engine.level, model, engine.variant)
    current = set()
    for model in catalogue.models:
        for level in catalogue.engine["locks"]:
            for variant in model["variants"]:
                current.add(_files(level, model, variant))
    proven = [each for each in settings.get(_PROVEN, []) if each in current and each != files]
    proven.append(files)
    settings.put(_PROVEN, proven)
    look_soon()


async def offline_facts():
    """What "works offline" rests on: {"page", "missing" (bytes), "works"}."""
    model, page = catalogue.model(detecting.model), bool(await offline.pageKept())
    variant = await weights.choose(model["id"], engine.careful)
    missing = await download.missing(tiers(engine.level, variant)) if engine.level else -1
    proven, works = settings.get(_PROVEN, []), False
    for level in engine.levels:  # a lesser build will do, and so will smaller weights
        for variant in model["variants"]:
            lacking = await download.missing(tiers(level, variant))
            if not page or lacking or _files(level, model, variant) not in proven:
                continue
            works = works or "onnx" in variant or bool(await own.has(model["id"]))
    return {"page": page, "missing": 0 if works else missing, "works": works}


async def storage_facts():
    """The room that is used: {"usage", "quota" (bytes or -1), "persisted", "at_risk"}."""
    facts = json.loads(await offline.storage())
    full = facts["quota"] > 0 and facts["usage"] > NEARLY_FULL * facts["quota"]
    failed = _no_room or (engine.error is not None and engine.error["code"] == "storage-full")
    facts["at_risk"] = failed or (full and not facts["persisted"])
    return facts


def no_room(lacking):
    """Takes note whether the last thing to be kept found no room."""
    global _no_room
    if lacking != _no_room:
        _no_room = lacking
        look_soon()


async def look():
    """Finds out what is true now, and shows that."""
    async with _lock:
        show("badge-offline", (await offline_facts())["works"])
        show("badge-update", offline.updateWaits())
        show("badge-storage", (await storage_facts())["at_risk"])


def look_soon(*_event):
    """The same, for those who cannot wait."""
    soon(look())


def update(*_event):
    """Has the waiting version take over."""
    soon(_update())


async def _update():
    room = await rooms.enter("updating")
    if room:
        await room.update()
    else:
        offline.applyUpdate()


def listen():
    """Looks now, and whenever something may have changed."""
    element("badge-update").addEventListener("click", update)
    document.addEventListener("mekiki:detections", lambda _event: prove())
    document.addEventListener("visibilitychange", look_soon)
    for name in ("online", "offline", "focus"):
        window.addEventListener(name, look_soon)
    observer = window.MutationObserver.new(look_soon)
    observer.observe(element("engine"), to_js({"attributeFilter": ["data-state"]}))
    look_soon()
    soon(_check_when_idle())


async def _check_when_idle():
    """Compares what was promised with what is kept, file by file, and mends it.

    The engine does so itself when it starts; this is for who opens the app and looks on.
    """
    await asyncio.sleep_ms(IDLE_MS)
    await offline.handshake()
    model = catalogue.model(detecting.model)
    for level in engine.levels:
        for variant in model["variants"]:
            if engine.state != "idle" or _files(level, model, variant) not in settings.get(
                _PROVEN, []
            ):
                continue
            await _mend(tiers(level, variant))
            return


async def _mend(names):
    found = json.loads(await download.check(names))
    harmed = found.get("wrong", []) + found.get("absent", [])
    if not harmed or engine.state != "idle":
        return
    files = ", ".join([address.split("/")[-1] for address in harmed])
    await look()
    if saver.on() and found["bytes"] > ASKED_FROM:
        message.tell_error("kept-damaged-saver", {"files": files, "size": found["bytes"]})
    else:
        message.tell_error("kept-damaged", {"files": files, "size": found["bytes"]})
        await download.fetchTiers(names, lambda *_: None)
    await engine.look(detecting.model)
    await look()
