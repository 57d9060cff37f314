"""What was found: the last answer, the threshold, the list, the counts, the public event."""

import json

from pyscript import document

import catalogue
import overlay
import settings
import tensors
from page import element, new, show, window
from words import language, megabytes, say

FOLLOWED = 0.75  # of the threshold, for an object that is followed
STAGES = (
    "capture",
    "transfer",
    "copy",
    "preprocess",
    "forward",
    "decode",
    "track",
    "reply",
    "draw",
)


class Results:
    """Keeps the last answer, so that another threshold needs no other run of the model."""

    def __init__(self):
        self.answer = None
        self.threshold = 0.35
        self.hidden = set(settings.get("hidden", ()))  # English labels of classes not to show
        self.seen = []  # English labels of what was found in this subject, in that order
        self._class = {}  # label -> (model, the detection seen last)

    def fresh(self):
        """Forgets what was found, because something else is looked at."""
        self.answer, self.seen = None, []

    def toggle(self, label):
        """Hides or shows the classes of this English label, and keeps the choice."""
        if label in self.hidden:
            self.hidden.remove(label)
        else:
            self.hidden.add(label)
        settings.put("hidden", sorted(self.hidden))

    def visible(self):
        """The detections at or above the threshold, with their names in the language in use."""
        return [] if self.answer is None else self.visible_of(self.answer)

    def visible_of(self, answer):
        """The same of any answer of the engine.

        An object that is followed stays while its score is a little below the threshold, so that it
        does not flicker at it.
        """
        found = [each for each in self._enough(answer) if each["label"] not in self.hidden]
        return catalogue.dress(answer["model"], found)

    def _enough(self, answer):
        own = catalogue.lowest(answer["model"], self.threshold)
        found = []
        for each in answer["detections"]:
            lowest = own.get(each["class_id"], self.threshold)
            if each["score"] >= lowest * (FOLLOWED if "track" in each else 1):
                found.append(each)
        return found

    def counts(self, live=False):
        """(name, English label, count, whether shown) of each class.

        The most frequent first; while live all that were found since it began, in that order, so
        that they stay where they are.
        """
        counts = {}
        for each in self._enough(self.answer) if self.answer else ():
            label = each["label"]
            counts[label] = counts.get(label, 0) + 1
            self._class[label] = self.answer["model"], each
            if label not in self.seen:
                self.seen.append(label)
        # MicroPython's sort does not keep the order of equals, so the place is part of the key.
        listed = [(0 if live else -counts.get(label, 0), i) for i, label in enumerate(self.seen)]
        rows = []
        for _, place in sorted(listed):
            label = self.seen[place]
            if live or label in counts:
                model, detection = self._class[label]
                name = catalogue.name(model, detection)
                rows.append((name, label, counts.get(label, 0), label not in self.hidden))
        return rows

    def publish(self):
        """Dispatches `mekiki:detections` on document; its detail is documented in the README."""
        answer = self.answer
        detail = {
            "model": answer["model"],
            "width": answer["width"],
            "height": answer["height"],
            "threshold": self.threshold,
            "detections": [_public(each) for each in self.visible()],
            "milliseconds": answer["ms"],
            "heap": answer["heap"],
        }
        for key in ("latency", "tensors"):
            if key in answer:
                detail[key] = answer[key]
        options = window.Object.new()
        options.detail = window.JSON.parse(json.dumps(detail))
        document.dispatchEvent(window.CustomEvent.new("mekiki:detections", options))


def _public(detection):
    x, y, width, height = detection["box"]
    public = {
        "label": detection["label"],
        "class_id": detection["class_id"],
        "score": detection["score"],
        "box": {"x": x, "y": y, "width": width, "height": height},
    }
    for key in ("track", "points", "quad", "polygons", "whole"):
        if key in detection:
            public[key] = detection[key]
    if "attributes" in detection:
        public["attributes"] = [
            {key: each[key] for key in ("class_id", "label", "score")}
            for each in detection["attributes"]
        ]
    return public


def _counts(found):
    """(name, count) of each class, the most frequent first, then as found."""
    order, counts = [], {}
    for each in found:
        class_id = each["class_id"]
        if class_id not in counts:
            counts[class_id] = 0
            order.append((class_id, each["name"]))
        counts[class_id] += 1
    # MicroPython's sort does not keep the order of equals, so the place is part of the key.
    placed = [(-counts[class_id], place, name) for place, (class_id, name) in enumerate(order)]
    return [(name, -count) for count, _, name in sorted(placed)]


def summary(found):
    """What was found in one line: person × 2, dog × 1."""
    comma = "、" if language() == "ja" else ", "
    return comma.join("%s × %d" % (name, count) for name, count in _counts(found))


def render(results, live=False):
    """Writes the list and the counts on the page.

    In a live picture the rows are no buttons: they would go away under the finger.
    """
    found = results.visible()
    _render_counts(results.counts(live))
    rows = []
    order = range(len(found))
    if live:  # by number, so that a row stays where it is
        order = sorted(order, key=lambda index: (found[index].get("track", 1e9), index))
    for index in order:
        each = found[index]
        row, swatch = new("li"), new("span", "", "swatch")
        swatch.style.background = overlay.colour(each["class_id"])
        score = new("span", "%d %%" % overlay.percent(each), "score")
        inner = row
        if not live:
            inner = new("button")
            inner.type = "button"
            inner.dataset.index = index
            row.append(inner)
        inner.append(swatch, new("span", overlay.title(each)), score)
        rows.append(row)
    element("detections").replaceChildren(*rows)
    element("detail").textContent = ""
    numbers = results.answer.get("tensors", ()) if results.answer else ()
    tensors.render(numbers)
    show("results-empty", not found and not numbers)
    empty = element("results-empty")
    if results.answer is None:
        empty.textContent = say("nothing_yet")
    else:
        empty.textContent = say("nothing_found", percent=int(results.threshold * 100 + 0.5))
    _describe(results, found)


def _render_counts(counts):
    """One switch a class. Those that are there stay, so that a finger finds what it aimed at."""
    box = element("counts")
    chips = [box.children[i] for i in range(box.children.length)]
    for index, (name, label, count, shown) in enumerate(counts):
        if index < len(chips):
            chip = chips[index]
        else:
            chip = new("button", "", "count")
            chip.type = "button"
            box.append(chip)
        text = "%s × %d" % (name, count)
        if chip.textContent != text:
            chip.textContent = text
        chip.dataset.label = label
        chip.setAttribute("aria-pressed", "true" if shown else "false")
    for chip in chips[len(counts) :]:
        chip.remove()


def _describe(results, found):
    if results.answer is None:
        described = say("picture_alt_waiting")
    elif found:
        described = say("picture_alt", found=summary(found))
    else:
        described = say("picture_alt_nothing")
    element("overlay").setAttribute("aria-label", described)


def clear_timings():
    """Takes away what was said of a picture that is no longer there."""
    for name in ("speed", "timings", "heap", "announce"):
        element(name).textContent = ""


def announce(results):
    """Says the result to a screen reader; for single pictures, not for every live frame."""
    found = results.visible()
    if results.answer is not None:
        percent = int(results.threshold * 100 + 0.5)
        said = summary(found) if found else say("nothing_found", percent=percent)
        element("announce").textContent = said


def render_timings(answer, per_second=0):
    """Writes the milliseconds by stage on the page."""
    if answer is None or not answer["ms"].get("forward"):
        return
    ms = answer["ms"]
    total = sum(ms[stage] for stage in STAGES if stage in ms)
    speed = say("milliseconds", ms=int(total + 0.5))
    if per_second:
        speed += " · " + say("frames_per_second", fps=per_second)
    element("speed").textContent = speed
    rows = []
    for stage in STAGES:
        if stage in ms:
            rows.append(new("dt", say("stage_" + stage)))
            rows.append(new("dd", say("milliseconds", ms="%.1f" % ms[stage])))
    element("timings").replaceChildren(*rows)
    element("heap").textContent = say("heap", size=megabytes(answer["heap"]))
