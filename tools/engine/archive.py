"""Zip files that come out byte for byte the same on every run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a zip file can hold


def stored_zip(entries: Mapping[str, bytes]) -> bytes:
    """A zip file of `entries`, sorted by name, uncompressed, with one fixed date.

    Uncompressed, because the transport gzips the whole file: one stream over everything finds
    more to save than one stream for each entry, and the phone inflates once instead of twice.

    Args:
        entries: file name inside the zip to its bytes. Folders need no entry of their own.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(entries):
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3  # Unix, wherever the build runs
            info.external_attr = 0o644 << 16
            archive.writestr(info, entries[name])
    return buffer.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files of a zip, by name; its folders are left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
