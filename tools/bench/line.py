"""The first detection over a slow line, in bytes and seconds: `python -m tools line`.

The line has 1.6 Mbit/s and 150 ms, shared by all connections; data saver is on, and the person taps
a sample and then Load at once. Bytes are counted by the server: bodies of all answers until the
first detection was shown.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import json
import random
import re
import shutil
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from tools.errors import BuildError
from tools.faults.server import FaultyServer
from tools.faults.site import BuiltSite
from tools.faults.visit import READY, visit
from tools.paths import NODE_MODULES, REPORTS

BITS, LATENCY = 1_600_000, 0.15
MOST_BYTES = 9_000_000
# Wheels of others that are not to be had here, in bytes: the low end of what is published.
STOCK_WHEELS = 3_000_000 + 10_000_000
_STOCK_CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
_SECONDS = 600.0


def stock_bytes() -> int:
    """Bytes on the line of stock Pyodide (gzip -9) with stock numpy and opencv-python."""
    core = sum(
        len(gzip.compress((NODE_MODULES / "pyodide" / name).read_bytes(), 9))
        for name in _STOCK_CORE
    )
    return core + STOCK_WHEELS


def _padded(site: BuiltSite, folder: Path) -> Path:
    """A copy of the site whose engine is as large as the stock one: it fetches bytes for nothing.

    What runs is ours, so what stock files take longer to start is not in the figure.
    """
    copy = folder / "dist"
    shutil.copytree(site.dist, copy)
    more = stock_bytes() - sum(site.parts("engine").values())
    filler = random.Random(1).randbytes(more)
    place = copy / "assets" / "stock"
    place.mkdir()
    parts = []
    for index, start in enumerate(range(0, more, 256 << 10)):
        piece = filler[start : start + (256 << 10)]
        (place / f"filler.{index:03d}").write_bytes(piece)
        digest = hashlib.sha256(piece).hexdigest()
        parts.append(
            {"url": f"assets/stock/filler.{index:03d}", "bytes": len(piece), "sha256": digest}
        )
    listed = next(copy.glob("shell-*/assets.json"))
    tiers = json.loads(listed.read_text("utf-8"))
    tiers["engine"].append(
        {
            "url": "assets/stock/filler",
            "bytes": more,
            "sha256": hashlib.sha256(filler).hexdigest(),
            "encoding": "identity",
            "type": "application/octet-stream",
            "parts": parts,
        }
    )
    listed.write_text(json.dumps(tiers), "utf-8")
    _relist(copy, listed)
    return copy


def _relist(site: Path, changed: Path) -> None:
    """Gives the service worker the digest of a changed file, and makes its gzipped copy anew."""
    changed.with_name(f"{changed.name}.gz").write_bytes(gzip.compress(changed.read_bytes(), 9))
    worker = site / "sw.js"
    text = worker.read_text("utf-8")
    name = re.escape(changed.relative_to(site).as_posix())
    entry = next(re.finditer(rf'\{{[^{{}}]*"{name}"[^{{}}]*\}}', text))[0]
    digest = base64.b64encode(hashlib.sha256(changed.read_bytes()).digest()).decode()
    worker.write_text(text.replace(entry, re.sub(r'sha256-[^"]+', f"sha256-{digest}", entry)))


def first_detection(
    driver: Playwright, dist: Path, *, compress: bool, bits: int = BITS
) -> dict[str, Any]:
    """Seconds and bytes until the page can be used, and until the first detection.

    Args:
        driver: Playwright's.
        dist: the site.
        compress: whether the host sends text and wasm with gzip.
        bits: the speed of the line, bit/s.
    """
    server = FaultyServer(dist)
    try:
        with visit(driver, server) as person:
            person.page.context.add_init_script("localStorage.setItem('mekiki:/:saver', '\"on\"');")
            faults = server.faults
            faults.bits, faults.latency, faults.compress = bits, LATENCY, compress
            began = time.monotonic()
            person.page.goto(server.url, wait_until="commit", timeout=60_000)
            person.until(READY, 120)
            interactive, shell = time.monotonic() - began, server.bodies()
            person.page.click("[data-sample=dog]")
            person.until("document.querySelector('#photo').width > 300", 120)
            photo = time.monotonic() - began
            person.load()
            person.until("globalThis.seen.length", _SECONDS)
            seconds, total = time.monotonic() - began, server.bodies()
            labels = person.value("globalThis.seen[0].detections.map((each) => each.label)")
    finally:
        server.stop()
    return {
        "interactive_seconds": round(interactive, 2),
        "interactive_bytes": shell,
        "photo_seconds": round(photo, 2),
        "detection_seconds": round(seconds, 2),
        "detection_bytes": total,
        "labels": labels,
    }


def run(options: argparse.Namespace) -> int:
    """Prints the table, writes reports/line.json; 1 when it takes more than 9,000,000 bytes.

    Raises:
        BuildError: `nothing-built`.
    """
    if not (options.dist / "index.html").is_file():
        raise BuildError("nothing-built", folder=str(options.dist), do="make build")
    site = BuiltSite.of(options.dist)
    with sync_playwright() as driver, TemporaryDirectory(prefix="mekiki-stock-") as folder:
        found = {
            "no compression": first_detection(driver, site.dist, compress=False),
            "gzip": first_detection(driver, site.dist, compress=True),
        }
        padded = _padded(site, Path(folder))
        found["stock sizes, gzip"] = first_detection(driver, padded, compress=True)
    print(f"{BITS / 1e6} Mbit/s, {LATENCY * 1000:.0f} ms, data saver on")
    for name, each in found.items():
        print(
            f"{name:<20} usable after {each['interactive_seconds']:6.1f} s, first detection after "
            f"{each['detection_seconds']:6.1f} s and {each['detection_bytes']:>11,} bytes"
        )
    ratio = found["gzip"]["detection_seconds"] / found["stock sizes, gzip"]["detection_seconds"]
    print(f"ours over stock sizes: {ratio:.2f} (stock engine: {stock_bytes():,} bytes; the wheels'")
    print(f"{STOCK_WHEELS:,} of them are taken from what is published, the rest is measured)")
    REPORTS.mkdir(exist_ok=True)
    report = json.dumps(found | {"ratio": round(ratio, 3)}, indent=2)
    (REPORTS / "line.json").write_text(report + "\n", "utf-8")
    most = max(found[name]["detection_bytes"] for name in ("no compression", "gzip"))
    if most > MOST_BYTES:
        print(f"more than {MOST_BYTES:,} bytes: {most:,}")
        return 1
    return 0
