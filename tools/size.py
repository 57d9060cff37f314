"""Bytes by tier, as they cross the line: `make size`."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.errors import BuildError
from tools.paths import REPORTS

# What a page needs before a person can use it: the page itself, the shell's modules and image,
# and MicroPython. The worker's file, the downloader and the list of assets are in the shell's
# folder, but are fetched when the engine is.
INTERACTIVE = (
    "index.html",
    "shell-*/app/*",
    "shell-*/app/style/*",
    "shell-*/mpy/*",
    "vendor/micropython-*/*",
)
# The most that a wheel may take on the line.
LIMITS = {"numpy": 2_500_000, "opencv_python": 3_000_000}
LATER = (
    "shell-*/py/*",
    "shell-*/app/download/*",
    "shell-*/assets.json",
    "vendor/xz-decompress-*/*",
    "sw.js",
    "manifest.json",
    "thumbs/*",
    "icons/*.svg",
)
# What arrives when a screen is opened, or when the service worker has the time to keep it.
ROOMS = (
    "shell-*/rooms/*",
    "shell-*/app/rooms/*/*",
    "vendor/*/*",
    "demos/**/*",
    "shell-*/demos/*/*",
    "shell-*/app/demos/*",
    "shell-*/app/run/*",
    "shell-*/app/play/*",
    "play/*",
)


def _gzip(paths: Iterable[Path]) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in paths)


def _files(dist: Path, patterns: Iterable[str]) -> list[Path]:
    found = {path for pattern in patterns for path in dist.glob(pattern) if path.is_file()}
    return sorted(
        path for path in found if path.suffix != ".gz"
    )  # copies, see tools/site/packed.py


def measure(dist: Path) -> dict[str, Any]:
    """Bytes on the line of each tier of a built site.

    Returns:
        `shell_interactive`, `shell_later` and `shell_rooms`: gzip -9 bytes of their files, as a
        host that compresses sends them; `tiers`: bytes of the parts as they are, compressed by the
        build;
        `engine`: for each SIMD level, the bytes of the engine that a browser with it downloads;
        `offline`: for each model and SIMD level, the bytes of everything needed to detect offline;
        a model's small weights, which data saver takes, are `<model>:<weights>`;
        `asset_files`: bytes of the parts of each file, which may belong to one SIMD level.
    """
    if not (dist / "index.html").is_file():
        raise BuildError("nothing-to-measure", folder=str(dist), do="make build")
    listed = json.loads(next(dist.glob("shell-*/assets.json")).read_text("utf-8"))
    tiers: dict[str, int] = {
        tier: sum(part["bytes"] for asset in assets for part in asset["parts"])
        for tier, assets in listed.items()
    }
    interactive, later = _gzip(_files(dist, INTERACTIVE)), _gzip(_files(dist, LATER))
    rooms = _gzip(set(_files(dist, ROOMS)) - set(_files(dist, (*INTERACTIVE, *LATER))))
    models = [
        tier
        for tier, assets in listed.items()
        # A model that others serve brings its decoder alone.
        if tier.startswith("model:") and any(each["url"].endswith(".onnx") for each in assets)
    ]
    engine = {
        tier.removeprefix("engine-"): tiers["engine"] + count
        for tier, count in tiers.items()
        if tier.startswith("engine-")
    }
    files = {
        asset["url"].rsplit("/", 1)[1]: sum(part["bytes"] for part in asset["parts"])
        for assets in listed.values()
        for asset in assets
    }
    return {
        "shell_interactive": interactive,
        "shell_later": later,
        "shell_rooms": rooms,
        "tiers": tiers,
        "engine": engine,
        "offline": {
            tier.removeprefix("model:"): {
                level: interactive + later + count + tiers[tier] for level, count in engine.items()
            }
            for tier in models
        },
        "shell_files": {
            str(path.relative_to(dist)): _gzip([path]) for path in _files(dist, INTERACTIVE)
        },
        "asset_files": files,
    }


def over_limit(files: Mapping[str, int]) -> dict[str, int]:
    """Those of the files that take more on the line than `LIMITS` allows, with their bytes."""
    return {name: count for name, count in files.items() if count > _limit(name)}


def _limit(name: str) -> float:
    return LIMITS.get(name.split("-")[0], math.inf) if name.endswith(".whl") else math.inf


def report(dist: Path) -> None:
    """Prints the table and writes reports/size.json.

    Raises:
        BuildError: `wheel-too-large`.
    """
    sizes = measure(dist)
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "size.json").write_text(json.dumps(sizes, indent=2) + "\n")
    print(f"{'bytes on the line (gzip)':<60}{'bytes':>12}")
    for name, count in rows(sizes):
        print(f"{name:<60}{count:>12,}")
    if too_large := over_limit(sizes["asset_files"]):
        raise BuildError("wheel-too-large", bytes=too_large, limits=LIMITS)


def rows(sizes: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    """The lines of the table: what is counted, and its bytes."""
    yield "shell, to be interactive", sizes["shell_interactive"]
    yield "shell, what comes after", sizes["shell_later"]
    yield "shell, its rooms", sizes["shell_rooms"]
    yield from sizes["tiers"].items()
    for name, count in sizes["asset_files"].items():
        if (limit := _limit(name)) < math.inf:
            yield f"wheel {name.split('-cp')[0]}, at most {limit:,}", count
    for level, count in sizes["engine"].items():
        yield f"engine of one phone, level {level}", count
    for model, levels in sizes["offline"].items():
        for level, count in levels.items():
            yield f"all to detect offline with {model}, {level}", count
