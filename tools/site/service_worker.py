"""The service worker: sw.js made one file, and the list of the shell injected by workbox-cli."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from tools.errors import BuildError
from tools.paths import NODE_MODULES, ROOT

PRECACHED = (
    "index.html",
    "manifest.json",
    "icons/icon.svg",
    "icons/icon-192.png",
    "thumbs/*",
    "shell-*/**/*",
    "vendor/**/*",
)


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


def write_service_worker(dist: Path, scratch: Path) -> int:
    """Writes dist/sw.js and returns the number of precached files.

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
    config.write_text(
        f"module.exports = {{...{json.dumps(options)}, "
        "dontCacheBustURLsMatching: /^(shell-|vendor\\/)/};\n"
    )
    said = _run([str(binaries / "workbox"), "injectManifest", str(config)])
    listed = set(re.findall(r'url:"([^"]+)"|"url":"([^"]+)"', (dist / "sw.js").read_text("utf-8")))
    found = {first or second for first, second in listed}
    missing = expected(dist) - found
    if missing or not found:
        raise BuildError("precache-incomplete", missing=sorted(missing), workbox=said[-500:])
    return len(found)
