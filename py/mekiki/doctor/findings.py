"""What the doctor finds, as codes with data; the words are the user interface's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

BLOCKS, WARNS, NOTES = "blocks", "warns", "notes"
RUNS, NEEDS_HELP, CANNOT = "runs", "needs-help", "cannot"

# Advice after which the model runs; other advice may not be enough.
REPAIRS = frozenset(
    [
        "fix-size",
        "simplify",
        "infer-shapes",
        "write-option",
        "other-opset",
        "embed-weights",
        "export-without-nms",
    ]
)
LONGEST_VALUE = 100  # characters of a value that is shown


@dataclass
class Finding:
    """One of them.

    Attributes:
        severity: `blocks` what keeps it from running, `warns` of what may disappoint, `notes`.
        advice: code of what helps, if anything is known to.
    """

    code: str
    severity: str = BLOCKS
    advice: str | None = None
    data: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "data": {name: _short(value) for name, value in self.data.items()},
            "advice": self.advice,
        }


def _short(value: object) -> object:
    """Numbers and names as they are, lists as text, everything cut."""
    if value is None or isinstance(value, bool | int | float):
        return value
    text = value if isinstance(value, str) else " × ".join(str(each) for each in _listed(value))
    # Lone surrogates stand for bytes that are no text; JSON must not hold them.
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= LONGEST_VALUE else text[:LONGEST_VALUE] + "…"


def _listed(value: object) -> Iterable[object]:
    return value if isinstance(value, Iterable) else [value]


def merged(findings: Iterable[Finding]) -> list[Finding]:
    """Those of the same code about the same operator as one, with their `count`."""
    kept: dict[tuple[str, object, object], Finding] = {}
    for each in findings:
        key = (each.code, each.data.get("operator"), each.data.get("option"))
        if "operator" not in each.data:
            kept[each.code, id(each), None] = each
            continue
        first = kept.setdefault(key, each)
        first.data["count"] = first.data.get("count", 0) + 1
    return list(kept.values())


def verdict(findings: Iterable[Finding]) -> str:
    """`runs`, or whether what is advised makes it run."""
    blocks = [each for each in findings if each.severity == BLOCKS]
    if not blocks:
        return RUNS
    return NEEDS_HELP if all(each.advice in REPAIRS for each in blocks) else CANNOT


def by_code(findings: Iterable[Mapping[str, object]], severity: str) -> list[object]:
    """The codes of those of one severity, of a report."""
    return [each["code"] for each in findings if each["severity"] == severity]
