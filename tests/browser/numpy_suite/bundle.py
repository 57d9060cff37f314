"""What numpy's tests need besides the wheel: all of it as the developer's pip installed it."""

import io
import zipfile
from importlib.metadata import files

# Pure Python, so the copies of this machine's Python also run in Pyodide's.
RUNNERS = (
    "pytest",
    "pluggy",
    "iniconfig",
    "packaging",
    "pygments",
    "hypothesis",
    "sortedcontainers",
    "attrs",
)
AREAS = ("_core", "linalg", "fft", "random")
NUMPY = (
    *(f"numpy/{area}/tests/" for area in AREAS),
    "numpy/conftest.py",
    "numpy/testing/",  # this and the next: our wheel for the phone leaves them out
    "numpy/ma/testutils.py",
    "numpy/lib/tests/__init__.py",
    "numpy/lib/tests/test_io.py",  # test_deprecations.py of _core borrows a class from it
)
LEFT_OUT = (".pyc", ".pyi", ".so")


def _wanted(project, name):
    if name.endswith(LEFT_OUT) or ".dist-info/" in name or name.startswith(".."):
        return False
    return project != "numpy" or name.startswith(NUMPY)


def bundle():
    """A zip to unpack into site-packages."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for project in (*RUNNERS, "numpy"):
            for path in files(project):
                if _wanted(project, path.as_posix()):
                    archive.writestr(path.as_posix(), path.read_binary())
    return made.getvalue()


def suite_files():
    """Every test file of the four areas, as pytest names it from site-packages."""
    names = (path.as_posix() for path in files("numpy"))
    folders = tuple(f"numpy/{area}/tests/test_" for area in AREAS)
    return sorted(name for name in names if name.startswith(folders) and name.endswith(".py"))
