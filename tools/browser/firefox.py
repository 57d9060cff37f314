"""A page of Firefox, by way of WebDriver BiDi: Debian has no geckodriver, and none is needed."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.browser.bidi import Bidi
from tools.browser.own_process import OwnProcess
from tools.browser.tab import CALL_SECONDS, START_SECONDS, function_of, text_of, value_of
from tools.errors import BuildError

# Firefox itself turns off updates, telemetry and first-run pages once it is driven by a program.
_SWITCHES = ("--headless", "--no-remote", "--new-instance", "--remote-debugging-port=0")


def executable() -> str:
    """The path of Firefox: MEKIKI_FIREFOX, else the one that is installed.

    Raises:
        BuildError: `no-firefox`.
    """
    named = os.environ.get("MEKIKI_FIREFOX")
    found = named or shutil.which("firefox-esr") or shutil.which("firefox")
    if not found:
        raise BuildError("no-firefox", do="install firefox-esr, or set MEKIKI_FIREFOX")
    return found


class FirefoxTab:
    """The one page of a Firefox started for it, with an empty profile."""

    def __init__(self) -> None:
        """Starts Firefox.

        Raises:
            BuildError: `no-firefox`, `browser-start-failed`.
        """
        program = executable()
        with ExitStack() as opened:
            # Firefox may still be writing into its profile while that is being removed.
            scratch = opened.enter_context(TemporaryDirectory(ignore_cleanup_errors=True))
            profile = Path(scratch, "profile")
            profile.mkdir()
            command = [program, *_SWITCHES, "--profile", str(profile)]
            process = OwnProcess(command, Path(scratch, "said"), {"HOME": scratch})
            opened.callback(process.stop)
            url = process.wait_for(r"WebDriver BiDi listening on (ws://\S+)", START_SECONDS)
            self._bidi = Bidi(url)
            opened.callback(self._bidi.close)
            self._bidi.command("session.subscribe", {"events": ["log.entryAdded"]})
            tree = self._bidi.command("browsingContext.getTree", {})
            self._context = tree["contexts"][0]["context"]
            self._open = opened.pop_all()

    def goto(self, url: str) -> None:
        """See Tab."""
        params = {"context": self._context, "url": url, "wait": "complete"}
        self._bidi.command("browsingContext.navigate", params)

    def call(self, body: str, *arguments: object) -> object:
        """See Tab."""
        params = {
            "functionDeclaration": function_of(body),
            "arguments": [{"type": "string", "value": text_of(arguments)}],
            "awaitPromise": True,
            "target": {"context": self._context},
        }
        answer = self._bidi.command("script.callFunction", params, CALL_SECONDS)
        if answer["type"] == "exception":  # the body is no JavaScript
            raise BuildError("page-raised", detail=answer["exceptionDetails"]["text"])
        return value_of(answer["result"]["value"])

    def problems(self) -> list[str]:
        """See Tab."""
        self._bidi.command("session.status", {})  # events that are under way come before its answer
        entries = [event["params"] for event in self._bidi.events]
        return [
            f"{entry['level']}: {entry['text']}"
            for entry in entries
            if entry.get("level") in ("error", "warn")
        ]

    def close(self) -> None:
        """See Tab."""
        self._open.close()
