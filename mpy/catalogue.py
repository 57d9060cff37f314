"""The models that can be chosen, the samples, and where the engine's files are.

models.json comes from the build, in the shell's file system image. Beside the site's own models
there are those that the person took from elsewhere: models of the site's list whose weights others
serve (the setting `taken` has their ids), and files of their own (the setting `own` has an entry
like those of the build for each). The graphs of both are kept by app/own.mjs.
"""

import json

from pyscript import document

import settings
from page import window
from words import language

with open("/rom/data/models.json") as _file:
    _site = json.load(_file)

engine = _site["engine"]
samples = _site["samples"]
default_model = _site["default"]
elsewhere = [each for each in _site["models"] if each["delivery"] == "tap"]
models = []  # those that can be chosen; the same list for ever

for _model in _site["models"]:  # lists that models share are sent once
    _model["labels"] = _site["labels"][_model["labels"]]
    _model["keypoints"] = _site["keypoints"].get(_model["keypoints"])


def read():
    """Reads anew which models there are, after one was taken, kept or removed."""
    taken = settings.get("taken", [])
    found = [m for m in _site["models"] if m["delivery"] == "site" or m["id"] in taken]
    models[:] = found + settings.get("own", [])


read()


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
