"""The options of `python -m tools doctor`; importing them loads nothing."""

from __future__ import annotations

import argparse
from pathlib import Path


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds them."""
    parser.add_argument("model", type=Path, help="an ONNX file")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.add_argument("--check", action="store_true", help="load it; compare with onnxruntime")
    parser.add_argument(
        "--input",
        action="append",
        default=[],
        metavar="SHAPE",
        help="size of an input that is left open: 1x3x640x640, or name=1x3x640x640",
    )
    parser.add_argument(
        "--fix", type=Path, metavar="OUT.onnx", help="write a mended copy, checked against this one"
    )
    parser.add_argument("--fp16", action="store_true", help="with --fix: weights of half the size")
    parser.add_argument(
        "--folder", type=Path, metavar="models/NAME", help="write a model's folder from the file"
    )
    parser.add_argument("--photo", help="with --folder: a photo of app/samples it must get right")
    parser.add_argument("--labels", type=Path, help="with --folder: names of the classes, by line")
    parser.add_argument("--licence", help="with --folder: SPDX identifier, such as Apache-2.0")
    parser.add_argument(
        "--own-decoder", action="store_true", help="with --folder: begin a decode.py in any case"
    )
