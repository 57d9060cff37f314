"""Sources: an unpacked sdist with our patches, updated file by file.

Only files whose content changes are written, so that ninja compiles only what they touch.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path

from tools.errors import BuildError
from wheels.recipe.progress import say, step

_SKIP = (".git",)  # OpenCV's sdist holds a .git file that points nowhere
# What may lie in a source tree besides the sources: a developer's repository, tools' caches.
_OURS = {".git", ".cache", "__pycache__"}


def patches_in(folder: Path) -> list[Path]:
    """The patches in their order.

    Raises:
        BuildError: `patch-without-prose`.
    """
    patches = sorted(folder.glob("*.patch"))
    for patch in patches:
        head = patch.read_text("utf-8").split("\n--- ", 1)[0]
        if head.startswith(("--- ", "diff ")) or len(head.split()) < 10:
            raise BuildError("patch-without-prose", patch=patch.name)
    return patches


def prepare(archive: Path, inner: str, patches: Sequence[Path], target: Path) -> None:
    """Brings `target` to what the archive and the patches say; does nothing if it is there.

    Args:
        archive: a .tar.gz.
        inner: the folder inside the archive's one folder that becomes `target`; "" for all.
        patches: applied in this order with `patch -p1`.
        target: the source folder.

    Raises:
        BuildError: `patch-failed`.
    """
    state = {patch.name: sha256(patch) for patch in patches} | {"archive": sha256(archive)}
    stamp = target.with_name(f"{target.name}.stamp")
    if stamp.is_file() and json.loads(stamp.read_text("utf-8")) == state:
        return
    with step(f"unpacking {archive.name}, {len(patches)} patches"):
        stamp.unlink(missing_ok=True)
        fresh = target.with_name(f"{target.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        unpack(archive, inner, fresh)
        apply(patches, fresh)
        there = target.exists()
        changed = synchronise(fresh, target)
        if there:
            say(f"  {len(changed)} files changed in {target.name}/: {', '.join(changed[:9])}")
        shutil.rmtree(fresh)
        stamp.write_text(json.dumps(state, indent=1), "utf-8")


def unpack(archive: Path, inner: str, target: Path) -> None:
    """Unpacks the folder `inner` of the archive's one folder."""
    target.mkdir(parents=True)
    with tarfile.open(archive) as tar:
        for member in tar:
            _, _, name = member.name.partition("/")
            if inner:
                if not name.startswith(f"{inner}/"):
                    continue
                name = name[len(inner) + 1 :]
            if name and name not in _SKIP:
                tar.extract(member.replace(name=name), target, filter="data")


def apply(patches: Sequence[Path], folder: Path) -> None:
    """Applies patches; no fuzz, no guessing.

    Raises:
        BuildError: `patch-failed`.
    """
    for patch in patches:
        command = ["patch", "--strip=1", "--fuzz=0", "--batch", "--forward"]
        command += ["--no-backup-if-mismatch", "--reject-file=-", f"--input={patch.resolve()}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildError("patch-failed", patch=patch.name, output=done.stdout + done.stderr)


def synchronise(fresh: Path, target: Path) -> list[str]:
    """Makes `target` equal to `fresh`; returns the names of the files it wrote or removed."""
    target.mkdir(parents=True, exist_ok=True)
    new = _files(fresh)
    old = _files(target)
    changed = sorted(old.keys() - new.keys())
    for name in changed:
        old[name].unlink()
    for name, path in new.items():
        if name in old and not path.is_symlink() and old[name].read_bytes() == path.read_bytes():
            continue
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        if path.is_symlink():
            place.symlink_to(path.readlink())
        else:
            shutil.copyfile(path, place)  # not copy2: its time must be now, for ninja to see it
            shutil.copymode(path, place)
        changed.append(name)
    return changed


def sha256(path: Path) -> str:
    """A file's digest."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _files(folder: Path) -> dict[str, Path]:
    paths = [path for path in folder.rglob("*") if path.is_file() or path.is_symlink()]
    names = {path.relative_to(folder): path for path in paths}
    return {name.as_posix(): it for name, it in names.items() if not _OURS & {*name.parts}}
