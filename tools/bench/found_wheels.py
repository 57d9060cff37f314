"""Which cv2 wheels there are to measure."""

from __future__ import annotations

import re
from pathlib import Path

from tools.errors import BuildError
from tools.paths import CACHE, ROOT

SHIPPED = ROOT / "wheels" / "dist"
SCALAR = CACHE / "wheels"  # where `make wheels` puts what no phone should get
_NAME = re.compile(r"opencv_python-[^-]+-(?:\d+(?P<tag>[^-]*)-)?cp[^-]+-[^-]+-[^-]+\.whl")


def label(name: str) -> str | None:
    """`simd` for opencv_python-4.14.0.94-1simd-...whl; `untagged` without a build tag.

    None for what is no wheel of OpenCV.
    """
    match = _NAME.fullmatch(name)
    return None if match is None else match["tag"] or "untagged"


def find_wheels(*folders: Path) -> dict[str, Path]:
    """Wheels of OpenCV by label: simd before relaxed before scalar."""
    order = ["simd", "relaxed", "scalar"]
    found = {
        tag: path
        for folder in folders or (SHIPPED, SCALAR)
        for path in sorted(folder.glob("*.whl"))
        if (tag := label(path.name))
    }
    ranks = {tag: order.index(tag) if tag in order else len(order) for tag in found}
    return dict(sorted(found.items(), key=lambda item: ranks[item[0]]))


def numpy_wheel() -> Path:
    """The shipped wheel of numpy.

    Raises:
        BuildError: `wheel-missing`.
    """
    found = sorted(SHIPPED.glob("numpy-*.whl"))
    if not found:
        raise BuildError("wheel-missing", path=SHIPPED / "numpy-*.whl")
    return found[-1]


def checked(wheels: dict[str, Path]) -> dict[str, Path]:
    """The same, once every file is there.

    Raises:
        BuildError: `wheel-missing`, or `no-wheels` if there is none.
    """
    if not wheels:
        raise BuildError("no-wheels", folder=SHIPPED, do="make wheels")
    for path in wheels.values():
        if not path.is_file():
            raise BuildError("wheel-missing", path=path)
    return wheels
