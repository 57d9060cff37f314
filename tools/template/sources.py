"""Which files of this project a new one gets."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tools.paths import ROOT

# This project's own history, its machines, and the test of what only it can do.
NOT_COPIED = ("CHANGELOG.md", ".ci/", ".github/", "reports/", "tests/tools/template/")
# Without git: what a build or a test leaves behind, as .gitignore has it.
_MADE = {".git", ".venv", "node_modules", "dist", ".cache", "reports", "typings", "__pycache__"}


def project_files(root: Path = ROOT) -> list[Path]:
    """Relative paths: what git tracks; without git, or outside a clone, what nobody made."""
    found = _tracked(root)
    if found is None:
        found = [path.relative_to(root) for path in _walk(root)]
    kept = [path for path in found if not path.as_posix().startswith(NOT_COPIED)]
    return sorted(path for path in kept if (root / path).is_file())


def _tracked(root: Path) -> list[Path] | None:
    """None where git is missing or `root` is not the top of a clone."""
    if shutil.which("git") is None or not (root / ".git").exists():
        return None
    command = ["git", "-C", str(root), "ls-files", "-z"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    names = [name for name in done.stdout.split("\0") if name]
    return [Path(name) for name in names] if done.returncode == 0 and names else None


def _walk(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in folder.iterdir():
        made = path.name in _MADE or path.name.endswith(("_cache", ".pyc"))
        if made or (path.is_symlink() and path.is_dir()):
            continue
        found += _walk(path) if path.is_dir() else [path]
    return found
