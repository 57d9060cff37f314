"""The engine's edge on this machine refuses each file at once, and then loads a good one."""

import json
import time
from dataclasses import dataclass

import pytest

from mekiki import edge
from tests.engine.conftest import onnx_file
from tests.opencv.hostile.models import FILES
from tools.paths import MODELS

GOOD = "blazeface-back"


@dataclass
class JsBytes:
    """What the worker's JavaScript hands over; the one thing that is played here."""

    content: bytes

    def __len__(self):
        return len(self.content)

    def to_bytes(self):
        return self.content


def load(data):
    return json.loads(edge.load(GOOD, JsBytes(data)))


@pytest.fixture(autouse=True)
def fresh_edge(monkeypatch):
    monkeypatch.setattr(edge, "MODELS", MODELS)
    monkeypatch.setattr(edge, "_State", type("State", (), dict(vars(edge._State))))


@pytest.mark.parametrize("name", FILES)
def test_file_gets_its_code_and_the_next_model_loads(name):
    make, code = FILES[name]
    data = make()
    started = time.monotonic()
    answer = load(data)
    assert time.monotonic() - started < 5
    assert answer["error"]["code"] == code, answer
    assert load(onnx_file(GOOD).read_bytes())["model"] == GOOD
