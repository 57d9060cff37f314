"""The person's choices, kept in the browser as JSON text."""

import json

from pyscript.js_modules import settings as js_settings

_listeners = {}  # name -> functions


def get(name, default=None):
    """The kept value, or `default`: also when what is kept cannot be read."""
    text = js_settings.read(name)
    try:
        return default if text is None else json.loads(text)
    except ValueError:
        return default


def put(name, value):
    """Keeps a value that JSON can hold, and tells those who listen."""
    js_settings.keep(name, json.dumps(value))
    for listener in _listeners.get(name, ()):
        listener(value)


def listen(name, listener):
    """Has listener(value) called after every put()."""
    _listeners.setdefault(name, []).append(listener)
