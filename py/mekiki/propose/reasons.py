"""What a guess rests on, as a code with data; the words are the user interface's."""

from __future__ import annotations


def reason(code: str, **data: object) -> dict[str, object]:
    """One reason."""
    return {"code": code, "data": data}
