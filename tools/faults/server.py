"""A server that fails on purpose, and counts every byte that it sends."""

from __future__ import annotations

import gzip
import http.server
import random
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from tools.serve import SiteHandler

LOGIN = b"<!DOCTYPE html><html><title>Welcome</title><p>Sign in to use this network.</html>"
_PIECE = 8192


@dataclass
class Sent:
    """One answer: the path asked for, its status, and the bytes of its body that were sent."""

    path: str
    status: int
    body: int = 0


@dataclass
class Faults:
    """What goes wrong now. All of it can be changed while the server runs.

    Attributes:
        cut_after: how many bytes of the paths that `cut_paths` names are sent before the line is
            down; None for no end.
        cut_paths: says of a path whether its bytes count.
        down: every connection is closed without an answer.
        error_rate: the share of answers that fail, half of them in the middle.
        status: every request is answered with this status.
        retry_after: seconds that such an answer names; 0 names none.
        portal: every request is answered with a page to sign in, status 200.
        mime: the type that is said of every file with one of `mime_of`'s endings.
        mime_of: endings of file names.
        compress: whether text and wasm are sent with gzip to who accepts it.
        bits: the line's speed, bit/s for all connections together; 0 for no limit.
        latency: seconds until an answer begins.
    """

    cut_after: int | None = None
    cut_paths: Callable[[str], bool] = field(default=lambda _path: True)
    down: bool = False
    error_rate: float = 0.0
    status: int = 0
    retry_after: int = 0
    portal: bool = False
    mime: str = ""
    mime_of: tuple[str, ...] = ()
    compress: bool = False
    bits: int = 0
    latency: float = 0.0


class _Quiet(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Browsers that are killed hang up; nobody wants to read of it."""


class FaultyServer:
    """Serves a folder on a free port until it is stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults = Faults()
        self.log: list[Sent] = []
        self.failed = 0  # answers that failed because of the error rate
        self._lock = threading.Lock()
        self._random = random.Random(7)
        self._line_free = 0.0  # when the line has sent all that was given to it
        server = self

        class Handler(_FaultyHandler):
            site = server

        self._server = _Quiet(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Closes the port."""
        self._server.shutdown()
        self._server.server_close()

    def mend(self) -> None:
        """Ends all faults."""
        self.faults = Faults()
        self.failed = 0

    def forget(self) -> None:
        """Empties the log."""
        with self._lock:
            self.log.clear()

    def bodies(self) -> int:
        """Bytes of all bodies sent so far."""
        with self._lock:
            return sum(sent.body for sent in self.log)

    def noted(self, path: str, status: int) -> Sent:
        """A new line of the log."""
        sent = Sent(path, status)
        with self._lock:
            self.log.append(sent)
        return sent

    def fails_now(self) -> bool:
        """Whether this answer is one of those that fail."""
        with self._lock:
            fails = self._random.random() < self.faults.error_rate
            self.failed += fails
            return fails

    def allowed(self, path: str, count: int) -> int:
        """How many of so many bytes may still be sent; puts the line down when it is spent."""
        faults = self.faults
        with self._lock:
            if faults.cut_after is None or not faults.cut_paths(path):
                return count
            count = min(count, faults.cut_after)
            faults.cut_after -= count
            if faults.cut_after == 0:
                faults.down = True
            return count

    def wait_for_line(self, count: int) -> None:
        """Waits until the line has room for so many bytes."""
        if not self.faults.bits:
            return
        with self._lock:
            now = time.monotonic()
            self._line_free = max(now, self._line_free) + count * 8 / self.faults.bits
            wait = self._line_free - now
        time.sleep(wait)


class _FaultyHandler(SiteHandler):
    site: FaultyServer
    _tag = ""  # of the file that is sent; hosts tell by it what has not changed

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments, directory=str(self.site.folder))  # type: ignore[arg-type]

    def guess_type(self, path: object) -> str:
        """The type of a file, or the wrong one."""
        faults = self.site.faults
        if faults.mime and str(path).endswith(faults.mime_of):
            return faults.mime
        return super().guess_type(path)  # type: ignore[arg-type]

    def do_GET(self) -> None:  # noqa: N802
        """Answers, or not."""
        site, faults = self.site, self.site.faults
        path = urlsplit(self.path).path
        if faults.latency:
            time.sleep(faults.latency)
        if faults.down:
            self._hang_up(path)
            return
        if faults.portal:
            self._whole(path, 200, LOGIN, "text/html")
            return
        if faults.status:
            self._whole(path, faults.status, b"", "text/plain", faults.retry_after)
            return
        fails = site.fails_now()
        if fails and site.failed % 2:
            self._whole(path, 500, b"", "text/plain")
            return
        file = site.folder / (path.lstrip("/") or "index.html")
        if not file.is_file():
            self._whole(path, 404, b"", "text/plain")
            return
        body = file.read_bytes()
        self._tag = f'"{zlib.crc32(body):08x}"'
        if self.headers.get("If-None-Match") == self._tag and not fails:
            site.noted(path, 304)
            self.send_response(304)
            self.send_header("ETag", self._tag)
            self.end_headers()
            return
        kind = self.guess_type(str(file))
        start, status = self._range(len(body))
        zipped = faults.compress and status == 200 and _compressible(file)
        if zipped and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 9, mtime=0)
        else:
            zipped = False
        self._send(path, status, body[start:], kind, zipped, len(body) if fails else None)

    def _range(self, length: int) -> tuple[int, int]:
        asked = self.headers.get("Range", "")
        if asked.startswith("bytes=") and asked.endswith("-"):
            start = int(asked[6:-1])
            if start < length:
                return start, 206
        return 0, 200

    def _hang_up(self, path: str) -> None:
        self.site.noted(path, 0)
        self.close_connection = True

    def _whole(self, path: str, status: int, body: bytes, kind: str, retry: int = 0) -> None:
        sent = self.site.noted(path, status)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if retry:
            self.send_header("Retry-After", str(retry))
        self.end_headers()
        sent.body = len(body)  # noted first: who has it all may ask at once how much it was
        self.wfile.write(body)

    def _send(
        self, path: str, status: int, body: bytes, kind: str, zipped: bool, fails: int | None
    ) -> None:
        """The file; of a failing one only the first half, and then the connection ends."""
        sent = self.site.noted(path, status)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", self._tag)
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        end = len(body) // 2 if fails is not None else len(body)
        for start in range(0, end, _PIECE):
            piece = body[start : min(start + _PIECE, end)]
            count = self.site.allowed(path, len(piece))
            self.site.wait_for_line(count)
            sent.body += count
            try:
                self.wfile.write(piece[:count])
                self.wfile.flush()
            except OSError:
                sent.body -= count
                self.close_connection = True
                return
            if count < len(piece) or self.site.faults.down:
                self.close_connection = True
                return
        if end < len(body):
            self.close_connection = True


def _compressible(file: Path) -> bool:
    return file.suffix in {".html", ".css", ".js", ".mjs", ".json", ".svg", ".wasm"}
