"""The options of `python -m tools bench`."""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.bench.plan import PARTS


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options of `bench` to its parser."""
    parser.add_argument(
        "part", nargs="?", choices=("all", "app", "engines", "launch"), default="all"
    )
    parser.add_argument("--seconds", type=int, default=20, help="app: of live camera")
    parser.add_argument("--report", type=Path, help="reports/bench.json; of launch, launch.json")
    engines = parser.add_argument_group("engines")
    engines.add_argument(
        "--wheel",
        action="append",
        metavar="NAME=FILE",
        help="a cv2 wheel, several times; without it those in wheels/dist and .cache/wheels",
    )
    engines.add_argument("--numpy", type=Path, metavar="FILE", help="the wheel of numpy")
    engines.add_argument(
        "--model", action="append", metavar="NAME", help="yolox-nano, wholebody28 ..."
    )
    engines.add_argument("--mirror", type=Path, help="folder of model files (MEKIKI_MIRROR)")
    engines.add_argument("--rounds", type=int, default=8)
    engines.add_argument("--passes", type=int, default=5, help="timed in each round")
    engines.add_argument("--warm-up", type=float, default=2.0, help="seconds for each engine")
    engines.add_argument("--starts", type=int, default=5, help="warm starts to time")
    engines.add_argument("--without", action="append", choices=PARTS, default=[])
    engines.add_argument(
        "--profile", type=int, nargs="?", const=10, default=0, help="passes timed layer by layer"
    )
