"""The options of `python -m tools detect`; importing them loads nothing."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds them."""
    parser.add_argument("folder", type=Path, help="a folder of pictures, or one picture")
    parser.add_argument("--model", metavar="ID", help="a model of the site (the default one)")
    parser.add_argument(
        "--threshold", type=float, metavar="T", help="0 to 1, in hundredths (the model's own)"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--native", action="store_true", help="no browser: CPython and its OpenCV")
    where.add_argument("--both", action="store_true", help="both, and whether they agree")
