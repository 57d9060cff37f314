"""Which models a built site brings."""

from __future__ import annotations

import json
from pathlib import Path

from tools.errors import BuildError


def graphs(dist: Path) -> dict[str, Path]:
    """The ONNX file of each model that the site brings, by id, the default first.

    Raises:
        BuildError: `nothing-built`.
    """
    listed = next(dist.glob("shell-*/assets.json"), None)
    if listed is None:
        raise BuildError("nothing-built", folder=dist, do="make build")
    found = {}
    for tier, assets in json.loads(listed.read_text("utf-8")).items():
        kind, *names = tier.split(":")
        if kind == "model" and len(names) == 1:  # two names: the weights for data saver
            for each in assets:
                if each["url"].endswith(".onnx"):
                    found[names[0]] = dist / each["url"]
    return found


def chosen(dist: Path, model: str | None) -> tuple[str, Path]:
    """Id and ONNX file of the model that is meant; without a name the default.

    Raises:
        BuildError: `nothing-built`, `model-not-in-site`.
    """
    here = graphs(dist)
    name = model or next(iter(here))
    if name not in here:
        raise BuildError("model-not-in-site", model=name, site_has=" ".join(here))
    return name, here[name]
