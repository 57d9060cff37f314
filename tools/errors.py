"""Errors of the developer's tools: a code with data, put into words only at the front door."""

from __future__ import annotations


class BuildError(Exception):
    """The build cannot go on.

    Attributes:
        code: what went wrong, in kebab-case.
        data: what a person needs to know to mend it.
    """

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code, data)
        self.code = code
        self.data = data

    def __str__(self) -> str:
        """The code, then `key=value` for each piece of data."""
        return f"{self.code}: " + " ".join(f"{key}={value}" for key, value in self.data.items())
