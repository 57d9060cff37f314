"""`python -m tools new DIR`."""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

import onnx
from onnx import parser

from tools.errors import BuildError
from tools.paths import ROOT
from tools.template.names import checked, rename
from tools.template.sources import project_files

HERE = Path(__file__).resolve().parent
EXAMPLE = "example"
MADE = Path("docs") / "mekiki.md"  # where a project that was made from this one keeps our README
_README_LINK = re.compile(r'(\]\(|src=")(?!https?:|#)(?:docs/)?')
_NEXT = """{name} is in {folder} ({count} files). Next:
  cd {folder}
  git init && git add . && git commit -m "Begin"   # if it is to be kept
  make run     # sets up, builds, serves, prints the address; add ?model={example} to it
  make test    # every check and test
README.md there has the first steps. Its deployment to GitHub Pages could not be tried here."""


def run(options: argparse.Namespace) -> int:
    """Makes the project and says what to do next.

    Raises:
        BuildError: what `make_project` raises.
    """
    name = checked(options.name or options.folder.resolve().name)
    count = make_project(options.folder, name)
    print(_NEXT.format(name=name, folder=options.folder, count=count, example=EXAMPLE))
    return 0


def make_project(folder: Path, name: str, root: Path = ROOT) -> int:
    """Copies the project, renames it, adds a README, an example model and a workflow.

    Args:
        folder: a new or an empty one, outside of this project.
        name: what the app is called.
        root: the project that is copied.

    Returns:
        How many files it has.

    Raises:
        BuildError: `folder-not-empty`, `folder-inside`, `not-the-template`, `template-out-of-date`.
    """
    if (root / MADE).exists():
        raise BuildError("not-the-template", found=MADE, do="use the project this was made from")
    if folder.resolve().is_relative_to(root):
        raise BuildError("folder-inside", folder=folder, do="name one outside of this project")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BuildError("folder-not-empty", folder=folder, do="name a new or an empty one")
    files = project_files(root)
    for path in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / path, folder / path)
        shutil.copymode(root / path, folder / path)
    rename(folder, name)
    _write_readme(folder, name)
    _write_example(folder / "models" / EXAMPLE)
    workflow = folder / ".github" / "workflows" / "pages.yml"
    workflow.parent.mkdir(parents=True)
    shutil.copyfile(HERE / "files" / "pages.yml", workflow)
    return sum(path.is_file() for path in folder.rglob("*"))


def _write_readme(folder: Path, name: str) -> None:
    """The old one tells how it works: it goes to docs/mekiki.md, with its links."""
    old = (folder / "README.md").read_text("utf-8")

    def moved(match: re.Match[str]) -> str:
        return match[1] if match[0].endswith("docs/") else f"{match[1]}../"

    (folder / MADE).write_text(_README_LINK.sub(moved, old), "utf-8")
    text = (HERE / "files" / "README.md").read_text("utf-8")
    (folder / "README.md").write_text(text.replace("{name}", name), "utf-8")


def _write_example(folder: Path) -> None:
    folder.mkdir()
    graph = parser.parse_model((HERE / "example" / "graph.txt").read_text("utf-8"))
    onnx.save(graph, folder / "model.onnx")
    for name in ("model.json", "decode.py"):
        shutil.copyfile(HERE / "example" / name, folder / name)
