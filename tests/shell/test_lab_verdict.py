"""The lab's verdict, in the English words that people read."""

import json
import sys
import types

import pytest

from tools.paths import APP, MPY

WORDS = json.loads((APP / "rooms" / "lab" / "en.json").read_text("utf-8"))
SERIES = {"fast": [1.0, 1.1, 1.2], "slow": [5.0, 5.1, 5.2], "wide": [0.4, 1.5, 9.0]}


@pytest.fixture
def sentences(monkeypatch):
    words = types.ModuleType("words")
    words.say = lambda key, **values: WORDS[key].format(**values)
    monkeypatch.setitem(sys.modules, "words", words)
    lab = types.ModuleType("lab")  # the room's own module needs a page
    lab.__path__ = [str(MPY / "lab")]
    before = set(sys.modules)
    monkeypatch.setitem(sys.modules, "lab", lab)
    from lab.verdict import sentences

    yield sentences
    for name in set(sys.modules) - before:
        del sys.modules[name]


def found(start="fast", other="slow", programs=()):
    """What was measured: series of starts, and (name, MicroPython's, Pyodide's, agreement)."""
    return {
        "starts": {"micropython": {"again": SERIES[start]}, "pyodide": {"again": SERIES[other]}},
        "bytes": {"micropython": 200_000, "pyodide": 3_000_000},
        "memory": {"micropython": 10, "pyodide": 19},
        "programs": {
            name: {"ms": {"micropython": SERIES[one], "pyodide": SERIES[two]}, "agree": agree}
            for name, one, two, agree in programs
        },
    }


def test_who_starts_sooner_is_named_whichever_it_is(sentences):
    assert sentences(found())[0].endswith("MicroPython starts 5 times sooner than Pyodide.")
    said = sentences(found("slow", "fast"))[0]
    assert said.endswith("Pyodide starts 5 times sooner than MicroPython.")


def test_what_noise_explains_is_no_difference(sentences):
    said = sentences(found("fast", "wide", [("loops", "wide", "fast", True)]))
    assert "sooner" not in said[0]
    assert not [each for each in said if "faster than" in each]
    assert any("whole numbers" in each for each in said)


def test_each_python_is_told_what_it_runs_faster(sentences):
    programs = [
        ("loops", "slow", "fast", True),
        ("json", "fast", "slow", True),
        ("strings", "fast", "slow", True),
    ]
    said = " ".join(sentences(found(programs=programs)))
    assert "MicroPython runs 2 of 3 programs faster than Pyodide" in said
    assert "Pyodide runs 1 of 3 programs faster than MicroPython" in said


def test_results_that_differ_are_told(sentences):
    agreeing = sentences(found(programs=[("loops", "slow", "fast", True)]))
    differing = sentences(found(programs=[("loops", "slow", "fast", False)]))
    assert len(differing) == len(agreeing) + 1


def test_bytes_and_memory_are_told_as_ratios(sentences):
    said = " ".join(sentences(found()))
    assert "15 times fewer bytes" in said and "1.9 times as much memory" in said
