"""The sweep: goldens, this machine's OpenCV, ours, and what is to be said about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tests.opencv.operators.agreement import difference
from tests.opencv.operators.bundle import Outcome, pack, unpack
from tests.opencv.operators.cases import by_name
from tests.opencv.operators.goldens import by_native_cv2, by_onnxruntime, with_shapes
from tests.opencv.operators.known_differences import is_undefined
from tests.opencv.operators.sketch import Case


@dataclass(frozen=True)
class Reference:
    """What a wheel is held against.

    Attributes:
        differences: how native cv2 differs from the goldens, by case; only where it does.
    """

    cases: dict[str, Case]
    goldens: dict[str, Outcome]
    native: dict[str, Outcome]
    differences: dict[str, str]


@cache
def reference() -> Reference:
    """Runs every case through ONNX Runtime and through native cv2; about four seconds."""
    goldens = {name: by_onnxruntime(case) for name, case in by_name().items()}
    cases = {name: with_shapes(case, goldens[name]) for name, case in by_name().items()}
    native = by_native_cv2(cases)
    said = {name: difference(cases[name], goldens[name], native[name]) for name in cases}
    return Reference(cases, goldens, native, {name: text for name, text in said.items() if text})


def problems(run: Callable[[bytes], bytes]) -> dict[str, str]:
    """What a wheel does wrong, by case.

    Where native cv2 agrees with the golden, the wheel must too. Where it raises, the wheel must
    raise cv2.error, and where it differs, the wheel must differ in the same way; being right is
    no problem either.

    Args:
        run: takes the bundle of run_cv2.py to its answer.
    """
    at = reference()
    ours = unpack(run(pack(at.cases.values())))
    found = {}
    for name, case in at.cases.items():
        wrong = difference(case, at.goldens[name], ours[name])
        if not wrong:
            continue
        if name not in at.differences:
            found[name] = wrong
        elif is_undefined(name):
            if ours[name].outputs is None:
                found[name] = wrong
        elif at.native[name].outputs is None:
            if not ours[name].error.startswith("cv2.error"):
                found[name] = f"native raises {at.native[name].error}; ours: {wrong}"
        elif unlike := difference(case, at.native[name], ours[name]):
            found[name] = f"unlike native: {unlike}; and unlike the golden: {wrong}"
    return found
