"""Makes the chosen model available offline, and proves it.

What lacks is fetched, every file is compared with its hash, and then something is looked for in a
sample by a worker that is started anew for it and refused the network (app/sw/kept.mjs). Only that
earns the badge.
"""

import asyncio
import json

from pyscript.js_modules import download, frames, offline

import badges
import catalogue
import downloading
from app import detecting, engine
from handlers import soon
from page import window
from weights import tiers
from words import say, say_error

_running = False


async def make(tell):
    """Runs all steps; tell(text) is called with what is done, and at last with how it went.

    Returns whether everything works without a network now.
    """
    global _running
    if _running:
        return False
    _running = True
    try:
        began = window.performance.now()
        error = await _steps(tell, began)
        if error:
            tell(say_error(error["code"], error["data"]))
        return error is None
    finally:
        _running = False


async def _steps(tell, began):
    model_id = detecting.model
    telling = asyncio.create_task(_tell_download(tell))
    await engine.renew()  # one that runs since an hour proves nothing of what is kept
    ready = await engine.ensure(model_id, detecting.input_size())
    telling.cancel()
    if not ready:
        return engine.error or {"code": "offline-stopped", "data": {}}
    if not engine.kept:
        return {"code": "offline-impossible", "data": {}}
    answer = json.loads(await download.fetchTiers('["samples"]', lambda *_: None))
    if "error" in answer:
        return answer["error"]

    files = [0]

    def checked(done, total):
        files[0] = total
        tell(say("state_checking", done=done, total=total))

    names = json.loads(tiers(engine.level, engine.variant))
    names.append("samples")
    found = json.loads(await download.check(json.dumps(names), checked))
    if "error" in found:
        return found["error"]
    wrong = found["wrong"] + found["absent"]
    if wrong:
        return {"code": "offline-incomplete", "data": {"files": ", ".join(wrong)}}
    if not await offline.keepAll() or not await offline.pageKept():
        return {"code": "offline-page", "data": {}}
    tell(say("state_trying"))
    seen = await _trial()
    if "error" in seen:
        return seen["error"]
    badges.prove()
    soon(_persist())
    seconds = (window.performance.now() - began) / 1000
    names = [catalogue.name(engine.model, each) for each in seen["found"]]
    found = ", ".join(sorted(set(names))) or say("state_nothing")
    tell(say("state_proven", files=files[0], found=found, seconds="%.1f" % seconds))
    return None


async def _tell_download(tell):
    while True:
        if engine.state == "downloading":
            tell(downloading.text(engine))
        elif engine.state in ("starting", "preparing"):
            tell(say("engine_starting"))
        await asyncio.sleep_ms(200)


async def _trial():
    """Looks at the samples until something is found: {"found": [detections]} or {"error"}."""
    found = []
    for sample in catalogue.samples:
        response = await window.fetch(catalogue.address(sample["url"]))
        photo = await frames.open(await response.blob())
        frame = await photo.capture() if photo else None
        if frame is None:
            continue
        answer = json.loads(await engine.bridge.ask(frame))
        photo.close()
        if "error" in answer:
            return answer
        limit = catalogue.model(engine.model)["threshold"]
        found = [each for each in answer["detections"] if each["score"] >= limit]
        if found or answer.get("tensors"):
            return {"found": found}
    if catalogue.model(engine.model).get("delivery") == "site":
        return {"error": {"code": "offline-nothing-found", "data": {}}}
    return {"found": found}  # what somebody's own model finds, nobody knows


async def _persist():
    await offline.persist()
    badges.look_soon()
