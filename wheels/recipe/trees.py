"""What goes into each wheel."""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

from tools.errors import BuildError
from wheels.recipe.places import Places

# Only for those who compile against numpy, or change it.
NUMPY_LEFT_OUT = (
    "*/tests/*",
    "*.pyi",
    "*.pxd",
    "*.h",
    "*.a",
    "*.pc",
    "*.rst",
    "*.md",
    "*/py.typed",
    "numpy/_core/include/*",
    "numpy/_core/lib/*",
    "numpy/_core/_*_tests.*.so",
    "numpy/_core/_simd.*.so",
    "numpy/_pyinstaller/*",
    "numpy/conftest.py",
    "numpy/distutils/*",
    "numpy/f2py/*",
    "numpy/random/_examples/*",
    "numpy/random/lib/*",
)
# What numpy's own tests import besides the Python files that pip's numpy brings.
NUMPY_TESTS = ("numpy/_core/_*_tests.*.so", "numpy/_core/_simd.*.so", "numpy/conftest.py")
OPENCV_LEFT_OUT = ("*.pyi", "*/py.typed", "cv2/gapi/*", "cv2/LICENSE*", "cv2/python-3*/*")
# cv2/__init__.py looks for its module where these two say: beside itself.
_CONFIG = b"import os\n\nBINARIES_PATHS = []\n"
_CONFIG_3 = b"PYTHON_EXTENSIONS_PATHS = [\n    LOADER_DIR\n] + PYTHON_EXTENSIONS_PATHS\n"


def numpy_files(places: Places) -> dict[str, bytes]:
    """The runtime wheel of numpy.

    Raises:
        BuildError: `not-built`.
    """
    return _numpy(places, lambda name: not _any(name, NUMPY_LEFT_OUT))


def numpy_test_files(places: Places) -> dict[str, bytes]:
    """What the runtime wheel lacks for numpy's tests.

    Raises:
        BuildError: `not-built`.
    """
    return _numpy(places, lambda name: _any(name, NUMPY_TESTS))


def opencv_files(places: Places, variant: str, version: str) -> dict[str, bytes]:
    """A wheel of OpenCV.

    Args:
        places: the work folder.
        variant: one of `VARIANTS`.
        version: opencv-python's, such as "4.14.0.94".

    Raises:
        BuildError: `not-built`.
    """
    build = places.wheels / "opencv" / variant
    files = {
        name: path.read_bytes()
        for name, path in _listed(build / "install/python", "cv2").items()
        if not _any(name, OPENCV_LEFT_OUT)
    }
    facts = {"contrib": False, "headless": True, "rolling": False, "ci_build": False}
    lines = [f'opencv_version = "{version}"', *(f"{name} = {it}" for name, it in facts.items())]
    return files | {
        "cv2/cv2.abi3.so": _read(build / "cv2.abi3.so"),
        "cv2/config.py": _CONFIG,
        "cv2/config-3.py": _CONFIG_3,
        "cv2/version.py": ("\n".join(lines) + "\n").encode(),
    }


def summary(pkg_info: Path) -> tuple[str, str]:
    """Version and summary from an sdist's PKG-INFO."""
    text = pkg_info.read_text("utf-8")
    found = [re.search(rf"^{name}: (.*)$", text, re.M) for name in ("Version", "Summary")]
    version, line = (match[1] if match else "" for match in found)
    return version, line


def _numpy(places: Places, wanted: Callable[[str], bool]) -> dict[str, bytes]:
    folder = places.wheels / "numpy"
    return {
        name: _read(folder / "slim" / name) if name.endswith(".so") else path.read_bytes()
        for name, path in _listed(folder / "install/site", "numpy").items()
        if wanted(name)
    }


def _listed(site: Path, package: str) -> dict[str, Path]:
    if not (site / package / "__init__.py").is_file():
        raise BuildError("not-built", path=site / package)
    return {
        path.relative_to(site).as_posix(): path
        for path in sorted((site / package).rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise BuildError("not-built", path=path)
    return path.read_bytes()


def _any(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)
