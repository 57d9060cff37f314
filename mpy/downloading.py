"""The download as the person sees and steers it: how far, how fast, pause, cancel, go on."""

import asyncio

from pyscript.js_modules import download

import catalogue
import saver
import settings
from handlers import started
from page import element, window
from words import language, megabytes, say

# Less than this is not asked about, even by the data saver.
ASKED_FROM = 1000000
# What is worth to be offered in its place: bytes that the smaller model saves.
_WORTH = 200000


def text(engine):
    """What the download is doing."""
    if not engine.total:
        return say("engine_checking")
    done, total = megabytes(engine.done), megabytes(engine.total)
    if engine.waiting:
        return say("engine_waiting", done=done, total=total, seconds=int(engine.waiting + 0.9))
    percent = int(100 * engine.done / engine.total)
    said = say("engine_downloading", done=done, total=total, percent=percent)
    if engine.rate:
        said += " · " + say("engine_rate", rate=megabytes(engine.rate))
        said += " · " + _left((engine.total - engine.done) / engine.rate)
    return said


def _left(seconds):
    if seconds < 90:
        return say("engine_seconds_left", count=int(seconds + 1))
    return say("engine_minutes_left", count=int(seconds / 60 + 0.5))


def smaller(engine, model_id):
    """The model of the same task that needs the fewest bytes, where that saves any: (id, bytes)."""
    model = catalogue.model(model_id)
    mine = model["variants"][-1]["bytes"]
    found = None
    for each in catalogue.models:
        # Of one's own models, and those of others, nothing is known of what they need here.
        if each["task"] != model["task"] or each.get("delivery", "site") != "site":
            continue
        count = each["variants"][-1]["bytes"]
        if "tier" in each["variants"][-1] and count + _WORTH <= (found[1] if found else mine):
            found = each["id"], count
    return (found[0], engine.missing - mine + found[1]) if found else None


def render(engine):
    """Shows the buttons that go with the state of the engine."""
    cancel, other = element("engine-cancel"), element("engine-smaller")
    under_way = engine.state == "downloading"
    cancel.hidden = not under_way and not (engine.state == "idle" and engine.paused)
    cancel.textContent = say("engine_cancel")
    offered = None
    if saver.on() and engine.state == "idle" and engine.missing > ASKED_FROM and engine.wanted:
        offered = smaller(engine, engine.wanted)
    other.hidden = offered is None
    if offered:
        name = catalogue.model(offered[0])["name"][language()]
        other.textContent = say("engine_smaller", model=name, size=megabytes(offered[1]))
        other.dataset.model = offered[0]


def listen(detecting):
    """Makes the buttons work, and a download go on when the line is back."""
    engine = detecting.engine

    async def cancelled(_event):
        await download.cancel()
        if engine.paused:
            engine.paused = False
            await engine.look(detecting.model)

    async def smaller_chosen(event):
        settings.put("model", event.target.dataset.model)
        await asyncio.sleep_ms(0)
        await detecting.again(True)

    async def online(_event):
        if engine.state == "failed" and engine.error["code"] == "download-failed":
            await detecting.again(True)

    element("engine-cancel").addEventListener("click", started(cancelled))
    element("engine-smaller").addEventListener("click", started(smaller_chosen))
    window.addEventListener("online", started(online))
