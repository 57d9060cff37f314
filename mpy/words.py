"""The words on the page, in Japanese and English.

Words that never change stand in index.html in both languages (the build fills them in) and the
style sheet shows one; this module says those that depend on what happens.
"""

import json

from pyscript import document

import settings
from page import window

LANGUAGES = ("en", "ja")


_words = {language: {} for language in LANGUAGES}
_listeners = []  # called after the language has changed


def add(folder):
    """Takes the words of a room, from en.json and ja.json in a folder that ends with a slash."""
    for language in LANGUAGES:
        with open(folder + language + ".json") as file:
            _words[language].update(json.load(file))


add("/rom/data/")


def language():
    """The language in use, "en" or "ja"."""
    return document.documentElement.lang


def say(_key, **data):
    """The words for a key, with each {name} replaced from `data` (which may hold a `key` too)."""
    text = _words[language()][_key]
    for name, value in data.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def say_error(code, data):
    """The words for an error's code, with its data."""
    key = "error_" + code.replace("-", "_")
    if key not in _words[language()]:
        window.console.warn("mekiki: an error without words:", code)
        return say("error_other", code=code)
    told = dict(data)
    for name in ("needed", "free", "size"):
        if isinstance(told.get(name), (int, float)):
            told[name] = megabytes(told[name])
    return say(key, **told)


def megabytes(count):
    """A number of bytes as people read it: 7 kB, 0.3 MB, 11.2 MB, 94 MB."""
    mega = count / 1e6
    if 0 < mega < 0.05:
        return "%d kB" % max(1, int(count / 1000 + 0.5))
    return ("%.0f MB" if mega >= 20 else "%.1f MB") % mega


def sentences(*texts):
    """Sentences one after the other, as the language in use sets them."""
    return ("" if language() == "ja" else " ").join(texts)


def locale():
    """For dates and numbers: the browser's own locale where it is of the language in use."""
    own = window.navigator.language
    return own if own.lower().startswith(language()) else language()


def apply_labels():
    """Puts the words into the attributes that say them to a screen reader."""
    for element in document.querySelectorAll("[data-word-label]"):
        element.setAttribute("aria-label", say(element.dataset.wordLabel))


def listen(listener):
    """Has listener() called after every change of the language."""
    _listeners.append(listener)


def use(language):
    """Changes to this language and keeps the choice."""
    document.documentElement.lang = language
    settings.put("language", language)
    apply_labels()
    for listener in _listeners:
        listener()


def switch():
    """Changes to the other language."""
    use("en" if language() == "ja" else "ja")
