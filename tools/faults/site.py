"""What the built site has: its parts, tiers and files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.faults.server import FaultyServer


@dataclass(frozen=True)
class BuiltSite:
    """The list of assets of a built site."""

    dist: Path
    tiers: dict[str, list[dict[str, Any]]]

    @classmethod
    def of(cls, dist: Path) -> BuiltSite:
        """Reads the site's list."""
        return cls(dist, json.loads(next(dist.glob("shell-*/assets.json")).read_text("utf-8")))

    def assets(self, *kinds: str) -> list[dict[str, Any]]:
        """Files of the tiers "engine" (with the best SIMD level) and "model" (the default's)."""
        names = []
        if "engine" in kinds:
            names += ["engine", "engine-relaxed"]
        if "model" in kinds:
            names.append(next(name for name in self.tiers if name.startswith("model:")))
        return [asset for name in names for asset in self.tiers[name]]

    def parts(self, *kinds: str) -> dict[str, int]:
        """Bytes of each part, by its path."""
        assets = self.assets(*kinds)
        return {"/" + part["url"]: part["bytes"] for each in assets for part in each["parts"]}

    def again(self, server: FaultyServer, parts: dict[str, int]) -> int:
        """Bytes of these parts that the server sent beyond one time each."""
        sent: dict[str, int] = dict.fromkeys(parts, 0)
        for each in server.log:
            if each.path in sent and each.status in (200, 206):
                sent[each.path] += each.body
        return sum(max(0, count - parts[path]) for path, count in sent.items())
