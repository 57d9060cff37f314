"""WebDriver BiDi: commands and events as JSON over one web socket.

https://www.w3.org/TR/webdriver-bidi/. Only what one page needs: one command at a time.
"""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from typing import Any

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tools.errors import BuildError


class Bidi:
    """A session with a browser.

    Attributes:
        events: what the browser told unasked, each with `method` and `params`, in order.
    """

    def __init__(self, url: str) -> None:
        """Connects to `url`, which the browser names at its start, and begins a session."""
        # A proxy is for other machines; a browser that computes answers no ping for a while; and
        # an answer may be larger than the 1 MiB that the library expects.
        connecting = connect(f"{url}/session", proxy=None, ping_interval=None, max_size=None)
        self._open = ExitStack()
        self._socket = self._open.enter_context(connecting)
        self._last = 0
        self.events: list[dict[str, Any]] = []
        self.command("session.new", {"capabilities": {}})

    def command(
        self, method: str, params: dict[str, object], seconds: float = 60.0
    ) -> dict[str, Any]:
        """Sends one command and waits for its result.

        Raises:
            BuildError: `browser-refused`, `browser-late`, `browser-gone`.
        """
        self._last += 1
        end = time.monotonic() + seconds
        try:
            self._socket.send(json.dumps({"id": self._last, "method": method, "params": params}))
            while True:
                message = json.loads(self._socket.recv(timeout=max(0.0, end - time.monotonic())))
                if message.get("id") == self._last:
                    break
                self.events.append(message)
        except TimeoutError:
            raise BuildError("browser-late", method=method, seconds=seconds) from None
        except ConnectionClosed as error:
            raise BuildError("browser-gone", method=method, detail=error) from None
        if message["type"] == "error":
            raise BuildError("browser-refused", method=method, detail=message["message"])
        result: dict[str, Any] = message["result"]
        return result

    def close(self) -> None:
        """Ends the connection."""
        self._open.close()
