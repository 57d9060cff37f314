"""How long detecting takes here, stage by stage, for each model that is kept."""

import json

from pyscript.js_modules import download, frames

import catalogue
import overlay
import weights
from app import detecting, engine
from lab.spread import quantile
from page import new, window
from weights import tiers

FRAMES = 20
STAGES = ("capture", "transfer", "copy", "preprocess", "forward", "decode", "reply", "draw")


async def kept():
    """The models that can be used without fetching anything."""
    found = []
    for model in catalogue.models:
        variant = await weights.choose(model["id"])
        if engine.level and await download.missing(tiers(engine.level, variant)) == 0:
            found.append(model["id"])
    return found


async def measure(tell, stopped):
    """{"level", "models": {id: {"input", "frames", "ms": {stage: {"p50", "p95"}}}}}.

    tell(model, turn): what is being done; stopped(): whether to end. With {"error"} where the
    engine did not get ready.
    """
    found = {"level": None, "models": {}}
    sample = catalogue.samples[0]
    response = await window.fetch(catalogue.address(sample["url"]))
    photo = await frames.open(await response.blob())
    if photo is None:
        return {"error": {"code": "sample-failed", "data": {}}}
    context = new("canvas").getContext("2d")
    context.canvas.width, context.canvas.height = photo.width, photo.height
    try:
        for model in await kept():
            size = tuple(catalogue.model(model)["sizes"][0])
            if not await engine.ensure(model, size):
                return {"error": engine.error}
            found["level"] = engine.about["simd"]
            times = {stage: [] for stage in STAGES}
            for turn in range(FRAMES + 1):
                tell(model, turn)
                frame = None if stopped() else await photo.capture()
                if frame is None:
                    return found
                answer = json.loads(await engine.bridge.ask(frame))
                if "error" in answer:
                    return {"error": answer["error"]}
                began = window.performance.now()
                limit = catalogue.model(model)["threshold"]
                seen = [each for each in answer["detections"] if each["score"] >= limit]
                overlay.draw(context, catalogue.dress(model, seen), 1, 1, 1, None)
                answer["ms"]["draw"] = window.performance.now() - began
                for stage in STAGES:
                    if turn and stage in answer["ms"]:  # the first is for warming up
                        times[stage].append(answer["ms"][stage])
            found["models"][model] = {
                "input": list(size),
                "frames": FRAMES,
                "ms": {
                    stage: {"p50": quantile(values, 0.5), "p95": quantile(values, 0.95)}
                    for stage, values in times.items()
                    if values
                },
            }
    finally:
        photo.close()
        await engine.look(detecting.model)
    return found
