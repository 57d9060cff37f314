"""Headers in the words of common hosts: `_headers` (Netlify, Cloudflare Pages) and `.htaccess`.

None is needed: the service worker adds those of the page and its workers. With them the very first
visit has them, too, and browsers ask again for nothing that is named after its content.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tools.site.policy import page_headers, worker_headers

_FOR_EVER = "public, max-age=31536000, immutable"
_ASK = "no-cache"
_TYPES = {
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".whl": "application/octet-stream",
    ".onnx": "application/octet-stream",
    ".romfs": "application/octet-stream",
}


def _headers_file(connect: Sequence[str]) -> str:
    """https://docs.netlify.com/manage/routing/headers/, which Cloudflare Pages reads, too."""
    rules: dict[str, dict[str, str]] = {
        path: page_headers(connect) | {"Cache-Control": _ASK}
        for path in ("/", "/index.html", "/demos/*")
    }
    rules |= {path: {"Cache-Control": _ASK} for path in ("/sw.js", "/manifest.json")}
    rules |= {path: {"Cache-Control": _FOR_EVER} for path in ("/assets/*", "/vendor/*", "/shell-*")}
    workers = ("py/worker", "app/download/downloader.worker", "app/demos/python.worker")
    for path in (f"/:shell/{worker}.mjs" for worker in workers):
        rules[path] = worker_headers()
    return "\n".join(
        "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items())])
        for path, headers in rules.items()
    )


def _htaccess(connect: Sequence[str]) -> str:
    """Apache 2.4 with mod_headers and mod_mime."""

    def block(pattern: str, headers: dict[str, str]) -> list[str]:
        lines = [f'    Header set {name} "{value}"' for name, value in headers.items()]
        return [f'  <FilesMatch "{pattern}">', *lines, "  </FilesMatch>"]

    types = [f"  AddType {kind} {ending}" for ending, kind in _TYPES.items()]
    named = '"expr=%{REQUEST_URI} =~ m#/(assets|vendor|shell-[^/]+)/#"'
    return "\n".join(
        [
            "<IfModule mod_mime.c>",
            *types,
            "</IfModule>",
            "<IfModule mod_headers.c>",
            f'  Header set Cache-Control "{_FOR_EVER}" {named}',
            *block(r"^(index\.html|sw\.js|manifest\.json)$", {"Cache-Control": _ASK}),
            *block(r"^index\.html$", page_headers(connect)),
            *block(r"worker\.mjs$", worker_headers()),
            "</IfModule>",
        ]
    )


def write_hosting(site: Path, connect: Sequence[str] = ()) -> None:
    """Writes both files into the site.

    Args:
        site: the site's folder.
        connect: addresses that the page may ask beside its own site.
    """
    (site / "_headers").write_text(_headers_file(connect) + "\n", "utf-8")
    (site / ".htaccess").write_text(_htaccess(connect) + "\n", "utf-8")
