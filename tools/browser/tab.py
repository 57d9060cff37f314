"""What a test may ask of a page, whichever engine shows it."""

from __future__ import annotations

import json
from typing import Protocol

from tools.errors import BuildError

START_SECONDS = 60.0  # until a browser listens, on whatever machine this is
CALL_SECONDS = 900.0  # the longest that JavaScript may take; callers set shorter ends themselves


class Tab(Protocol):
    """One page of one running browser."""

    def goto(self, url: str) -> None:
        """Opens an address, and returns once the page has loaded."""
        ...

    def call(self, body: str, *arguments: object) -> object:
        """Runs the body of an async JavaScript function in the page.

        Args:
            body: statements; they read `args`, an array, and may `await` and `return`.
            arguments: what JSON can say.

        Returns:
            What was returned, by way of JSON; None for undefined.

        Raises:
            BuildError: `page-raised`, with what was thrown as `detail`.
        """
        ...

    def problems(self) -> list[str]:
        """Errors and warnings written to the console so far, one line each."""
        ...

    def close(self) -> None:
        """Closes the page, and the browser if it was started for this page."""
        ...


def function_of(body: str) -> str:
    """A JavaScript function from JSON text, an array, to a promise of JSON text.

    What is thrown becomes text as well: the drivers tell it each in another way, and some not
    at all.
    """
    return (
        "async (text) => { try {"
        f" const value = await (async (args) => {{ {body}\n }})(JSON.parse(text));"
        " return JSON.stringify({ value: value ?? null });"
        " } catch (error) { return JSON.stringify({ error: `${error}` }); } }"
    )


def text_of(arguments: tuple[object, ...]) -> str:
    """What such a function is given."""
    return json.dumps(arguments)


def value_of(answer: str) -> object:
    """What such a function answered.

    Raises:
        BuildError: `page-raised`.
    """
    answered = json.loads(answer)
    if "error" in answered:
        raise BuildError("page-raised", detail=answered["error"])
    value: object = answered["value"]
    return value
