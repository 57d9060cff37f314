"""What `python -m tools detect` prints for people and for `cut` and `awk`: fields between tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tools.headless.agreement import OVERLAP, SCORES

SIDES = ("browser", "native")


def picture_text(row: dict[str, Any]) -> str:
    """One line a detection: file, class, score, box; with both engines also whose it is."""
    sides = [side for side in SIDES if side in row]
    lines = []
    for side in sides:
        for each in row[side]["detections"]:
            box = " ".join(f"{each['box'][key]:.1f}" for key in ("x", "y", "width", "height"))
            fields = [row["file"], each["label"], f"{each['score']:.3f}", box]
            lines.append("\t".join(fields + [side] * (len(sides) > 1)))
        if not row[side]["detections"]:
            lines.append("\t".join([row["file"], "-", "", ""] + [side] * (len(sides) > 1)))
    if "agreement" in row:
        lines.append(f"{row['file']}\t{_agreement(row['agreement'])}")
    return "\n".join(lines)


def line_of(model: str, rows: Sequence[dict[str, Any]]) -> str:
    """How many pictures were looked at, with what."""
    read = [row for row in rows if "error" not in row]
    found = sum(len(next(row[side] for side in SIDES if side in row)["detections"]) for row in read)
    return f"# {model}: {found} found in {len(read)} of {len(rows)} pictures"


def summary(rows: Sequence[dict[str, Any]]) -> str:
    """The largest differences of all pictures."""
    made = [row["agreement"] for row in rows if "agreement" in row]
    score = max((each["score"] for each in made), default=0.0)
    box = max((each["box"] for each in made), default=0.0)
    overlap = min((each["iou"] for each in made), default=1.0)
    agree = sum(each["agrees"] for each in made)
    return (
        f"# browser and native agree on {agree} of {len(made)}; largest difference of score "
        f"{score:.6f} (limit {SCORES}), of an edge {box:.4f} px; smallest IoU {overlap:.5f} "
        f"(limit {OVERLAP})"
    )


def _agreement(made: dict[str, Any]) -> str:
    alone = ", ".join(f"{e['label']} {e['score']:.3f} only {e['by']}" for e in made["alone"])
    said = "agrees" if made["agrees"] else "DISAGREES"
    return f"{said}: score {made['score']:.6f}, IoU {made['iou']:.5f}" + (alone and f"; {alone}")
