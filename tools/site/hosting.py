"""Headers in the words of common hosts.

`_headers` (Netlify, Cloudflare Pages), `.htaccess` (Apache), `vercel.json`, `firebase.json` and
`nginx.conf`. None is needed: the service worker adds those of the page and its workers. With them
the very first visit has them, too, and browsers ask again for nothing that is named after its
content.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from tools.site.policy import page_headers, worker_headers

_FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
_ASK = {"Cache-Control": "no-cache"}
_TYPES = {
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".whl": "application/octet-stream",
    ".onnx": "application/octet-stream",
    ".romfs": "application/octet-stream",
}
_FOLDERS = ("assets", "vendor", "shell-")
_WORKERS = (
    "py/worker",
    "app/download/downloader.worker",
    "app/run/python.worker",
    "app/run/micropython.worker",
    "app/rooms/lab/lab.worker",
)
Headers = dict[str, str]


def _headers_file(connect: Sequence[str]) -> str:
    """https://docs.netlify.com/manage/routing/headers/, which Cloudflare Pages reads, too."""
    rules = {
        path: page_headers(connect) | _ASK for path in ("/", "/index.html", "/demos/*", "/play/*")
    }
    rules |= dict.fromkeys(("/sw.js", "/manifest.json"), _ASK)
    rules |= dict.fromkeys(("/assets/*", "/vendor/*", "/shell-*"), _FOR_EVER)
    for path in (f"/:shell/{worker}.mjs" for worker in _WORKERS):
        rules[path] = worker_headers()
    return "\n".join(
        "\n".join([path, *(f"  {name}: {value}" for name, value in headers.items())])
        for path, headers in rules.items()
    )


def _htaccess(connect: Sequence[str]) -> str:
    """Apache 2.4 with mod_headers and mod_mime."""

    def block(pattern: str, headers: Headers) -> list[str]:
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
            f'  Header set Cache-Control "{_FOR_EVER["Cache-Control"]}" {named}',
            *block(r"^(index\.html|sw\.js|manifest\.json)$", _ASK),
            *block(r"^index\.html$", page_headers(connect)),
            *block(r"worker\.mjs$", worker_headers()),
            "</IfModule>",
        ]
    )


def _listed(headers: Headers) -> list[dict[str, str]]:
    return [{"key": name, "value": value} for name, value in headers.items()]


def _vercel(connect: Sequence[str]) -> str:
    """https://vercel.com/docs/project-configuration#headers; with path-to-regexp's patterns."""
    page = "/((?:demos/.*|play/)?(?:index\\.html)?)"
    rules = [(page, page_headers(connect) | _ASK), ("/(sw\\.js|manifest\\.json)", _ASK)]
    rules += [(f"/{folder}(.*)", _FOR_EVER) for folder in _FOLDERS]
    rules += [("/(.*worker\\.mjs)", worker_headers())]
    return json.dumps(
        {"headers": [{"source": path, "headers": _listed(each)} for path, each in rules]}, indent=1
    )


def _firebase(connect: Sequence[str]) -> str:
    """https://firebase.google.com/docs/hosting/full-config; for the folder that holds the site."""
    rules = [
        (path, page_headers(connect) | _ASK)
        for path in ("/", "/index.html", "/demos/**", "/play/**")
    ]
    rules += [("/@(sw.js|manifest.json)", _ASK)]
    rules += [(f"/{folder}{'*' if folder[-1] == '-' else ''}/**", _FOR_EVER) for folder in _FOLDERS]
    rules += [("**/*worker.mjs", worker_headers())]
    headers = [{"source": path, "headers": _listed(each)} for path, each in rules]
    ignored = ["firebase.json", "nginx.conf", "vercel.json", "_headers", ".*"]
    return json.dumps({"hosting": {"public": ".", "ignore": ignored, "headers": headers}}, indent=1)


def _nginx(connect: Sequence[str]) -> str:
    """A `server` block for https://nginx.org; what it adds in one place it inherits in no other."""

    def place(pattern: str, headers: Headers) -> list[str]:
        lines = [f'    add_header {name} "{value}" always;' for name, value in headers.items()]
        return [f"  location ~ {pattern} {{", *lines, "  }"]

    kinds = [f"    {kind} {ending.removeprefix('.')};" for ending, kind in _TYPES.items()]
    return "\n".join(
        [
            "# Include this in nginx's http block, with your server_name, certificate and root.",
            "server {",
            "  listen 8080;",
            "  root /var/www/mekiki;",
            "  include mime.types;",
            "  types {",
            *sorted(kinds),
            "  }",
            "  gzip on;",
            "  gzip_types text/javascript text/css application/json application/wasm;",
            *place(r"worker\.mjs$", worker_headers() | _FOR_EVER),
            *place("^/(assets/|vendor/|shell-)", _FOR_EVER),
            *place("/(sw\\.js|manifest\\.json)$", _ASK),
            *place(r"(/|\.html)$", page_headers(connect) | _ASK),
            "}",
        ]
    )


def write_hosting(site: Path, connect: Sequence[str] = ()) -> None:
    """Writes these files into the site.

    Args:
        site: the site's folder.
        connect: addresses that the page may ask beside its own site.
    """
    made = {
        "_headers": _headers_file,
        ".htaccess": _htaccess,
        "vercel.json": _vercel,
        "firebase.json": _firebase,
        "nginx.conf": _nginx,
    }
    for name, text in made.items():
        (site / name).write_text(text(connect) + "\n", "utf-8")
