"""Finds the file of a model that others serve: in a mirror, in the cache, on the network."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

from tools.errors import BuildError
from tools.models.download import DownloadFailed, download
from tools.models.sources import UrlSource


class NotFound(Exception):  # noqa: N818
    """The file is nowhere; the text says where it was looked for, in one line."""


def fetch(source: UrlSource, *, cache: Path, mirror: Path | None, network: bool) -> bytes:
    """The file's content, which has the length and the sha256 that `source` names.

    Args:
        source: what to find.
        cache: folder that keeps downloads.
        mirror: a person's folder of model files, if there is one.
        network: whether to download.

    Raises:
        BuildError: `mirror-missing` when the mirror is no folder, `mirror-file-wrong` when it
            holds another file of that name: whoever named the mirror wants to know.
        NotFound: none of the three has it.
    """
    kept = cache / "downloads" / source.file
    if mirror is not None:
        found = _from_mirror(source, mirror)
        if found is not None:
            return found
    if kept.is_file() and _is_right(kept.read_bytes(), source):
        return kept.read_bytes()
    reasons = ["no mirror is named" if mirror is None else f"not in {mirror}"]
    for url in source.urls if network else ():
        try:
            content = download(url, source.bytes)
        except DownloadFailed as failure:
            reasons.append(f"{urlsplit(url).netloc}: {failure}")
            continue
        if not _is_right(content, source):
            reasons.append(f"{urlsplit(url).netloc}: wrong sha256")
            continue
        write_whole(kept, content)
        return content
    if not network:
        reasons.append("the network is not to be used")
    raise NotFound(f"{source.file}: {'; '.join(reasons)}")


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file that is there in full or not at all, should the build be stopped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.part")
    partial.write_bytes(content)
    partial.replace(path)


def _from_mirror(source: UrlSource, mirror: Path) -> bytes | None:
    if not mirror.is_dir():
        raise BuildError("mirror-missing", mirror=mirror)
    path = mirror / source.file
    if not path.is_file():
        return None
    content = path.read_bytes()
    if not _is_right(content, source):
        raise BuildError(
            "mirror-file-wrong",
            file=path,
            bytes=len(content),
            expected_bytes=source.bytes,
            sha256=hashlib.sha256(content).hexdigest(),
            expected_sha256=source.sha256,
        )
    return content


def _is_right(content: bytes, source: UrlSource) -> bool:
    return len(content) == source.bytes and hashlib.sha256(content).hexdigest() == source.sha256
