"""A line of the table."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One fault that was tried.

    Attributes:
        fault: what went wrong, and when.
        noticed: what the app said of it, or how it dealt with it.
        refetched: bytes of parts that crossed the line more than once; -1 where that says nothing.
        allowed: the most that may.
        survived: whether nothing was lost and nothing wrong was shown.
    """

    fault: str
    noticed: str
    refetched: int
    allowed: int
    survived: bool

    @property
    def good(self) -> bool:
        """Whether the promise was kept."""
        return self.survived and self.refetched <= self.allowed

    def to_dict(self) -> dict[str, Any]:
        """For the report."""
        return asdict(self) | {"good": self.good}


def table(rows: list[Row]) -> str:
    """All rows, for people."""
    wide = max(len(row.fault) for row in rows)
    lines = [f"{'fault':<{wide}}  {'again, bytes':>12}  {'':<4}  noticed"]
    for row in rows:
        again = "-" if row.refetched < 0 else f"{row.refetched:,}"
        verdict = "ok" if row.good else "FAIL"
        lines.append(f"{row.fault:<{wide}}  {again:>12}  {verdict:<4}  {row.noticed[:90]}")
    good = sum(row.good for row in rows)
    return "\n".join([*lines, f"{good} of {len(rows)} survived"])
