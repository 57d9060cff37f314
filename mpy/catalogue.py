"""What this site was built with: models, samples, and where the engine's files are.

Read from models.json, which the build writes into the shell's file system image.
"""

import json

from pyscript import document

from page import window
from words import language

with open("/rom/data/models.json") as _file:
    _site = json.load(_file)

engine = _site["engine"]
models = _site["models"]
samples = _site["samples"]
default_model = _site["default"]


def model(model_id):
    """The model with this id, or None."""
    for each in models:
        if each["id"] == model_id:
            return each
    return None


def label(model_id, class_id, in_language=None):
    """The name of a class, in the language in use or another."""
    return model(model_id)["labels"][in_language or language()][class_id]


def address(relative):
    """The absolute address of one of the site's files."""
    return window.URL.new(relative, document.baseURI).href
