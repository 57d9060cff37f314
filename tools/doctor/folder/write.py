"""`--folder`: a folder that the build takes, from a file that runs."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from mekiki.errors import MekikiError
from mekiki.loader import load_model
from tools.doctor.folder.facts import Proposal, Wishes, facts_text, model_id, proposal
from tools.doctor.folder.photo import expected, find, keeps, samples
from tools.doctor.folder.template import decoder_template
from tools.doctor.words import sentence
from tools.errors import BuildError
from tools.models.folders.check import check_folder
from tools.models.prepare import stored

GRAPH = "model.onnx"
SMALL = ("fp16", "int8")
PUBLISHED = {"weights": "published"}


def write_folder(path: Path, folder: Path, wishes: Wishes) -> dict[str, Any]:
    """Writes `model.json`, `model.onnx` and, where no decoder of ours fits, a decode.py to fill.

    Args:
        path: an ONNX file that runs.
        folder: a new one beside the others.
        wishes: what the person said.

    Returns:
        `folder`, `facts` (the model.json), `why` (codes of what the guess rests on), `own` whether
        there is a decode.py to fill, and `problems`: what is left to be said.

    Raises:
        BuildError: `folder-is-there`, `folder-name`, `licence-forbids-embedding`, and what
            `proposal` raises.
    """
    name = model_id(folder)
    if folder.exists():
        raise BuildError("folder-is-there", folder=folder, do="name another, or remove it")
    if (wishes.licence or "").startswith(("GPL", "AGPL")):
        do = 'weights under the GPL come by "delivery": "tap" (models/README.md)'
        raise BuildError("licence-forbids-embedding", licence=wishes.licence, do=do)
    data = path.read_bytes()
    guess = proposal(data, path.name, name, wishes)
    own = "decoder" not in guess.facts
    facts: dict[str, Any] = {
        **guess.facts,
        "expected": {"sample": wishes.photo or samples()[0], "detections": []},
        "licence": {"spdx": wishes.licence or "", "holder": "", "url": "", "note": ""},
        "source": {"kind": "file", "file": GRAPH},
        "onnx": [PUBLISHED],
    }
    folder.mkdir(parents=True)
    (folder / GRAPH).write_bytes(data)
    (folder / "model.json").write_text(facts_text(facts), "utf-8")
    if own:
        (folder / "decode.py").write_text(decoder_template(name, guess.outputs), "utf-8")
    else:
        _try_out(folder, facts, data, wishes)
        (folder / "model.json").write_text(facts_text(facts), "utf-8")
    problems = [str(each) for each in check_folder(folder)]
    return _answer(folder, facts, guess, own, problems)


def _try_out(folder: Path, facts: dict[str, Any], data: bytes, wishes: Wishes) -> None:
    """Adds what is found on the photos, and the small weights that find the same."""
    spec, decode = load_model(folder)
    photos = samples()
    try:
        exact = find(spec, decode, data, photos)
    except MekikiError as error:
        raise BuildError(
            "model-not-tried", folder=folder, words=sentence("error", error.code, error.data)
        ) from error
    facts["expected"] = expected(exact, wishes.photo)
    if not any(exact.values()):
        return
    variants = []
    for weights in SMALL:
        content = stored(data, weights)
        if len(content) < len(data) and keeps(exact, find(spec, decode, content, photos)):
            sha256 = hashlib.sha256(content).hexdigest()
            variants.append({"weights": weights, "bytes": len(content), "sha256": sha256})
    # The first is the exact one; float16 is as good as that.
    first = [] if variants and variants[0]["weights"] == "fp16" else [PUBLISHED]
    facts["onnx"] = [*first, *variants]


def _answer(
    folder: Path, facts: dict[str, Any], guess: Proposal, own: bool, problems: list[str]
) -> dict[str, Any]:
    return {
        "folder": str(folder),
        "facts": facts,
        "why": guess.why,
        "own": own,
        "problems": problems,
    }


def folder_text(answer: dict[str, Any]) -> str:
    """What was written, and what is left to do."""
    facts, folder = answer["facts"], answer["folder"]
    kind = "decode.py, to be filled" if answer["own"] else f"decoder {facts['decoder']['kind']}"
    size = f"{facts['input']['width']} x {facts['input']['height']}"
    weights = ", ".join(each["weights"] for each in facts["onnx"])
    lines = [
        f"{folder}: {facts['task']}, {kind}, input {size} {facts['input']['colour']}",
        f"  weights: {weights}",
        f"  guessed from: {', '.join(each['code'] for each in answer['why']) or 'nothing'}",
    ]
    found = facts["expected"]["detections"]
    if found:
        lines.append(f"  on the photo {facts['expected']['sample']}, to be checked by eye:")
        lines += [f"    {each['label']} {each['box']}" for each in found]
    else:
        lines.append("  nothing was found on a photo: look at colour, scale, mean and labels")
    if answer["problems"]:
        lines += ["  left to be said:", *(f"    {each}" for each in answer["problems"])]
    return "\n".join(lines)
