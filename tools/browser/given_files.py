"""A small server of folders and of bytes, for pages that a test or a tool opens."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from tools.serve import TYPES


class GivenFiles:
    """A running server on a free port of this machine.

    Attributes:
        url: its address, ending in a slash.
    """

    def __init__(self, folders: Mapping[str, Path]) -> None:
        """Starts to serve `folders`, each below its name."""
        self._folders = folders
        self._given: dict[str, bytes] = {}
        self._count = 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self)

            def log_message(self, format: str, *arguments: object) -> None:
                """Says nothing."""

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def give(self, name: str, data: bytes) -> str:
        """Serves `data` from now on; the last part of its address is `name`."""
        self._count += 1
        path = f"given/{self._count}/{name}"
        self._given[path] = data
        return self.url + path

    def take_back(self, url: str) -> None:
        """Stops serving what `give` answered with `url`, and frees its memory."""
        del self._given[url.removeprefix(self.url)]

    def stop(self) -> None:
        """Closes the port."""
        self._server.shutdown()
        self._server.server_close()

    def _find(self, path: str) -> bytes | None:
        if path in self._given:
            return self._given[path]
        name, *rest = PurePosixPath(path).parts or ("",)
        file = self._folders[name].joinpath(*rest) if name in self._folders else None
        return file.read_bytes() if file and file.is_file() and ".." not in rest else None

    def _answer(self, request: http.server.BaseHTTPRequestHandler) -> None:
        path = unquote(urlsplit(request.path).path).lstrip("/")
        body = self._find(path)
        request.send_response(404 if body is None else 200)
        kind = TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
        request.send_header("Content-Type", "text/html" if path.endswith(".html") else kind)
        request.send_header("Content-Length", str(len(body or b"")))
        # Isolated pages may read a clock of 5 microseconds instead of 100.
        request.send_header("Cross-Origin-Opener-Policy", "same-origin")
        request.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        request.end_headers()
        request.wfile.write(body or b"")
