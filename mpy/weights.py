"""Which files a model needs here: the variant of its weights, and the tiers they are in.

A variant is one of model["variants"], the most exact one first: `weights` (fp16, int8), `bytes` on
the line, and, where it comes with the site, its `tier` and the address `onnx`. A person's own model
has no tier; its graph is kept by app/own.mjs, like that of a model which others serve.
"""

import json

from pyscript.js_modules import download, own

import catalogue
import saver


def tiers(level, variant):
    """The tiers that a phone needs to detect with this variant, as JSON text."""
    needed = ["engine", "engine-" + level]
    if "tier" in variant:
        needed.append(variant["tier"])
    return json.dumps(needed)


async def choose(model_id, careful=False):
    """The variant to use now: the best that is here; else the small one where bytes count.

    careful: the smallest instead of the best.

    A browser says that it is online where no byte comes through, so nothing that works already
    waits for the line; see better() for how the exact weights come.
    """
    variants = catalogue.model(model_id)["variants"]
    if len(variants) == 1:
        return variants[0]
    for variant in reversed(variants) if careful else variants:
        if await download.missing(json.dumps([variant["tier"]])) == 0:
            return variant
    return variants[-1 if careful or saver.on() else 0]


def better(model, variant):
    """The tier of better weights than these, to be fetched for the next start; or None."""
    exact = model["variants"][0]
    return None if saver.on() or variant == exact else exact.get("tier")


async def files(model_id, variant):
    """Where the worker finds the model: its argument's keys; None when its graph is gone."""
    model = catalogue.model(model_id)
    found = {"id": model_id}
    if "code" in model:
        found["code"] = catalogue.address(model["code"])
    else:
        found["own"] = json.loads(await own.files(model_id))
    if "onnx" in variant:
        found["onnx"] = catalogue.address(variant["onnx"])
    else:
        found["onnx"] = await own.graph(model_id)
    return found if found["onnx"] else None


def identity(model, variant):
    """Names of this model's files, which change with their content."""
    names = [variant["onnx"].split("/")[1] if "onnx" in variant else model["id"]]
    names.append(model["code"].split("/")[1] if "code" in model else str(model.get("edited", "")))
    return names
