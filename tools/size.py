"""Bytes by tier, as they cross the line: `make size`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from tools.errors import BuildError
from tools.paths import REPORTS

# What a page needs before a person can use it: the page itself, the shell's modules and image,
# and MicroPython. The worker's file and the list of assets are in the shell's folder, but are
# fetched when the engine is.
INTERACTIVE = (
    "index.html",
    "shell-*/app/*",
    "shell-*/app/style/*",
    "shell-*/mpy/*",
    "vendor/micropython-*/*",
)
LATER = ("shell-*/py/*", "shell-*/assets.json", "sw.js", "manifest.json", "thumbs/*", "icons/*.svg")


def _gzip(paths: Iterable[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in paths)


def _files(dist: Path, patterns: Iterable[str]) -> list[Path]:
    return sorted({path for pattern in patterns for path in dist.glob(pattern) if path.is_file()})


def measure(dist: Path) -> dict[str, object]:
    """Bytes on the line of each tier of a built site.

    Returns:
        `shell_interactive` and `shell_later`: gzip -9 bytes of their files, as a host that
        compresses sends them; `tiers`: bytes of the parts as they are, compressed by the build;
        `offline`: for each model, the bytes of everything needed to detect offline.
    """
    if not (dist / "index.html").is_file():
        raise BuildError("nothing-to-measure", folder=str(dist), do="make build")
    listed = json.loads(next(dist.glob("shell-*/assets.json")).read_text("utf-8"))
    tiers: dict[str, int] = {
        tier: sum(part["bytes"] for asset in assets for part in asset["parts"])
        for tier, assets in listed.items()
    }
    interactive, later = _gzip(_files(dist, INTERACTIVE)), _gzip(_files(dist, LATER))
    models = [tier for tier in tiers if tier.startswith("model:")]
    files = {
        asset["url"].rsplit("/", 1)[1]: sum(part["bytes"] for part in asset["parts"])
        for assets in listed.values()
        for asset in assets
    }
    return {
        "shell_interactive": interactive,
        "shell_later": later,
        "tiers": tiers,
        "offline": {
            tier.removeprefix("model:"): interactive + later + tiers["engine"] + tiers[tier]
            for tier in models
        },
        "shell_files": {
            str(path.relative_to(dist)): _gzip([path]) for path in _files(dist, INTERACTIVE)
        },
        "asset_files": files,
    }


def report(dist: Path) -> None:
    """Prints the table and writes reports/size.json."""
    sizes = measure(dist)
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "size.json").write_text(json.dumps(sizes, indent=2) + "\n")

    def line(name: str, count: object) -> None:
        print(f"{name:<44}{count:>12,}")

    print(f"{'bytes on the line (gzip)':<44}{'bytes':>12}")
    line("shell, to be interactive", sizes["shell_interactive"])
    line("shell, what comes after", sizes["shell_later"])
    for table in ("tiers", "offline"):
        rows = sizes[table]
        assert isinstance(rows, dict)
        for name, count in rows.items():
            line(name if table == "tiers" else f"all to detect offline with {name}", count)
