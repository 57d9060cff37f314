"""The models of a site: their files by tier, and what the page is told of each."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tools.errors import BuildError
from tools.models.prepare import Missing, Prepared, prepare
from tools.paths import CACHE, MODELS, NODE_MODULES
from tools.site.tiers import Tiers

Json = dict[str, Any]
Say = Callable[[str], None]


@dataclass
class Models:
    """What the page is told.

    Attributes:
        shell: of each model what detecting with it takes (mpy/catalogue.py).
        details: of each model, by id, what its card says.
        labels: the lists of labels that the models name, by name.
        keypoints: likewise.
        specs: the model.json of each.
    """

    shell: list[Json] = field(default_factory=list)
    details: dict[str, Json] = field(default_factory=dict)
    labels: dict[str, Json] = field(default_factory=dict)
    keypoints: dict[str, Json] = field(default_factory=dict)
    specs: list[Json] = field(default_factory=list)

    @property
    def default(self) -> str:
        """The id of the first model that comes with the site."""
        return next(str(each["id"]) for each in self.shell if each["delivery"] == "site")

    @property
    def hosts(self) -> list[str]:
        """Origins of the models that others serve, which the page may ask for them."""
        urls = [urlsplit(url) for spec in self.details.values() for url in spec.get("urls", ())]
        return sorted({f"{url.scheme}://{url.netloc}" for url in urls if url.netloc})

    def catalogue(self) -> Json:
        """The part of the shell's models.json that is about models."""
        return {
            "default": self.default,
            "models": self.shell,
            "labels": self.labels,
            "keypoints": self.keypoints,
        }


def zip_sources(target: Path, files: Sequence[tuple[str, Path]]) -> None:
    """Writes files into a zip that is the same for the same content: sorted, without dates."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, path in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), path.read_bytes())


def model_folders() -> list[tuple[Path, Json]]:
    """Every model's folder and facts, by its `order`: the first that can be had is the default."""
    found = [
        (path.parent, json.loads(path.read_text("utf-8"))) for path in MODELS.glob("*/model.json")
    ]
    return sorted(found, key=lambda each: (each[1].get("order", 1000), each[0].name))


def code_files(folder: Path, spec: Json) -> list[tuple[str, Path]]:
    """What the worker needs beside the graph: facts, labels, and the decoder if it has its own."""
    files = [path for path in (folder / "model.json", folder / "decode.py") if path.is_file()]
    named = [(f"models/{folder.name}/{path.name}", path) for path in files]
    if isinstance(spec["labels"], dict):
        return named
    labels = MODELS / "labels" / f"{spec['labels']}.json"
    return [*named, (f"models/labels/{labels.name}", labels)]


def labels_of(spec: Json) -> tuple[str, Json]:
    """A model's labels in both languages, and their name: those of its own are named after it."""
    labels = spec["labels"]
    if isinstance(labels, dict):
        return f"own:{spec['id']}", labels
    return labels, _read("labels", labels)


def shell_facts(spec: Json) -> Json:
    """What the shell has to know of a model, but for its files."""
    list_name, words = labels_of(spec)
    labels = words["en"]
    score, size = spec["score"], spec["input"]
    return {
        "id": spec["id"],
        "name": spec["name"],
        "about": spec["about"],
        "task": spec["task"],
        "labels": list_name,
        "keypoints": spec.get("keypoints"),
        "points": [labels.index(name) for name in spec.get("points", ())],
        "floor": score["floor"],
        "threshold": score["threshold"],
        "thresholds": {
            str(labels.index(name)): value for name, value in score.get("classes", {}).items()
        },
        "sizes": size.get("sizes") or [[size["width"], size["height"]]],
        "licence": spec["licence"]["spdx"],
        "delivery": spec.get("delivery", "site"),
    }


def add_models(tiers: Tiers, scratch: Path, say: Say) -> Models:
    """Adds every model that can be had here, and says which cannot.

    Args:
        tiers: where its files go.
        scratch: a folder for files in between.
        say: told of each model that is left out.

    Raises:
        BuildError: `no-model` when nothing is left.
    """
    models = Models()
    for folder, spec in model_folders():
        variants = _variants(folder, spec, tiers, scratch)
        if isinstance(variants, Missing):
            say(f"model {variants.model_id} is left out: {variants.reason}")
            continue
        code = scratch / f"{spec['id']}.zip"
        zip_sources(code, code_files(folder, spec))
        for tier in [each["tier"] for each in variants]:
            (address,) = tiers.add(tier, [code])
        for each in variants:
            each["bytes"] += tiers.transfer_bytes(each["tier"])
        models.shell.append(shell_facts(spec) | {"variants": variants, "code": address})
        models.details[spec["id"]] = _details(spec)
        name, words = labels_of(spec)
        models.labels[name] = words
        if spec.get("keypoints"):
            models.keypoints[spec["keypoints"]] = _read("keypoints", spec["keypoints"])
        models.specs.append(spec)
    if not any(each["delivery"] == "site" for each in models.shell):
        raise BuildError("no-model", folder=str(MODELS), do="see models/README.md")
    return models


def _details(spec: Json) -> Json:
    """What only the screen of the models needs; the shell does without it."""
    details: Json = {"licence": spec["licence"]}
    if spec.get("delivery") == "tap":
        urls, mirror = spec["source"]["urls"], os.environ.get("MEKIKI_MODELS_URL")
        if mirror:
            urls = [f"{mirror.rstrip('/')}/{spec['source']['file']}", *urls]
        details |= {"file": spec["source"]["file"], "urls": urls}
        details |= {key: spec["source"][key] for key in ("bytes", "sha256")}
    return details


def _variants(folder: Path, spec: Json, tiers: Tiers, scratch: Path) -> list[Json] | Missing:
    """The variants of a model, each with its tier; `bytes` of what does not come with the site."""
    tier = f"model:{spec['id']}"
    if spec.get("delivery") == "tap":
        return [
            {"weights": each["weights"], "bytes": each["bytes"], "tier": tier}
            for each in spec["onnx"][:1]
        ]
    prepared = _prepared(folder)
    if isinstance(prepared, Missing):
        return prepared
    found = []
    for index, (each, ready) in enumerate(zip(spec["onnx"], prepared, strict=True)):
        graph = scratch / f"{spec['id']}.onnx"
        shutil.copyfile(ready.path, graph)
        own = tier if index == 0 else f"{tier}:{each['weights']}"
        (address,) = tiers.add(own, [graph])
        found.append({"weights": each["weights"], "bytes": 0, "tier": own, "onnx": address})
    return found


def _prepared(folder: Path) -> list[Prepared] | Missing:
    named = os.environ.get("MEKIKI_MIRROR")
    mirror = Path(named) if named else None
    return prepare(folder, cache=CACHE, node_modules=NODE_MODULES, mirror=mirror)


def _read(kind: str, name: str) -> Json:
    found: Json = json.loads((MODELS / kind / f"{name}.json").read_text("utf-8"))
    return found
