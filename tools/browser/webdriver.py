"""A session of W3C WebDriver: JSON over HTTP, to a driver on this machine."""

from __future__ import annotations

import http.client
import json
from typing import Any

from tools.browser.tab import CALL_SECONDS
from tools.errors import BuildError


def listens(port: int) -> bool:
    """Whether a driver answers on this port."""
    try:
        _ask(port, "GET", "/status", None)
    except OSError:
        return False
    return True


class Session:
    """One browser, started by the driver."""

    def __init__(self, port: int, capabilities: dict[str, object]) -> None:
        """Starts it.

        Raises:
            BuildError: `browser-refused`.
        """
        self._port = port
        wanted = {"capabilities": {"alwaysMatch": capabilities}}
        answer = _ask(port, "POST", "/session", wanted)
        self._path = f"/session/{answer['sessionId']}"

    def ask(self, method: str, command: str, body: object) -> Any:  # noqa: ANN401
        """Sends one command and returns its value.

        Raises:
            BuildError: `browser-refused`, with the driver's reason.
        """
        return _ask(self._port, method, f"{self._path}/{command}", body)

    def end(self) -> None:
        """Closes the browser."""
        _ask(self._port, "DELETE", self._path, None)


def _ask(port: int, method: str, path: str, body: object) -> Any:  # noqa: ANN401
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=CALL_SECONDS + 10)
    try:
        text = None if body is None else json.dumps(body)
        connection.request(method, path, text, {"Content-Type": "application/json"})
        response = connection.getresponse()
        value = json.loads(response.read())["value"]
    finally:
        connection.close()
    if response.status != 200:
        raise BuildError("browser-refused", path=path, detail=value["message"])
    return value
