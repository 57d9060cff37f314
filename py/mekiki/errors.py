"""The one exception of the engine: a code with data, put into words by the user interface."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath


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


def describe(error: Exception) -> str:
    """What an exception of a model's own code says, and where.

    Returns:
        For example `ZeroDivisionError: division by zero (decode.py, line 2)`. The line is the
        innermost one in a `decode.py`, because deeper ones are in a library and help nobody.
    """
    text = f"{type(error).__name__}: {error}"
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if PurePath(frame.filename).name == "decode.py"
    ]
    return f"{text} (decode.py, line {frames[-1].lineno})" if frames else text


@contextmanager
def own_code(code: str, model: str) -> Iterator[None]:
    """Runs a model's own code, from which anything may come.

    Raises:
        MekikiError: `code`, with what went wrong as `detail`, for whatever is no MekikiError.
        MemoryError: as it is; that is not of this code's making alone.
    """
    try:
        yield
    except (MekikiError, MemoryError):
        raise
    except Exception as error:
        raise MekikiError(code, model=model, detail=describe(error)) from error
