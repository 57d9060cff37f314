"""Serves the pages of the measurements, isolated from other origins.

Isolation (COOP, COEP) is not for threads, which nothing here uses: without it browsers round
`performance.now()` to 100 microseconds, with it to 5.
"""

from __future__ import annotations

import http.server
import posixpath
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.serve import SiteHandler

# SiteHandler lets browsers keep what lies below /assets/, so a second visit is a warm one.
ROOT = "assets"


class IsolatedSite:
    """A running server of several folders, each at /assets/<name>/."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        """Starts to serve on a free port of this machine."""

        class Handler(SiteHandler):
            def translate_path(self, path: str) -> str:
                clean = posixpath.normpath(unquote(urlsplit(path).path))
                _, root, name, *rest = [*clean.split("/"), "", ""]
                folder = folders.get(name) if root == ROOT else None
                return str(folder.joinpath(*rest)) if folder else "/nowhere"

            def end_headers(self) -> None:
                self.send_header("Cross-Origin-Opener-Policy", "same-origin")
                self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
                super().end_headers()

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/{ROOT}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Closes the port."""
        self._server.shutdown()
        self._server.server_close()
