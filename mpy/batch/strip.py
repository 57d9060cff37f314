"""The strip of a batch: how far it is, and a small picture of each that is done."""

import catalogue
from page import element, new, show, window
from results import summary
from words import say, sentences


class Strip:
    """What a batch shows of itself, until it is cleared."""

    def __init__(self, batch):
        self._batch = batch
        self._urls = []
        self._buttons = []
        self._cleared = False

    def clear(self):
        """Takes it away and frees its pictures."""
        self._cleared = True
        for url in self._urls:
            window.URL.revokeObjectURL(url)
        element("work").replaceChildren()

    def add(self, made):
        """Puts one picture at its end, with what was found in it."""
        if self._cleared:
            return
        record, blob = made
        url = window.URL.createObjectURL(blob)
        self._urls.append(url)
        image, button = new("img"), new("button")
        image.src, image.alt = url, record["name"]
        button.type = "button"
        button.dataset.index = len(self._buttons)
        button.append(image, new("span", _found(record)))
        self._buttons.append(button)
        element("batch-strip").append(button)

    def mark(self, chosen):
        """Says which of them is shown."""
        for button in self._buttons:
            button.setAttribute("aria-pressed", "false")
        chosen.setAttribute("aria-pressed", "true")

    def render(self):
        """Writes how far it is."""
        if self._cleared:
            return
        batch = self._batch
        count, total = len(batch.done) + batch.unreadable, len(batch.files)
        bar = element("batch-progress")
        bar.max, bar.value = total, count
        text = say("batch_progress", done=count, total=total)
        if batch.over:
            text = say("batch_done", done=len(batch.done), total=total)
            if batch.done:
                text = sentences(text, say("batch_tap"))
        if batch.unreadable:
            text = sentences(text, say("batch_unreadable", count=batch.unreadable))
        element("batch-text").textContent = text
        show("batch-progress", not batch.over)
        show("batch-export", batch.over and bool(batch.done))
        element("batch-cancel").textContent = say("batch_close" if batch.over else "batch_cancel")

    def language_changed(self):
        """Writes everything again, in the other language."""
        self.render()
        for button, (record, _blob) in zip(self._buttons, self._batch.done):  # noqa: B905
            button.lastElementChild.textContent = _found(record)


def _found(record):
    found = catalogue.dress(record["model"], record["detections"])
    return summary(found) if found else say("batch_nothing")
