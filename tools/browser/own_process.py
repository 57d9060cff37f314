"""Programs that a test starts, and ends together with all that they started themselves."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tools.errors import BuildError


class OwnProcess:
    """A running program in a process group of its own, writing what it says into a file."""

    def __init__(
        self,
        command: Sequence[str],
        said: Path,
        environment: Mapping[str, str],
        pass_fds: Sequence[int] = (),
    ) -> None:
        """Starts it.

        Args:
            command: the program and its arguments.
            said: file for what it writes to both outputs.
            environment: what is different for it.
            pass_fds: open files that it inherits.
        """
        self._command, self._said = command, said
        with said.open("wb") as output:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, **environment},
                pass_fds=pass_fds,
                start_new_session=True,
            )

    def said(self) -> str:
        """All that it has written so far."""
        return self._said.read_text("utf-8", "replace")

    def wait_for(self, pattern: str, seconds: float) -> str:
        """Waits until it writes something.

        Args:
            pattern: regular expression with one group.
            seconds: how long to wait.

        Returns:
            What the group matched.

        Raises:
            BuildError: `browser-start-failed`, with the end of what it said.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.running():
            if match := re.search(pattern, self.said()):
                return match[1]
            time.sleep(0.05)
        raise self.failed()

    def running(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def failed(self) -> BuildError:
        """The error that says what it said last."""
        return BuildError(
            "browser-start-failed", command=self._command[0], detail=self.said()[-1000:]
        )

    def stop(self) -> None:
        """Asks it to end, and after five seconds ends it, with its children."""
        self._signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._signal(signal.SIGKILL)  # what is left of the group, if anything
        self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
