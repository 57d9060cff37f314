"""Serves a built site from this machine, with the types and headers that a good host sends."""

from __future__ import annotations

import http.server
import threading
from pathlib import Path

from tools.errors import BuildError

TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".json": "application/json",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Plain files. What is named after its content may be kept for ever."""

    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, **TYPES}  # noqa: RUF012
    protocol_version = "HTTP/1.1"

    _status = 200

    def send_response(self, code: int, message: str | None = None) -> None:
        """Notes the status: only what was found may be kept."""
        self._status = code
        super().send_response(code, message)

    def end_headers(self) -> None:
        """Adds the caching rule."""
        named = any(part in self.path for part in ("/assets/", "/shell-", "/vendor/"))
        kept = named and self._status == 200
        self.send_header("Cache-Control", "max-age=31536000, immutable" if kept else "no-cache")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        """Says nothing: the page is what matters."""


class Site:
    """A running server of one folder."""

    def __init__(self, folder: Path, port: int = 0, host: str = "127.0.0.1") -> None:
        """Starts to serve; port 0 takes any free one."""

        def handler(*arguments: object) -> SiteHandler:
            return SiteHandler(*arguments, directory=str(folder))  # type: ignore[arg-type]

        try:
            self._server = http.server.ThreadingHTTPServer((host, port), handler)
        except OSError as error:
            raise BuildError(
                "port-refused", port=port, detail=error, do="PORT=8001 make run"
            ) from None
        self.url = f"http://{host}:{self._server.server_address[1]}/"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Serves until interrupted."""
        self._thread.join()

    def stop(self) -> None:
        """Closes the port; requests fail from here on."""
        self._server.shutdown()
        self._server.server_close()
