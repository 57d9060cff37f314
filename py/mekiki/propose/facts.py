"""From what a file tells and what a trial run gave to the facts of a model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mekiki.propose.layouts import Layout, Output, layouts
from mekiki.propose.names import labels_for, names_told
from mekiki.propose.picture import Picture, picture_input
from mekiki.propose.reasons import reason
from mekiki.propose.recipes import RECIPES, scores, suppression

Json = dict[str, Any]


def propose(
    facts: Mapping[str, Any], outputs: Sequence[Mapping[str, Any]], sha256: str = ""
) -> list[Json]:
    """The facts of a model (models/README.md) for each reading, the likeliest first.

    Args:
        facts: of `mekiki.onnx_facts`.
        outputs: of a trial run at the first size of `picture_input`, as `describe_tensors` gives
            them.
        sha256: of the file, as text; makes the id unlike that of another file of the same name.

    Returns:
        What `ModelSpec.from_dict` takes, and `why`: codes with data. `labels` are inline, or the
        name of a list in models/labels. The last one finds nothing and shows the numbers.

    Raises:
        MekikiError: `model-input-unsupported`.
    """
    picture = picture_input(facts)
    told = names_told(facts["metadata"])
    seen = [
        Output(each["name"], tuple(each["shape"]), each["min"], each["max"]) for each in outputs
    ]
    common = _common(facts, sha256)
    found = [
        _proposal(each, picture, told, common)
        for each in _all(seen, picture, len(told), facts["metadata"])
    ]
    return [*found, _numbers(picture, common)]


def _all(
    seen: Sequence[Output], picture: Picture, told: int, metadata: Mapping[str, str]
) -> Iterator[Layout]:
    kinds = set()
    for each in layouts(seen, picture.sizes[0], told, metadata):
        if (each.kind, each.outputs, each.task) not in kinds:
            kinds.add((each.kind, each.outputs, each.task))
            yield each


def _common(facts: Mapping[str, Any], sha256: str) -> Json:
    stem = re.sub(r"\.onnx$", "", facts["name"], flags=re.IGNORECASE) or "model"
    slug = re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-")[:40].strip("-") or "model"
    name = stem[:60]
    ending = f"-{sha256[:6]}" if sha256 else ""
    return {"id": f"own-{slug}{ending}", "name": {"en": name, "ja": name}}


def _input(picture: Picture, recipe: str) -> tuple[Json, list[Json]]:
    width, height = picture.sizes[0]
    made: Json = {"name": picture.name, "width": width, "height": height} | RECIPES[recipe]
    why = []
    if len(picture.sizes) > 1:
        made["sizes"] = [list(each) for each in picture.sizes]
    if picture.open:
        made["fixed"] = True
        why.append(reason("size-guessed", width=width, height=height))
    if picture.layout == "NHWC":
        made["layout"] = "NHWC"
        why.append(reason("layout-nhwc"))
    return made, why


def _proposal(layout: Layout, picture: Picture, told: list[str], common: Json) -> Json:
    labels, named = labels_for(layout.classes, told)
    made, why = _input(picture, layout.recipe)
    if layout.seen is not None:
        shape = " × ".join(str(length) for length in layout.seen.shape)
        why.insert(0, reason("shape", output=layout.seen.name, shape=shape))
    why.append(named)
    if layout.doubt:
        why.append(layout.doubt)
    proposal = common | {
        "task": layout.task,
        "labels": labels,
        "decoder": {"kind": layout.kind, **layout.options},
        "input": made,
        "outputs": list(layout.outputs),
        "score": scores(layout.kind),
        "nms": suppression(layout.kind),
        "why": why,
    }
    return proposal | ({"keypoints": layout.keypoints} if layout.keypoints else {})


def _numbers(picture: Picture, common: Json) -> Json:
    made, why = _input(picture, "unit")
    return common | {
        "task": "tensors",
        "labels": {"en": ["-"], "ja": ["-"]},
        "decoder": {"kind": "tensors"},
        "input": made,
        "outputs": ["*"],
        "score": scores("tensors"),
        "nms": suppression("tensors"),
        "why": why,
    }
