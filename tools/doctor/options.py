"""The options of `python -m tools doctor`; importing them loads nothing."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds them."""
    parser.add_argument("model", type=Path, help="an ONNX file")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--check", action="store_true", help="load it; compare with onnxruntime")
