"""The one exception of the engine: a code with data, put into words by the user interface."""

from __future__ import annotations


class MekikiError(Exception):
    """Something that the engine could not do.

    Attributes:
        code: what went wrong, in kebab-case; the user interface has the words for it.
        data: values that belong into those words; JSON can hold all of them.
    """

    def __init__(self, code: str, **data: object) -> None:
        details = ", ".join(f"{key}={value!r}" for key, value in data.items())
        super().__init__(f"{code} ({details})" if details else code)
        self.code = code
        self.data = data
