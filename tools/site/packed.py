"""Gzipped copies of what the service worker precaches and the page does not load first.

The page's first files come as they are: browsers unpack only what a host says is encoded.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

# Addresses of the files, as a regular expression of both Python and JavaScript.
PACKED = (
    r"/shell-[^/]+/(rooms/|demos/|app/(rooms|download|demos|run|play)/|py/|assets\.json$)"
    r"|/vendor/(?!micropython)[^/]+/"
)


def write_packed(site: Path) -> list[Path]:
    """Writes `<name>.gz` beside each of those files; returns what it wrote."""
    found = [
        path
        for path in sorted(site.rglob("*"))
        if path.is_file() and re.search(PACKED, f"/{path.relative_to(site).as_posix()}")
    ]
    written = []
    for path in found:
        packed = path.with_name(f"{path.name}.gz")
        packed.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        written.append(packed)
    return written
