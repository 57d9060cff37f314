from pathlib import Path

import numpy as np

from tools.bench.inputs import Subject
from tools.bench.rounds import measure

SUBJECT = Subject("net", Path("net.onnx"), Path("net.f32"), (1, 3, 8, 8), "input", ("out",))


class Recorder:
    """An engine that writes down what it is asked; its times count its passes."""

    version = "1"

    def __init__(self, name, log):
        self.name, self.log, self.count = name, log, 0

    def load(self, subject):
        self.log.append((self.name, "load", subject.name))

    def run(self, times):
        self.log.append((self.name, "run", times))
        self.count += times
        return [float(self.count - times + index) for index in range(times)]

    def outputs(self):
        return {"out": np.array([self.count], np.float32)}

    def close(self):
        self.log.append((self.name, "close", None))


def measured(rounds=3, passes=2):
    log = []
    engines = [Recorder(name, log) for name in "abc"]
    result = measure(
        engines,
        SUBJECT,
        rounds=rounds,
        passes=passes,
        warm_up_seconds=0,
        between=lambda: log.append(("", "between", None)),
    )
    return result, log


def test_every_engine_is_first_in_one_round():
    _, log = measured()
    turns = [name for name, what, times in log if what == "run" and times == 3]
    assert "".join(turns) == "abcbcacab"


def test_the_noise_is_sampled_before_every_turn():
    _, log = measured()
    timed = log[log.index(("", "between", None)) :]
    assert [what for _, what, _ in timed] == ["between", "run"] * 9


def test_every_engine_is_warm_before_the_first_turn_of_any():
    _, log = measured()
    before = log[: log.index(("", "between", None))]
    for name in "abc":
        assert sum(times for who, what, times in before if (who, what) == (name, "run")) >= 10
    assert [who for who, what, _ in before if what == "load"] == ["a", "b", "c"]


def test_the_first_pass_of_a_turn_is_not_counted():
    result, _ = measured(rounds=2, passes=2)
    assert result.rounds["a"] == [[11.0, 12.0], [14.0, 15.0]]
    assert result.samples("a") == [11.0, 12.0, 14.0, 15.0]


def test_outputs_are_those_of_the_last_pass():
    result, _ = measured(rounds=2, passes=2)
    assert {name: found["out"][0] for name, found in result.outputs.items()} == dict.fromkeys(
        "abc", 16
    )
