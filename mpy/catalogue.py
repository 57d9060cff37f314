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


def label(model_id, class_id):
    """The name of a class in the language in use."""
    return model(model_id)["labels"][language()][class_id]


def name(model_id, detection):
    """What a detection is called in the language in use; English for a model of another time."""
    if model(model_id) is None:
        return detection["label"]
    return label(model_id, detection["class_id"])


def address(relative):
    """The absolute address of one of the site's files."""
    return window.URL.new(relative, document.baseURI).href
