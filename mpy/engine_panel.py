"""The line that says what the engine is doing, and the button that gets it going."""

import catalogue
import saver
from page import element, show
from words import language, megabytes, say, say_error


def _text(engine):
    if engine.state == "idle":
        if engine.missing < 0:
            return say("engine_idle_unknown")
        if engine.missing == 0:
            return say("engine_kept")
        size = megabytes(engine.missing)
        if saver.on():
            return say("engine_idle_saver", size=size)
        return say("engine_idle", size=size)
    if engine.state == "downloading":
        if not engine.total:
            return say("engine_checking")
        percent = int(100 * engine.done / engine.total)
        done, total = megabytes(engine.done), megabytes(engine.total)
        return say("engine_downloading", done=done, total=total, percent=percent)
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
    downloading = engine.state == "downloading"
    progress = element("engine-progress")
    progress.hidden = not downloading
    if downloading and engine.total:
        progress.value = engine.done / engine.total
    action = element("engine-action")
    action.hidden = engine.state not in ("idle", "failed") or not engine.levels
    action.textContent = say("engine_load" if engine.state == "idle" else "engine_retry")
    element("engine-facts").textContent = _facts(engine.about) if engine.about else ""
    busy = engine.state in ("downloading", "starting", "preparing")
    show("busy", busy)
    if busy:
        element("busy").textContent = text
