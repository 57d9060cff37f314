"""Downloads one file of known length, over https only."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request

# Seconds without an answer. A server that trickles is not cut off: Ctrl+C is.
TIMEOUT = 10.0


class DownloadFailed(Exception):  # noqa: N818
    """No file came; the text says why, in one line."""


def download(url: str, length: int) -> bytes:
    """The file at `url`, which must be https after every redirect too.

    Args:
        url: where it is.
        length: how long it has to be; not a byte beyond it is kept.

    Raises:
        DownloadFailed: no answer, a refusal, another length, or an address that is not https.
    """
    try:
        with _https_only().open(url, timeout=TIMEOUT) as response:
            # One byte more than wanted tells a longer file from the right one.
            content: bytes = response.read(length + 1)
    except urllib.error.URLError as error:
        raise DownloadFailed(str(error.reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise DownloadFailed(str(error) or type(error).__name__) from error
    if len(content) != length:
        raise DownloadFailed(f"{'longer' if len(content) > length else 'shorter'} than {length} B")
    return content


def _https_only() -> urllib.request.OpenerDirector:
    """An opener that knows no other scheme: `build_opener` would add http, ftp and files."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener
