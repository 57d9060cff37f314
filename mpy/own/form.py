"""The form: from the facts of a model (models/README.md) to fields that a person changes, and back.

Facts are dicts as the worker proposes them, with labels inline. What the form does not show stays
as it was.
"""

import json

from page import element, new
from words import language, say

KINDS = (
    "yolov8",
    "yolov5",
    "yolox",
    "yolov10",
    "yolov8seg",
    "detr",
    "ssd",
    "classification",
    "segmentation",
    "tensors",
)
PYTHON = "python"
TASKS = {
    "classification": "classification",
    "segmentation": "mask",
    "yolov8seg": "mask",
    "tensors": "tensors",
}
# As mekiki.propose.recipes has them.
SCALES = (
    ("unit", 1 / 255, [0, 0, 0]),
    ("signed", 1 / 127.5, [127.5, 127.5, 127.5]),
    ("bytes", 1, [0, 0, 0]),
    ("imagenet", [1 / 58.395, 1 / 57.12, 1 / 57.375], [123.675, 116.28, 103.53]),
)
RESIZES = {
    "stretch": {"resize": "stretch"},
    "centre": {"resize": "letterbox", "align": "centre", "rounding": "nearest", "pad": 114},
    "corner": {"resize": "letterbox", "align": "top-left", "rounding": "down", "pad": 114},
}


def kind_of(facts):
    """The kind of its decoder; "python" for one that is pasted."""
    decoder = facts.get("decoder")
    return decoder["kind"] if decoder else PYTHON


def _near(one, other):
    one = one if isinstance(one, list) else [one] * 3
    other = other if isinstance(other, list) else [other] * 3
    return all(abs(a - b) < 1e-6 * max(1, abs(b)) for a, b in zip(one, other))  # noqa: B905


def _scale_of(facts):
    for name, scale, mean in SCALES:
        if _near(facts["input"]["scale"], scale) and _near(facts["input"]["mean"], mean):
            return name
    return "own"


def _resize_of(facts):
    if facts["input"]["resize"] == "stretch":
        return "stretch"
    return "centre" if facts["input"]["align"] == "centre" else "corner"


def _options(name, pairs, chosen):
    place = element(name)
    made = []
    for value, text in pairs:
        option = new("option", text)
        option.value = value
        made.append(option)
    place.replaceChildren(*made)
    place.value = chosen


def _kinds(proposals, facts):
    """Those that were proposed come first."""
    first = []
    for each in proposals:
        if kind_of(each) not in first:
            first.append(kind_of(each))
    kinds = first + [kind for kind in KINDS if kind not in first] + [PYTHON]
    pairs = []
    for kind in kinds:
        text = say("own_kind_" + kind)
        if kind in first and kind != "tensors":
            text = say("own_likely", kind=text)
        pairs.append((kind, text))
    _options("own-kind", pairs, kind_of(facts))


def fill(proposals, facts):
    """Shows these facts."""
    _kinds(proposals, facts)
    element("own-called").value = facts["name"][language()]
    size = facts["input"]
    for name in ("width", "height"):
        field = element("own-" + name)
        field.value = size[name]
        field.disabled = not size.get("fixed", False)
    element("own-colour").value = size["colour"]
    scale = _scale_of(facts)
    names = [each[0] for each in SCALES] + (["own"] if scale == "own" else [])
    _options("own-scale", [(name, say("own_scale_" + name)) for name in names], scale)
    resizes = ("stretch", "centre", "corner")
    pairs = [(name, say("own_resize_" + name)) for name in resizes]
    _options("own-resize", pairs, _resize_of(facts))
    element("own-threshold").value = int(facts["score"]["threshold"] * 100 + 0.5)
    element("own-iou").value = int(facts["nms"]["iou"] * 100 + 0.5)
    element("own-labels").value = "\n".join(facts["labels"][language()])
    decoder = facts.get("decoder") or {}
    lines = ["%s = %s" % (key, decoder[key]) for key in sorted(decoder) if key != "kind"]
    element("own-options").value = "\n".join(lines)
    python = kind_of(facts) == PYTHON
    element("own-more").hidden = python or kind_of(facts) == "tensors"
    element("own-python").hidden = not python
    said()


def said():
    """Writes the numbers beside the sliders."""
    element("own-threshold-said").textContent = element("own-threshold").value + " %"
    element("own-iou-said").textContent = element("own-iou").value + " %"
    count = len(_labels())
    element("own-labels-said").textContent = say("own_labels_count", count=count)


def _labels():
    lines = [line.strip() for line in element("own-labels").value.split("\n")]
    return [line for line in lines if line]


def _whole(name, low, high, fallback):
    try:
        return min(high, max(low, int(element(name).value)))
    except ValueError:
        return fallback


def _option(text):
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def _decoder(kind):
    decoder = {"kind": kind}
    for line in element("own-options").value.split("\n"):
        key, equals, value = line.partition("=")
        if equals:
            decoder[key.strip()] = _option(value.strip())
    return decoder


def read(facts):
    """The facts with what the fields say."""
    made = json.loads(json.dumps(facts))
    kind = kind_of(facts)
    called = element("own-called").value.strip() or facts["name"][language()]
    if called != facts["name"][language()]:
        made["name"] = {"en": called, "ja": called}
    size = made["input"]
    if size.get("fixed"):
        width = _whole("own-width", 32, 2048, size["width"])
        height = _whole("own-height", 32, 2048, size["height"])
        others = [each for each in size.get("sizes", []) if each != [width, height]]
        size["width"], size["height"] = width, height
        size["sizes"] = [[width, height]] + others  # noqa: RUF005
    size["colour"] = element("own-colour").value
    for name, scale, mean in SCALES:
        if name == element("own-scale").value:
            size["scale"], size["mean"] = scale, mean
    if element("own-resize").value != _resize_of(facts):
        size.update(RESIZES[element("own-resize").value])
    threshold = int(element("own-threshold").value) / 100
    made["score"]["threshold"] = threshold
    made["score"]["floor"] = min(made["score"]["floor"], threshold)
    made["nms"]["iou"] = int(element("own-iou").value) / 100
    labels = _labels()
    if labels and labels != facts["labels"][language()]:
        made["labels"] = {"en": labels, "ja": labels}
    if kind not in (PYTHON, "tensors"):
        made["decoder"] = _decoder(kind)
    return made


def of_kind(kind, proposals, facts, outputs):
    """The facts for another kind of decoder: those proposed, or these with another decoder.

    outputs: names of all outputs of the graph.
    """
    for each in proposals:
        if kind_of(each) == kind:
            return json.loads(json.dumps(each))
    made = read(facts)
    made["task"] = TASKS.get(kind, "detection")
    if kind == PYTHON:
        made.pop("decoder", None)
        made["outputs"] = ["*"]
    else:
        made["decoder"] = {"kind": kind}
        made["outputs"] = ["*"] if kind == "tensors" or not outputs else outputs
    return made
