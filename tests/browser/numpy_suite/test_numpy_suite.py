"""Everything that numpy tests in core, linalg, fft and random, on the wheel that phones get.

Numpy decides itself which tests WebAssembly cannot run (no threads, processes or floating-point
exceptions) and skips them. What else the phone's wheel cannot pass stands in deselected.toml.
"""

import json
from collections import Counter

import pytest

from tests.browser.numpy_suite.bundle import AREAS, suite_files
from tests.browser.numpy_suite.runs import groups, run_all
from tools.paths import REPORTS

# A little below what passed when this was written, so that a run of too little is no success.
FLOORS = {"_core": 34_500, "linalg": 460, "fft": 150, "random": 1_320}
BUILT_FLOOR = 220


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    return run_all(tmp_path_factory.mktemp("wheels"))


@pytest.fixture(scope="module")
def phone(runs):
    """The two runs on the wheel that phones get."""
    return runs[:2]


@pytest.fixture(scope="module")
def built(runs):
    """The run on the wheel as built."""
    return runs[2]


def added(counters):
    return dict(sum((Counter(counter) for counter in counters), Counter()))


def by_area(phone, name):
    """What the runs counted, by area."""
    found = {area: [] for area in AREAS}
    for run in phone:
        for file, value in getattr(run, name).items():
            found[file.split("/")[1]].append(value)
    return found


def covers(entry, test):
    """Whether a name from the list stands for this test."""
    return test.split("[")[0] == f"numpy/{entry}"


def listed(test):
    return any(covers(entry, test) for group in groups() for entry in group.tests)


def test_only_listed_tests_fail(phone):
    failures = {test: text for run in phone for test, text in run.failures.items()}
    unlisted = {test: text for test, text in failures.items() if not listed(test)}
    assert not unlisted, "\n\n".join(f"{test}\n{text}" for test, text in unlisted.items())
    assert [run.exit for run in phone] == [1, 1], [run.said[-20:] for run in phone]


def test_listed_tests_pass_on_the_wheel_as_built(built):
    assert built.failures == {}
    assert built.exit == 0, built.said[-20:]
    assert added(built.counts.values())["passed"] >= BUILT_FLOOR


def test_no_entry_of_the_list_is_out_of_date(phone):
    failed = [test for run in phone for test in run.failures]
    entries = [entry for group in groups() for entry in group.tests]
    assert [entry for entry in entries if not any(covers(entry, test) for test in failed)] == []


def test_every_test_file_was_run(phone):
    assert sorted(file for run in phone for file in run.counts) == suite_files()


def test_as_many_tests_passed_as_numpy_has(phone, built, capsys):
    counts = {area: added(found) for area, found in by_area(phone, "counts").items()}
    seconds = {area: round(sum(found)) for area, found in by_area(phone, "seconds").items()}
    report = {
        "phone": counts,
        "seconds": seconds,
        "wall": [round(run.wall) for run in (*phone, built)],
        "built": added(built.counts.values()),
        "skips": added(run.skips for run in phone),
        "deselected": [vars(group) for group in groups()],
    }
    REPORTS.mkdir(exist_ok=True)
    (REPORTS / "numpy-suite.json").write_text(json.dumps(report, indent=1), "utf-8")
    with capsys.disabled():
        print()
        for area in AREAS:
            print(f"numpy {area}: {counts[area]}, {seconds[area]} s")
        print(f"deselected, run on the wheel as built: {report['built']}; wall {report['wall']} s")
    for area, floor in FLOORS.items():
        assert counts[area]["passed"] >= floor, area
