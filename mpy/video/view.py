"""What the room of videos shows: the work under way, and what came of it."""

from pyscript import document

import catalogue
import overlay
import results as results_view
from page import element, new, show, window
from words import language, say, say_error, sentences

WRITE_EVERY_MS = 200
MOST_ROWS = 60

_times = {"started": 0, "written": 0}


def stage(name):
    """Shows one of: empty, asking, opening, running, done."""
    for part in ("empty", "asking", "running", "done"):
        show("video-" + part, part == name or (part == "running" and name == "opening"))
    show("video-progress", name in ("opening", "running"))
    show("video-player", False)
    show("video-picture", name in ("running", "done"))
    element("video-error").textContent = ""
    element("video-said").textContent = say("video_opening") if name == "opening" else ""
    if name in ("empty", "opening"):
        element("video-progress").removeAttribute("value")
        element("video-picture").replaceChildren()
    _times["started"] = _times["written"] = window.performance.now()


def engine(name):
    """Says how far the engine is, as the page behind does."""
    element(name).textContent = element("engine-text").textContent


def title(text):
    """Names the video."""
    element("video-name").textContent = text


def canvas(of):
    """Puts the canvas of a video on the page."""
    of.setAttribute("role", "img")
    of.setAttribute("aria-label", say("picture_alt_waiting"))
    element("video-picture").replaceChildren(of)


def clock(seconds, tenths=False):
    """Seconds as people read them: 0:05, 1:02:03, and with tenths 0:05.2."""
    count = int(seconds * 10 + 0.5) if tenths else int(seconds + 0.5) * 10
    whole = count // 10
    text = "%d:%02d" % (whole // 60, whole % 60)
    if whole >= 3600:
        text = "%d:%02d:%02d" % (whole // 3600, whole // 60 % 60, whole % 60)
    return text + (".%d" % (count % 10) if tenths else "")


def progress(job):
    """Says how far the work is, a few times a second."""
    now = window.performance.now()
    if now - _times["written"] < WRITE_EVERY_MS:
        return
    _times["written"] = now
    video, done = job.video, job.report.end
    seconds = (now - _times["started"]) / 1000
    element("video-progress").value = min(1, done / video.duration)
    left = max(0, video.duration - done) * seconds / done if done > 0 else 0
    element("video-said").textContent = say(
        "video_progress_said",
        count=job.report.count,
        total=max(job.report.count, video.frames),
        fps="%.1f" % (job.report.count / seconds),
        left=clock(left),
    )
    found = results_view.summary(job.found)
    said = say("picture_alt", found=found) if found else say("picture_alt_nothing")
    video.canvas.setAttribute("aria-label", said)


def error(told):
    """Says what went wrong: {"code", "data"}."""
    element("video-error").textContent = say_error(told["code"], told["data"])


def stopping():
    """Says that the work ends with the picture under way."""
    element("video-said").textContent = say("video_stopping")


def _summary(job):
    said = say(
        "video_complete" if job.complete else "video_partial",
        count=job.report.count,
        until=clock(job.report.end),
    )
    names = []
    for class_id, number in job.report.counts():
        name = catalogue.label(job.model, class_id)
        # Without numbers nobody knows whether two dogs are one.
        names.append("%s × %d" % (name, number) if job.report.tracked else name)
    if not names:
        return sentences(said, say("video_nothing"))
    comma = "、" if language() == "ja" else ", "
    return sentences(said, say("video_found", found=comma.join(names)))


def done(job, recording, muted):
    """Shows what came of it.

    recording: whether there is an annotated video; muted: whether the sound is not in it.
    """
    element("video-summary").textContent = _summary(job)
    if document.activeElement is None or document.activeElement.id in ("", "video-stop"):
        element("video-summary").focus()  # the button that was pressed last is gone
    if not recording:
        element("video-note").textContent = say("video_not_recorded")
    else:
        element("video-note").textContent = say("video_muted") if muted else ""
    show("video-save", recording)
    show("video-player", recording)
    show("video-picture", not recording)
    objects = job.report.objects()
    rows = [_row(job, each, recording) for each in objects[:MOST_ROWS]]
    element("video-objects").replaceChildren(*rows)
    show("video-objects-title", bool(rows))
    more = len(objects) - MOST_ROWS
    element("video-more").textContent = say("video_more", count=more) if more > 0 else ""


def _row(job, seen, playable):
    row, swatch = new("li"), new("span", "", "swatch")
    swatch.style.background = overlay.colour(seen["class_id"])
    named = {"name": catalogue.label(job.model, seen["class_id"])}
    if seen["track"] is not None:
        named["track"] = seen["track"]
    inner = row
    if playable:
        inner = new("button")
        inner.type = "button"
        inner.dataset.time = seen["first"]
        row.append(inner)
    times = clock(seen["first"], True) + " – " + clock(seen["last"], True)
    inner.append(swatch, new("span", overlay.title(named)), new("span", times, "score"))
    return row
