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


def _known(model_id):
    """What is known of a model, also of one that is not here any more; {} of others."""
    for each in models + elsewhere:
        if each["id"] == model_id:
            return each
    return {}


def labels(listed):
    """Names of classes: a list that models of the site share, by its name; or as they are."""
    return _site["labels"].get(listed, listed) if isinstance(listed, str) else listed


def keypoints(listed):
    """A list of key points of the site's, by its name; None where there is none."""
    return _site["keypoints"].get(listed)


def label(model_id, class_id):
    """The name of a class in the language in use."""
    return _known(model_id)["labels"][language()][class_id]


def name(model_id, detection):
    """What a detection is called in the language in use; English for a model of another time."""
    return _name(_known(model_id), detection)


def _name(known, detection):
    labels = known["labels"][language()] if known else ()
    class_id = detection["class_id"]
    return labels[class_id] if class_id < len(labels) else detection["label"]


def dress(model_id, detections):
    """Copies with names in the language in use, limbs, and a mark on what is but a point."""
    return dressed_as(_known(model_id), detections)


def dressed_as(known, detections):
    """The same for an entry of `models`; {} for a model that is not known."""
    dots, keypoints_found = known.get("points", ()), known.get("keypoints")
    dressed = []
    for each in detections:
        each = dict(each)
        each["name"] = _name(known, each)
        if "attributes" in each:
            each["attributes"] = [dict(attribute) for attribute in each["attributes"]]
            for attribute in each["attributes"]:
                attribute["name"] = _name(known, attribute)
        if keypoints_found and "points" in each:
            each["limbs"] = keypoints_found["limbs"]
        if each["class_id"] in dots:
            each["dot"] = True
        dressed.append(each)
    return dressed


def lowest(model_id, threshold):
    """The lowest scores shown of the classes that have their own, by class, at a threshold."""
    known = _known(model_id)
    own = known.get("thresholds", {})
    return {int(key): threshold * own[key] / known["threshold"] for key in own}


def address(relative):
    """The absolute address of one of the site's files."""
    return window.URL.new(relative, document.baseURI).href
