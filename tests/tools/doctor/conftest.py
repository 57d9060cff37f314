"""The command as a person calls it."""

import json
import sys

import pytest

from tests.engine.doctor.graphs import GRAPHS
from tests.engine.doctor.graphs.edges import EDGES
from tools.__main__ import main


@pytest.fixture
def drawn(tmp_path):
    """Writes one of the graphs drawn for the doctor's tests."""

    def write(name):
        path = tmp_path / f"{name.replace(' ', '_')}.onnx"
        path.write_bytes(GRAPHS[name]() if name in GRAPHS else EDGES[name][0]())
        return path

    return write


@pytest.fixture
def doctor(monkeypatch, capsys):
    """Takes arguments to (exit status, what was printed)."""

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["tools", "doctor", *map(str, arguments)])
        status = main()
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return call


@pytest.fixture
def answer(doctor):
    """Takes arguments to (exit status, what `--json` told)."""

    def call(*arguments):
        status, text = doctor(*arguments, "--json")
        return status, json.loads(text)

    return call
