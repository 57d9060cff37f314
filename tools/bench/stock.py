"""The same site with stock files in the engine's place: what ours is compared with.

What stands for what: the runtime is Pyodide's in both. The standard library is Pyodide's own zip
of `.py` files. The wheels are ours as they were built, before tools/engine takes out what does not
run and compiles the rest: opencv-python of Pyodide's own distribution, several times as large, is
in no registry that this project uses.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.engine.parts import write_parts
from tools.errors import BuildError
from tools.paths import CACHE, NODE_MODULES, ROOT

Tiers = dict[str, list[dict[str, Any]]]


def stock_site(dist: Path, out: Path) -> None:
    """Copies a built site to `out`, and puts stock files where the engine's are.

    Args:
        dist: the built site.
        out: a folder that is not there yet, in a folder for scratch.

    Raises:
        BuildError: `wheel-missing`.
    """
    shutil.copytree(dist, out)
    listing = next(out.glob("shell-*/assets.json"))
    tiers: Tiers = json.loads(listing.read_text("utf-8"))
    digests = {}
    for tier, assets in tiers.items():
        if tier == "engine" or tier.startswith("engine-"):
            for place, asset in enumerate(assets):
                if (stock := _stock_of(asset["url"])) is not None:
                    assets[place] = _put(out, asset["url"], stock)
                    digests[asset["url"].rsplit("/", 1)[1]] = assets[place]["sha256"]
    for assets in tiers.values():
        for place, asset in enumerate(assets):
            if asset["url"].endswith("/pyodide-lock.json"):
                lock = (out / asset["url"]).read_bytes()
                assets[place] = _put(out, asset["url"], with_digests(lock, digests))
    before = listing.read_bytes()
    listing.write_text(json.dumps(tiers, separators=(",", ":")), "utf-8")
    packed = listing.with_name(f"{listing.name}.gz")
    packed.write_bytes(gzip.compress(listing.read_bytes(), 9, mtime=0))
    _agree(out / "sw.js", before, listing.read_bytes())


def _stock_of(url: str) -> bytes | None:
    name = url.rsplit("/", 1)[1]
    if name == "python_stdlib.zip":
        return (NODE_MODULES / "pyodide" / name).read_bytes()
    if name.endswith(".whl"):
        wheel = ROOT / "wheels" / "dist" / name
        if not wheel.is_file():
            raise BuildError("wheel-missing", path=wheel)
        return wheel.read_bytes()
    return None


def _put(site: Path, url: str, data: bytes) -> dict[str, Any]:
    """Writes a file of the site, whole and in parts; its line of the list of assets."""
    path = site / url
    path.parent.mkdir(parents=True, exist_ok=True)
    for part in path.parent.glob(f"{path.name}.*.[0-9][0-9][0-9]"):
        part.unlink()
    path.write_bytes(data)
    folder = url.rsplit("/", 1)[0]
    return write_parts(path, path.parent, folder, cache=CACHE).to_dict()


def with_digests(lock: bytes, digests: Mapping[str, str]) -> bytes:
    """A lock file whose packages have the digests of these files, by file name."""
    content = json.loads(lock)
    for package in content["packages"].values():
        package["sha256"] = digests[Path(package["file_name"]).name]
    return json.dumps(content).encode()


def _agree(worker: Path, before: bytes, after: bytes) -> None:
    """Makes the service worker expect another content of a file."""
    old, new = (
        "sha256-" + base64.b64encode(hashlib.sha256(content).digest()).decode()
        for content in (before, after)
    )
    text, count = re.subn(re.escape(old), lambda _: new, worker.read_text("utf-8"))
    if not count:
        raise BuildError("list-unknown", file=worker.name)
    worker.write_text(text, "utf-8")
