"""`--fix`: a mended copy, checked against what the file itself gives."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import onnx

from mekiki.doctor.findings import BLOCKS, RUNS
from tools.doctor.check import Check, check, check_text
from tools.doctor.mending.mend import Mended, halve, mend
from tools.doctor.text import finding_text
from tools.errors import BuildError

# What float16 weights may change, on the whole. Of noise a model is unsure: YOLOX-nano, which finds
# the same on every photo, is off by 7 %. More is a sign of weights that float16 does not hold.
ROUNDED = 0.25
_SIZE = re.compile(r"(?:(?P<name>.+)=)?(?P<shape>\d+(x\d+)*)")


def read_sizes(texts: Sequence[str], names: Sequence[str]) -> dict[str, list[int]]:
    """Shapes such as 1x3x640x640, of the only input or as name=1x3x640x640.

    Raises:
        BuildError: `input-not-understood`.
    """
    sizes = {}
    for text in texts:
        found = _SIZE.fullmatch(text)
        name = found and (found["name"] or (names[0] if len(names) == 1 else None))
        if not found or name not in names:
            raise BuildError(
                "input-not-understood", input=text, inputs=", ".join(names), do="1x3x640x640"
            )
        sizes[str(name)] = [int(each) for each in found["shape"].split("x")]
    return sizes


def fix(path: Path, target: Path, sizes: dict[str, list[int]], *, half: bool) -> dict[str, Any]:
    """Writes a mended copy, if it runs and gives the same.

    Args:
        path: the file; it is not touched.
        target: where the copy goes.
        sizes: shapes of inputs that are left open.
        half: whether to store the weights as float16.

    Returns:
        `written`, `changes` in words, the new `report`, `checks` (of the exact weights, then of
        the rounded ones), each with its `text`, and `why` in words where nothing was written.

    Raises:
        BuildError: `fix-overwrites` when both are one file.
    """
    if target.exists() and target.samefile(path):
        raise BuildError("fix-overwrites", file=path, do="name another file")
    mended = mend(path, sizes)
    if mended.report["verdict"] != RUNS:
        return _answer(mended, [], "It cannot be mended here; nothing was written.")
    checks = [_checked(mended)]
    why = _why_not(checks[0], checks[0].alike)
    if half and why is None:
        halve(mended)
        checks.append(_checked(mended))
        why = _why_not(checks[1], checks[1].apart <= ROUNDED)
    if why is None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(mended.model.SerializeToString(deterministic=True))
    return _answer(mended, checks, why)


def fix_text(answer: dict[str, Any], target: Path) -> str:
    """What was done, in words."""
    lines = [f"- {each}" for each in answer["changes"]] or ["- nothing needed to be changed"]
    lines += [f"\n{each['text']}" for each in answer["checks"]]
    if answer["written"]:
        facts = answer["report"]["facts"]
        lines.append(f"\n{target}: {facts['bytes']:,} bytes, {facts['nodes']} operators. It runs.")
        return "\n".join(lines)
    blocks = [each for each in answer["report"]["findings"] if each["severity"] == BLOCKS]
    return "\n".join([*lines, "", answer["why"], *(finding_text(each) for each in blocks)])


def _answer(mended: Mended, checks: list[Check], why: str | None) -> dict[str, Any]:
    return {
        "written": why is None,
        "why": why,
        "changes": mended.changes,
        "report": mended.report,
        "checks": [
            {**each.to_dict(), "text": check_text(each, rounded=place > 0)}
            for place, each in enumerate(checks)
        ],
    }


def _checked(mended: Mended) -> Check:
    with tempfile.TemporaryDirectory() as name:
        path, original = Path(name) / "mended.onnx", Path(name) / "original.onnx"
        path.write_bytes(mended.model.SerializeToString())
        onnx.save(mended.original, original)
        return check(mended.report, path, original)


def _why_not(checked: Check, alike: bool) -> str | None:
    """Why it is not to be used; a file that nobody else runs either is not held against it."""
    if not checked.opencv["runs"]:
        return "OpenCV does not run it in spite of all; nothing was written."
    if checked.reference["runs"] and not alike:
        return "It does not give what the file gives; nothing was written."
    return None
