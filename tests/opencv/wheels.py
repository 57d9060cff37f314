"""Which wheels of OpenCV the tests are run on."""

from __future__ import annotations

import os
from pathlib import Path

from tools.bench.found_wheels import SHIPPED, find_wheels, numpy_wheel

__all__ = ["numpy_wheel", "wheels_under_test"]


def wheels_under_test() -> dict[str, Path]:
    """Wheels by label: the shipped ones, or only the one that MEKIKI_CV2_WHEEL names.

    A wheel keeps the name that its build gave it: Pyodide reads the name.
    """
    named = os.environ.get("MEKIKI_CV2_WHEEL")
    return {"named": Path(named)} if named else find_wheels(SHIPPED)
