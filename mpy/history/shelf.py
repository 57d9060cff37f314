"""What the list shows: the store's answers as Python, and which classes are asked for."""

import json

import catalogue
import rooms
from words import language

from . import search


class HistoryError(Exception):
    """The browser did not give what was asked for; `error` is {"code", "data"}."""

    def __init__(self, error):
        super().__init__(error["code"])
        self.error = error


def _answer(text):
    answer = json.loads(text)
    if "error" in answer:
        raise HistoryError(answer["error"])
    return answer


def _list():
    return rooms.js("history", "list")


def _store():
    return rooms.js("history", "store")


def names_of_classes():
    """All names of each class that a model of this site knows: English label -> names."""
    names = {}
    for model in catalogue.models:
        labels = model["labels"]
        for place, label in enumerate(labels["en"]):
            names[label] = (label, labels["ja"][place])
    return names


class Shelf:
    """The kept pictures, or those of some classes."""

    def __init__(self):
        self.count = self.bytes = 0  # of everything that is kept
        self.labels = {}  # label -> number of pictures
        self.text = ""  # what was typed to search
        self.chosen = []  # labels of the chips that are pressed
        self.total = 0  # of what the list shows, with all its pages
        self._all_names = names_of_classes()

    def names(self):
        """The name of each class in the language in use: English label -> name."""
        place = 1 if language() == "ja" else 0
        return {label: names[place] for label, names in self._all_names.items()}

    def _matching(self):
        return search.matching(self.text, self.labels, self._all_names)

    def offered(self):
        """The labels to offer as chips."""
        counts = {label: self.labels[label] for label in self._matching()}
        return search.frequent(counts, self.chosen)

    def filtered(self):
        """Whether the list shows only some classes."""
        return bool(self.chosen or self.text.strip())

    def _wanted(self):
        """JSON for list.page(): labels, or one that no class has where nothing matches."""
        if not self.filtered():
            return "[]"
        return json.dumps(self.chosen or self._matching() or [""])

    async def look(self):
        """Finds out how much is kept."""
        answer = _answer(await _list().summary())
        self.count, self.bytes, self.labels = answer["count"], answer["bytes"], answer["labels"]
        self.chosen = [label for label in self.chosen if label in self.labels]

    async def page(self, before, limit):
        """The next entries, newest first; before: the id of the last one shown, or ""."""
        answer = _answer(await _list().page(before, limit, self._wanted()))
        self.total = answer["total"]
        return answer["entries"]

    async def ids(self):
        """The ids of all that the list shows, newest first."""
        return _answer(await _list().ids(self._wanted()))["ids"]

    async def pair(self, entry_id):
        """One (record, blob), or None when it is gone."""
        record = json.loads(await _list().record(entry_id))
        blob = await _list().picture(entry_id)
        if blob is None or "detections" not in record:
            return None
        return record, blob

    async def remove(self, ids):
        """Deletes these; until let_go() they can be restored. Returns how many there were."""
        return _answer(await _store().remove(json.dumps(ids)))["count"]

    async def remove_all(self):
        """Deletes all that the list shows, for good."""
        if self.filtered():
            await self.remove(await self.ids())
            self.let_go()
        else:
            _answer(await _store().clear())

    async def restore(self):
        """Brings back what was removed last."""
        _answer(await _store().restore())

    def let_go(self):
        """Gives up what was removed last."""
        _store().letGo()

    def release(self):
        """Frees the thumbnails of all pages."""
        _list().release()

    def listen(self, listener):
        """Has listener() called when something is kept, or another tab changes anything."""
        _store().listen(listener)
