"""Where a run was made: what its figures cannot be compared without."""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.bench.session import Session


def cpu_name(cpuinfo: Path = Path("/proc/cpuinfo")) -> str:
    """The processor's, as Linux gives it; elsewhere what Python knows."""
    try:
        lines = cpuinfo.read_text().splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def environment(session: Session, wheels: Mapping[str, Path]) -> dict[str, Any]:
    """Machine, browser, its clock, and the wheels with their hashes."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cpu": cpu_name(),
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "chromium": session.browser_version,
        "cross_origin_isolated": bool(session.page.evaluate("crossOriginIsolated")),
        "wheels": {name: wheel_facts(path) for name, path in wheels.items()},
    }


def wheel_facts(path: Path) -> dict[str, Any]:
    """A wheel's file name, bytes and sha256."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"file": path.name, "bytes": len(content), "sha256": digest}
