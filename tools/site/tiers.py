"""The big files: written under assets/ by content, whole and in parts, and listed by tier.

A file's folder is named after its content, so that a new version of the site leaves the files
that did not change where they were, and phones do not fetch them again.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from tools.engine.parts import Asset, write_parts


def content_hash(paths: Sequence[Path]) -> str:
    """Twelve hexadecimal digits that change with the content of any of these files."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


class Tiers:
    """Collects the assets of a site."""

    def __init__(self, dist: Path, cache: Path) -> None:
        """`dist` is the site's folder; `cache` keeps compressed files between builds."""
        self._dist = dist
        self._cache = cache
        self.assets: dict[str, list[Asset]] = {}

    def add(self, tier: str, paths: Sequence[Path]) -> list[str]:
        """Adds files that need each other in one folder; returns their addresses in the site."""
        folder = f"assets/{content_hash(paths)}"
        out = self._dist / folder
        out.mkdir(parents=True, exist_ok=True)
        for path in paths:
            shutil.copyfile(path, out / path.name)
            asset = write_parts(path, out, folder, cache=self._cache)
            self.assets.setdefault(tier, []).append(asset)
        return [f"{folder}/{path.name}" for path in paths]

    def transfer_bytes(self, tier: str) -> int:
        """The bytes that the parts of a tier take on the line."""
        return sum(asset.transfer_bytes for asset in self.assets[tier])

    def to_dict(self) -> dict[str, list[dict[str, object]]]:
        """The list that app/download.mjs reads."""
        return {tier: [asset.to_dict() for asset in assets] for tier, assets in self.assets.items()}
