"""The doctor's report, and what was tried, as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mekiki.doctor.findings import BLOCKS, WARNS
from tools.doctor.words import sentence

Report = Mapping[str, Any]
MARKS = {BLOCKS: "✗", WARNS: "!"}


def report_text(report: Report) -> str:
    """The verdict, then why, then the facts."""
    return "\n".join(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    facts, estimate = report["facts"], report["estimate"]
    yield f"{facts['name']}: {sentence('verdict', report['verdict'])}"
    yield ""
    for each in report["findings"]:
        yield finding_text(each)
    if report["findings"]:
        yield ""
    for kind in ("inputs", "outputs"):
        for each in facts[kind]:
            yield f"{kind[:-1]:<10}{each['name']}  {shape_text(each['shape'])}  {each['type']}"
    yield (
        f"{'file':<10}{facts['bytes']:,} bytes, IR {facts['ir']}, opset {facts['opset'] or '?'}"
        + (f", by {facts['producer']}" if facts["producer"] else "")
    )
    yield f"{'work':<10}{_work(estimate)}"
    yield f"{'memory':<10}{_memory(estimate)}"
    yield f"{'operators':<10}{facts['nodes']} of {len(facts['operators'])} kinds"
    blamed = _blamed(report)
    for operator, count in facts["operators"].items():
        yield f"  {MARKS[BLOCKS] if operator in blamed else ' '} {count:>5}  {operator}"


def _blamed(report: Report) -> set[str]:
    """The operators that keep it from running."""
    data = [each["data"] for each in report["findings"] if each["severity"] == BLOCKS]
    told = [name for each in data for name in str(each.get("operators", "")).split(", ")]
    return {*told, *(str(each.get("operator", "")) for each in data)}


def finding_text(finding: Mapping[str, Any]) -> str:
    """What was found, and what helps."""
    mark = MARKS.get(finding["severity"], "-")
    line = f"  {mark} {sentence('finding', finding['code'], finding['data'])}"
    if finding["advice"]:
        line += f"\n      → {sentence('advice', finding['advice'])}"
    return line


def shape_text(shape: object) -> str:
    """A shape like 1x3x640x640; what is open by its name."""
    return "x".join(str(each) for each in shape) if isinstance(shape, list) else "of any shape"


def _work(estimate: Mapping[str, Any]) -> str:
    shapes = ", ".join(f"{name} {shape_text(shape)}" for name, shape in estimate["input"].items())
    gflops = estimate["gflops"]
    return "unknown" if gflops is None else f"about {gflops:.3g} GFLOPs for {shapes}"


def _memory(estimate: Mapping[str, Any]) -> str:
    activations = estimate["activations_bytes"]
    rest = "" if activations is None else f" and {activations / 1e6:.3g} MB of activations"
    return f"about {estimate['weights_bytes'] / 1e6:.3g} MB of weights{rest}"
