"""Runs the tests: half of them in each of two workers, then some again on the wheel as built."""

import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.browser.numpy_suite.bundle import bundle, suite_files
from tools.browser.in_worker import BrowserPyodide
from tools.engine.archive import read_zip, stored_zip
from tools.engine.in_pyodide import InPyodide
from tools.engine.wheels import NUMPY, read_checked, repack
from tools.paths import CACHE, NODE_MODULES, ROOT

HERE = Path(__file__).resolve().parent
WHEELS = ROOT / "wheels"
# Half of the time goes into these, so the one worker takes them and the other the rest.
HALF = ("numpy/_core/tests/test_multiarray.py", "numpy/_core/tests/test_mem_overlap.py")
SECONDS = 1800


@dataclass
class Group:
    """Tests that cannot pass on the phone's wheel, and why."""

    reason: str
    tests: tuple[str, ...]


@dataclass
class Run:
    """What one worker told.

    Attributes:
        exit: pytest's exit code.
        counts: of each outcome, by test file.
        seconds: by test file, as pytest measures tests.
        failures: tests that failed, with pytest's words.
        skips: how many tests numpy skipped, by its reason.
        wall: seconds from the start of the browser to its end.
        said: what was printed.
    """

    exit: int
    counts: dict
    seconds: dict
    failures: dict
    skips: dict
    wall: float
    said: list


def groups():
    """The content of deselected.toml."""
    text = (HERE / "deselected.toml").read_text("utf-8")
    return [Group(group["reason"], tuple(group["tests"])) for group in tomllib.loads(text)["group"]]


def shipped_wheel(folder):
    """The wheel that phones download, made as the build makes it, in `folder`."""
    wheel = repack(*read_checked(WHEELS, NUMPY), NUMPY, InPyodide(NODE_MODULES / "pyodide", CACHE))
    path = folder / wheel.file_name
    path.write_bytes(wheel.data)
    return path


def built_wheel(folder):
    """The wheel that the phone's is made of, with docstrings, asserts and checks, in `folder`.

    Of the phone's edits it has only those that correct the list of what numpy offers, which names
    f2py though it is not there: test_ufunc.py asks for everything on that list.
    """
    name, data = read_checked(WHEELS, NUMPY)
    files = read_zip(data)
    for edit in NUMPY.edits:
        if edit.path == "numpy/__init__.py":
            files[edit.path] = files[edit.path].replace(edit.old.encode(), edit.new.encode())
    path = folder / name
    path.write_bytes(stored_zip(files))
    return path


def compiled_tests():
    """The extension modules that numpy's tests import, which no phone downloads."""
    (path,) = (WHEELS / "tests").glob("numpy_tests-*.whl")
    return path


def run(wheel, names):
    """Runs tests on one wheel in a browser of their own."""
    start = time.monotonic()
    said = []
    with BrowserPyodide(on_line=said.append) as python:
        python.load(wheel, compiled_tests())
        python.write("/tmp/bundle.zip", bundle())
        python.run((HERE / "in_pyodide.py").read_text("utf-8"))
        python.run("unpack('/tmp/bundle.zip')")
        result = python.run(f"run_tests({list(names)!r})", seconds=SECONDS)
    return Run(**result, wall=time.monotonic() - start, said=said)


def run_all(folder):
    """The runs of the two halves on the shipped wheel, and that on the one as built.

    Args:
        folder: two folders are made in it, for the wheels.
    """
    folders = (folder / "shipped", folder / "built")
    for made in folders:
        made.mkdir()
    shipped, built = shipped_wheel(folders[0]), built_wheel(folders[1])
    others = [name for name in suite_files() if name not in HALF]
    listed = [f"numpy/{test}" for group in groups() for test in group.tests]
    jobs = ((shipped, HALF), (shipped, others), (built, listed))
    with ThreadPoolExecutor(max_workers=2) as threads:
        return list(threads.map(lambda job: run(*job), jobs))
