"""Says what is being done, in plain lines that read well in a log."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

_NINJA = re.compile(r"^\[(\d+)/(\d+)\] ")
_EVERY = 20.0  # seconds between two lines about the same command


def clock(seconds: float) -> str:
    """75 seconds as `1:15`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def say(text: str) -> None:
    """One line, at once."""
    print(f"[wheels] {text}", flush=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Says that a step begins, and how long it took."""
    say(name)
    start = time.monotonic()
    yield
    say(f"{name}: done in {clock(time.monotonic() - start)}")


class Counted:
    """Turns ninja's thousand lines `[n/total] ...` into one now and then."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._start = time.monotonic()
        self._said = self._start

    def line(self, text: str) -> None:
        """Takes one line of the command's output."""
        now = time.monotonic()
        match = _NINJA.match(text)
        if match and (now - self._said >= _EVERY or match[1] == match[2]):
            self._said = now
            say(f"  {self._what}: {match[1]} of {match[2]}, {clock(now - self._start)}")
