"""The line that says what the engine is doing, and the button that gets it going."""

import catalogue
import downloading
import saver
from page import element, show
from words import language, megabytes, say, say_error


def _action(engine):
    """What the button does now."""
    if engine.state == "downloading":
        return say("engine_pause")
    if engine.paused:
        return say("engine_go_on")
    return say("engine_load") if engine.state == "idle" else say("engine_retry")


def _text(engine):
    if engine.state == "idle":
        if engine.missing < 0:
            return say("engine_idle_unknown")
        if engine.missing == 0:
            return say("engine_kept")
        size = megabytes(engine.missing)
        if engine.paused:
            return say("engine_paused", size=size)
        if saver.on():
            return say("engine_idle_saver", size=size)
        return say("engine_idle", size=size)
    if engine.state == "downloading":
        return downloading.text(engine)
    if engine.state == "starting":
        return say("engine_starting")
    if engine.state in ("preparing", "ready"):
        name = catalogue.model(engine.model)["name"][language()]
        if engine.state == "preparing":
            return say("engine_model", model=name)
        return say("engine_ready", model=name)
    return say("engine_failed") + ": " + say_error(engine.error["code"], engine.error["data"])


def _facts(about):
    """What runs, in one line."""
    level = say("simd_relaxed" if about["simd"] == "relaxed" else "simd_plain")
    return say(
        "engine_facts",
        python=about["python"],
        numpy=about["numpy"],
        cv2=about["cv2"],
        simd=level,
    )


def render(engine):
    """Writes the engine's state on the page."""
    text = _text(engine)
    if element("engine").dataset.state != engine.state:
        # A screen reader is told of each state once, not of every tenth of a megabyte.
        element("engine").dataset.state = engine.state
        element("engine-said").textContent = text
    element("engine-text").textContent = text
    under_way = engine.state == "downloading"
    progress = element("engine-progress")
    progress.hidden = not under_way
    if under_way and engine.total:
        progress.value = engine.done / engine.total
    action = element("engine-action")
    action.hidden = engine.state not in ("idle", "failed", "downloading") or not engine.levels
    action.textContent = _action(engine)
    downloading.render(engine)
    element("engine-facts").textContent = _facts(engine.about) if engine.about else ""
    busy = engine.state in ("downloading", "starting", "preparing")
    show("busy", busy)
    if busy:
        element("busy").textContent = text
