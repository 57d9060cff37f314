"""The service worker: sw.js made one file, and the list of the shell injected by workbox-cli."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.errors import BuildError
from tools.paths import NODE_MODULES, ROOT
from tools.site.later import LATER
from tools.site.packed import PACKED, write_packed
from tools.site.policy import page_headers, worker_headers

PRECACHED = (
    "index.html",
    "manifest.json",
    "icons/icon.svg",
    "icons/icon-192.png",
    "thumbs/*",
    "demos/**/*",
    "play/*",
    "shell-*/**/*",
    "vendor/**/*",
)


_CONFIG = """\
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");

const options = OPTIONS;
const digest = (url) =>
  createHash("sha256").update(readFileSync(join(options.globDirectory, url))).digest("base64");
module.exports = {
  ...options,
  dontCacheBustURLsMatching: /^(shell-|vendor\\/)/,
  manifestTransforms: [
    (entries) => ({
      manifest: entries.map((each) => ({ ...each, integrity: `sha256-${digest(each.url)}` })),
    }),
  ],
};
"""


def expected(dist: Path) -> set[str]:
    """The files that must be in the precache, relative to the site."""
    return {
        path.relative_to(dist).as_posix()
        for pattern in PRECACHED
        for path in dist.glob(pattern)
        if path.is_file()
    }


def _run(command: list[str]) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        detail = (done.stderr or done.stdout).strip()[-2000:]
        raise BuildError("command-failed", command=command[0], detail=detail)
    return done.stdout + done.stderr


def _defined(dist: Path, connect: Sequence[str]) -> list[str]:
    """What sw.js and app/sw/ know of this build, for esbuild."""
    values: dict[str, object] = {
        "LATER": LATER,
        "PACKED": PACKED,
        "VERSION": next((path.name for path in sorted(dist.glob("shell-*"))), ""),
        "PAGE_HEADERS": page_headers(connect),
        "WORKER_HEADERS": worker_headers(),
    }
    return [f"--define:globalThis.__{name}__={json.dumps(value)}" for name, value in values.items()]


def write_service_worker(dist: Path, scratch: Path, connect: Sequence[str] = ()) -> int:
    """Writes dist/sw.js and returns the number of precached files.

    Each entry of the precache carries the digest of its file, so that a file that does not match
    leaves the version before in place, and damage done later is found.

    Args:
        dist: the site.
        scratch: a folder for files in between.
        connect: addresses that the page may ask beside its own site.

    Raises:
        BuildError: `precache-incomplete` when any file of the shell is not in the list (Workbox
            leaves out files above a size limit with no more than a warning).
    """
    binaries = NODE_MODULES / ".bin"
    bundle = scratch / "sw-bundle.js"
    _run(
        [
            str(binaries / "esbuild"),
            "sw.js",
            "--bundle",
            "--minify",
            "--format=iife",
            "--define:process.env.NODE_ENV='production'",
            *_defined(dist, connect),
            f"--outfile={bundle}",
        ]
    )
    config = scratch / "workbox-config.cjs"
    options = {
        "globDirectory": str(dist),
        "globPatterns": list(PRECACHED),
        "swSrc": str(bundle),
        "swDest": str(dist / "sw.js"),
        "maximumFileSizeToCacheInBytes": 4 << 20,
    }
    # The paths of the shell and of MicroPython name their content or version: without a
    # ?__WB_REVISION__ the service worker finds in the HTTP cache what the page has just fetched.
    config.write_text(_CONFIG.replace("OPTIONS", json.dumps(options)))
    said = _run([str(binaries / "workbox"), "injectManifest", str(config)])
    listed = set(re.findall(r'url:"([^"]+)"|"url":"([^"]+)"', (dist / "sw.js").read_text("utf-8")))
    found = {first or second for first, second in listed}
    missing = expected(dist) - found
    if missing or not found:
        raise BuildError("precache-incomplete", missing=sorted(missing), workbox=said[-500:])
    write_packed(dist)  # after the list was made: these are not in it
    return len(found)
