"""`python -m tools models`: every model's folder, and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from tools.models.folders.check import check_folder
from tools.paths import MODELS


def run(models: Path = MODELS) -> int:
    """Prints a line for each folder, and each key that is wrong; returns the exit status."""
    wrong = 0
    for path in sorted(models.glob("*/model.json")):
        problems = check_folder(path.parent)
        print(f"{path.parent.name}: {'wrong' if problems else 'right'}")
        for each in problems:
            print(f"  {each}")
        wrong += bool(problems)
    return 1 if wrong else 0
