"""Cuts a file into compressed parts, so that a broken download resumes where it stopped."""

from __future__ import annotations

import hashlib
import lzma
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

# Below this saving the phone would unpack for nothing.
_WORTH_COMPRESSING = 0.97
# Why xz: on the engine's files it saves a fifth over gzip and 4 % over brotli, and its decoder is
# 9 kB on the line (docs/decisions/0015).
_SETTINGS = "xz-9e"  # names the results in the cache
_MOST_DICTIONARY = 16 << 20  # memory that the phone needs while unpacking
# The most that is fetched again when a line breaks; four of them may be under way on a fast one.
PART_BYTES = 256 << 10
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".mjs": "text/javascript",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".webp": "image/webp",
    ".zip": "application/zip",
}
_ANY_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Part:
    """One piece as it lies on the server: its URL, length in bytes, and sha256 (hex)."""

    url: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Asset:
    """One file, and the parts that make it.

    Attributes:
        url: where the app sees the whole file, once its parts were fetched.
        bytes: its length.
        sha256: its digest (hex).
        encoding: "xz" if the parts joined are an xz stream, "identity" if they are the file.
        type: its media type.
        parts: its pieces, in order.
    """

    url: str
    bytes: int
    sha256: str
    encoding: str
    type: str
    parts: tuple[Part, ...]

    @property
    def transfer_bytes(self) -> int:
        """How many bytes cross the line."""
        return sum(part.bytes for part in self.parts)

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values for JSON, with `transfer_bytes`."""
        values = asdict(self)
        values["parts"] = list(values["parts"])
        return values | {"transfer_bytes": self.transfer_bytes}


def write_parts(
    source: Path, out_dir: Path, url_dir: str, *, cache: Path, part_bytes: int = PART_BYTES
) -> Asset:
    """Writes one file as parts named `<name>.<8 digits>.000`, `<name>.<8 digits>.001`, ...

    The digits are of the sha256 of all parts joined: another version of the compressor makes other
    parts, and no cache on the way may mix them.

    Args:
        source: the file.
        out_dir: folder for the parts; made if it is not there.
        url_dir: the same folder as the page names it, without a slash at its end.
        cache: folder kept between builds; compressing takes ten seconds for ten megabytes.
        part_bytes: the longest a part may be.

    Returns:
        What the page needs to fetch, check and join the parts.
    """
    raw = source.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    packed = _xz(raw, digest, cache)
    smaller = len(packed) < len(raw) * _WORTH_COMPRESSING
    body = packed if smaller else raw
    stamp = hashlib.sha256(body).hexdigest()[:8]
    out_dir.mkdir(parents=True, exist_ok=True)
    parts = []
    for index, start in enumerate(range(0, max(len(body), 1), part_bytes)):
        piece = body[start : start + part_bytes]
        name = f"{source.name}.{stamp}.{index:03d}"
        (out_dir / name).write_bytes(piece)
        parts.append(Part(f"{url_dir}/{name}", len(piece), hashlib.sha256(piece).hexdigest()))
    return Asset(
        url=f"{url_dir}/{source.name}",
        bytes=len(raw),
        sha256=digest,
        encoding="xz" if smaller else "identity",
        type=_TYPES.get(source.suffix, _ANY_TYPE),
        parts=tuple(parts),
    )


def _xz(raw: bytes, digest: str, cache: Path) -> bytes:
    """An xz stream: the same bytes for the same input and the same liblzma."""
    kept = cache / "xz" / f"{digest}-{_SETTINGS}.xz"
    if kept.is_file():
        return kept.read_bytes()
    # The digest is checked by the app; a CRC32 tells it that a stream is cut.
    method = {
        "id": lzma.FILTER_LZMA2,
        "preset": 9 | lzma.PRESET_EXTREME,
        "dict_size": min(_MOST_DICTIONARY, max(1 << 16, 1 << (len(raw) - 1).bit_length())),
        "nice_len": 273,
    }
    packed = lzma.compress(raw, lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=[method])
    kept.parent.mkdir(parents=True, exist_ok=True)
    scratch = kept.with_suffix(f".{os.getpid()}.tmp")
    scratch.write_bytes(packed)
    scratch.replace(kept)  # never half a file in the cache
    return packed
