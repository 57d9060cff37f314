"""Where finished wheels go, and the two files that tell of them: SHA256SUMS, provenance.json."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.errors import BuildError
from wheels.recipe.places import NOT_SHIPPED, WHEELS
from wheels.recipe.progress import say


@dataclass(frozen=True)
class Output:
    """A folder like wheels/: dist/, tests/, licences/, SHA256SUMS, provenance.json.

    Attributes:
        folder: the folder.
        not_shipped: where wheels go that nobody but the benchmark uses.
    """

    folder: Path = WHEELS
    not_shipped: Path = NOT_SHIPPED

    def write(self, kind: str, name: str, data: bytes, facts: dict[str, Any]) -> None:
        """Writes a wheel and what is known of it.

        Args:
            kind: the folder: "dist", "tests" or "not_shipped".
            name: the wheel's file name.
            data: its bytes.
            facts: for provenance.json.
        """
        folder = self.not_shipped if kind == "not_shipped" else self.folder / kind
        folder.mkdir(parents=True, exist_ok=True)
        known = self.provenance()
        # The wheel of another version, or the one that a changed build number replaces.
        replaced = [old for old, it in known["wheels"].items() if it["what"] == facts["what"]]
        for old in replaced:
            del known["wheels"][old]
            if old != name:
                (folder / old).unlink(missing_ok=True)
        temporary = folder / f"{name}.part"
        temporary.write_bytes(data)
        temporary.replace(folder / name)
        known["wheels"][name] = {
            **facts,
            "folder": kind,
            "bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "modules": _modules(data),
        }
        self.save(known)
        say(f"{name}: {len(data):,} bytes")

    def provenance(self) -> dict[str, Any]:
        """provenance.json, or its beginnings."""
        path = self.folder / "provenance.json"
        if not path.is_file():
            return {"wheels": {}}
        known: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return known

    def save(self, known: dict[str, Any]) -> None:
        """Writes provenance.json, and SHA256SUMS from it."""
        known["wheels"] = dict(sorted(known["wheels"].items()))
        text = json.dumps(known, indent=2, sort_keys=False, ensure_ascii=False) + "\n"
        (self.folder / "provenance.json").write_text(text, "utf-8")
        lines = [
            f"{it['sha256']}  {name}\n"
            for name, it in known["wheels"].items()
            if it["folder"] == "dist"
        ]
        (self.folder / "SHA256SUMS").write_text("".join(lines), "utf-8")

    def verify(self) -> int:
        """Compares every wheel that is there with provenance.json; returns how many it read.

        Raises:
            BuildError: `wheel-differs` or `not-built`.
        """
        read = 0
        for name, it in self.provenance()["wheels"].items():
            shipped = it["folder"] != "not_shipped"
            path = (self.folder / it["folder"] if shipped else self.not_shipped) / name
            if not path.is_file():
                if shipped:
                    raise BuildError("not-built", path=path)
                continue
            found = hashlib.sha256(path.read_bytes()).hexdigest()
            if found != it["sha256"]:
                raise BuildError(
                    "wheel-differs",
                    wheel=name,
                    found=found,
                    listed="provenance.json",
                    wanted=it["sha256"],
                )
            read += 1
        return read


def _modules(wheel: bytes) -> dict[str, dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        return {
            entry.filename: {
                "bytes": entry.file_size,
                "sha256": hashlib.sha256(archive.read(entry)).hexdigest(),
            }
            for entry in archive.infolist()
            if entry.filename.endswith(".so")
        }
