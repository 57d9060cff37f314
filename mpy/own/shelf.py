"""Keeps a person's own models: the files with app/own.mjs, what the shell needs in a setting."""

import json

from pyscript.js_modules import own as js_own

import catalogue
import settings
from page import window


def entry(facts, count):
    """What the catalogue says of it, like tools/site/models.py of the site's models.

    count: bytes of its graph.
    """
    score, size = facts["score"], facts["input"]
    return {
        "id": facts["id"],
        "own": True,
        "name": facts["name"],
        "about": facts["about"],
        "task": facts["task"],
        "labels": facts["labels"],
        "keypoints": catalogue.keypoints(facts.get("keypoints")),
        "points": [],
        "floor": score["floor"],
        "threshold": score["threshold"],
        "thresholds": {},
        "sizes": size.get("sizes") or [[size["width"], size["height"]]],
        "licence": "",
        "delivery": "own",
        "variants": [{"weights": "own", "bytes": count}],
        "edited": window.Date.now(),
    }


async def keep(facts, code, blob):
    """Keeps it and uses it.

    blob: the graph; None where it is kept already. Returns "" or the code of what went wrong: then
    it is there until the page is left.
    """
    graph = blob or await js_own.graph(facts["id"])
    count = graph.size if graph else 0
    wrong = await js_own.keep(facts["id"], blob, json.dumps(facts), code)
    others = [each for each in settings.get("own", []) if each["id"] != facts["id"]]
    settings.put("own", others + [entry(facts, count)])  # noqa: RUF005
    settings.put("model", facts["id"])
    return wrong


async def take(model_id, blob):
    """Keeps the graph of a model of the site's list that others serve, and uses it."""
    wrong = await js_own.keep(model_id, blob, "", "")
    taken = [each for each in settings.get("taken", []) if each != model_id]
    settings.put("taken", taken + [model_id])  # noqa: RUF005
    settings.put("model", model_id)
    return wrong


async def kept(model_id):
    """(facts, code, graph) of a kept model; None when its graph is gone."""
    files = json.loads(await js_own.files(model_id))
    graph = await js_own.graph(model_id)
    if not files["facts"] or not graph:
        return None
    return json.loads(files["facts"]), files["decode"], graph
