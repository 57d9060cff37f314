"""Runs numpy's tests. This file itself runs inside Pyodide, sent there by runs.py."""

import os
import zipfile
from collections import Counter, defaultdict

SITE_PACKAGES = "/lib/python3.14/site-packages"

OPTIONS = (
    f"--rootdir={SITE_PACKAGES}",
    # The wheel holds .pyc files, so pytest finds no __init__.py to tell where packages start.
    "--import-mode=importlib",
    "--override-ini=consider_namespace_packages=true",
    "--assert=plain",  # rewriting the asserts of 140,000 lines takes longer than many tests
    "-pno:terminal",
    "-pno:logging",
    "-pno:cacheprovider",
    # As numpy's own pytest.ini has it, which its wheels do not bring.
    "-Werror",
    "-Wignore:the matrix subclass is not",
    "-Wignore:Importing from numpy.matlib is",
    "-Wignore:Due to '_pack_', the",
    "-Wignore::pytest.PytestRemovedIn10Warning",  # numpy tests itself with pytest 7
)


class Recorder:
    """A plug-in of pytest that keeps what became of each test."""

    def __init__(self):
        self.outcomes = {}
        self.seconds = defaultdict(float)
        self.failures = {}
        self.skips = Counter()
        self.file = None

    def pytest_collectreport(self, report):
        if report.failed:
            self.failures[report.nodeid] = str(report.longrepr)
        elif report.skipped:
            self.skips[report.longrepr[2]] += 1
            self.outcomes[report.nodeid] = "skipped"

    def pytest_runtest_logstart(self, nodeid):
        file = nodeid.split("::")[0]
        if file != self.file:
            self.file = file
            print(file, flush=True)

    def pytest_runtest_logreport(self, report):
        self.seconds[self.file] += report.duration
        outcome = report.outcome
        if hasattr(report, "wasxfail"):
            outcome = {"skipped": "xfailed", "passed": "xpassed"}[outcome]
        if outcome == "skipped":
            self.skips[report.longrepr[2].removeprefix("Skipped: ")] += 1
        if outcome == "failed":
            self.failures[report.nodeid] = str(report.longrepr)[-3000:]
        if outcome != "passed" or report.when == "call":
            self.outcomes[report.nodeid] = outcome

    def summary(self):
        counts = defaultdict(Counter)
        for nodeid, outcome in self.outcomes.items():
            counts[nodeid.split("::")[0]][outcome] += 1
        return {
            "counts": counts,
            "seconds": self.seconds,
            "failures": self.failures,
            "skips": self.skips,
        }


def unpack(archive):
    with zipfile.ZipFile(archive) as bundle:
        bundle.extractall(SITE_PACKAGES)


def run_tests(names):
    """Runs test files or single tests.

    Args:
        names: as pytest takes them, relative to site-packages.
    """
    import pytest

    os.chdir("/tmp")  # some tests write files where they are
    recorder = Recorder()
    tests = [f"{SITE_PACKAGES}/{name}" for name in names]
    code = pytest.main([*OPTIONS, *tests], plugins=[recorder])
    return {"exit": int(code), **recorder.summary()}
