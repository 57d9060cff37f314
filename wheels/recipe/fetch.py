"""Fetches pinned files from the package index that pip is configured with."""

from __future__ import annotations

import hashlib
import os
import re
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from tools.errors import BuildError
from wheels.recipe.pins import Pinned
from wheels.recipe.progress import say

_LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["']([^"']+)["']""", re.IGNORECASE)
_CHUNK = 1 << 20


def fetch(pinned: Pinned, folder: Path) -> Path:
    """The file, in `folder`: the one that is there, or MEKIKI_SDISTS' copy, or the index'.

    Raises:
        BuildError: `checksum-differs`, `not-in-index` or `fetch-failed`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / pinned.name
    if target.is_file() and _sha256(target) == pinned.sha256:
        return target
    local = os.environ.get("MEKIKI_SDISTS")
    part = folder / f"{pinned.name}.part"
    if local and (Path(local) / pinned.name).is_file():
        part.write_bytes((Path(local) / pinned.name).read_bytes())
    else:
        say(f"fetching {pinned.name}")
        _download(pinned, part)
    found = _sha256(part)
    if found != pinned.sha256:
        part.unlink()
        raise BuildError("checksum-differs", name=pinned.name, found=found, wanted=pinned.sha256)
    return part.replace(target)


def index_url() -> str:
    """The index of pip's own settings, or the default that pip's help names."""
    pip = [sys.executable, "-m", "pip"]
    config = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=True)
    match = re.search(r"^(?::env:|global|user|site)\.index-url='([^']+)'", config.stdout, re.M)
    if match:
        return match[1]
    text = subprocess.run([*pip, "help", "download"], capture_output=True, text=True, check=True)
    match = re.search(r"--index-url.*?\(default\s+(\S+?)\)", text.stdout, re.S)
    if not match:
        raise BuildError("fetch-failed", name="the index", why="pip names none")
    return match[1]


def link_in(page: str, page_url: str, name: str) -> str | None:
    """The address of file `name` in a page of the simple index (PEP 503), without its hash."""
    for href in _LINK.findall(page):
        url = urldefrag(urljoin(page_url, unescape(href))).url
        if url.rsplit("/", 1)[-1] == name:
            return url
    return None


def _download(pinned: Pinned, part: Path) -> None:
    page_url = f"{index_url().rstrip('/')}/{pinned.project}/"
    # PIP_CERT or the system's certificates, as pip does it.
    context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT"))
    headers = {"Accept": "text/html"}
    try:
        request = urllib.request.Request(page_url, headers=headers)
        with urllib.request.urlopen(request, timeout=60, context=context) as answer:
            url = link_in(answer.read().decode(), answer.url, pinned.name)
        if url is None:
            raise BuildError("not-in-index", name=pinned.name, project=pinned.project)
        done = part.stat().st_size if part.is_file() else 0
        request = urllib.request.Request(url, headers={"Range": f"bytes={done}-"} if done else {})
        with urllib.request.urlopen(request, timeout=60, context=context) as answer:
            mode = "ab" if answer.status == 206 else "wb"
            with part.open(mode) as file:
                while chunk := answer.read(_CHUNK):
                    file.write(chunk)
    except (urllib.error.URLError, OSError) as error:
        if isinstance(error, urllib.error.HTTPError) and error.code == 416:
            return  # all of it is there already
        raise BuildError("fetch-failed", name=pinned.name, why=error) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
