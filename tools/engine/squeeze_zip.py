"""Compresses a wheel's extension modules by zstd. Runs inside Pyodide, called by in_pyodide.mjs.

Why zstd: on wasm it saves a fifth over gzip, and Python 3.14's zipfile reads it, so loadPackage
unpacks such a wheel as any other; inflating all of OpenCV takes some 30 ms. Why here: the
developer's own Python may be too old to write it.
"""

import io
import zipfile

# The highest level whose window stays at 8 MiB: that much memory is needed while unpacking.
# Level 22 saves 0.05 % more and would need 16 MiB and up.
LEVEL = 19


def squeeze(archive: bytes) -> bytes:
    """A stored zip with its `.so` entries compressed by zstd, and the others as they are.

    The others are many and small: the gzip stream of the transport, which runs over all of them
    together, does better than zstd could on each.
    """
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as stored,
        zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as squeezed,
    ):
        for entry in stored.infolist():
            method = zipfile.ZIP_STORED
            if entry.filename.endswith(".so"):
                method = zipfile.ZIP_ZSTANDARD  # type: ignore[attr-defined]  # Python 3.14
            copy = zipfile.ZipInfo(entry.filename, entry.date_time)
            copy.create_system = entry.create_system
            copy.external_attr = entry.external_attr
            squeezed.writestr(copy, stored.read(entry), method, LEVEL)
    return result.getvalue()
