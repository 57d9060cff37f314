import argparse
from pathlib import Path

import pytest

from tools.bench.command import plan_of
from tools.bench.inputs import known_names
from tools.bench.options import add_options
from tools.errors import BuildError


def options(*words):
    parser = argparse.ArgumentParser()
    parser.add_argument("--dist", type=Path, default=Path("dist"))
    add_options(parser)
    return parser.parse_args(words)


def test_without_options_everything_is_measured():
    given = options()
    plan = plan_of(given)
    assert given.part == "all"
    assert plan.models == known_names()
    assert all(plan.has(part) for part in ("ort", "native", "starts"))
    assert all(path.is_file() for path in plan.wheels.values())


def test_wheels_can_be_named():
    plan = plan_of(options("engines", "--wheel", "a=/x/a.whl", "--wheel", "b=/y/b=c.whl"))
    assert plan.wheels == {"a": Path("/x/a.whl"), "b": Path("/y/b=c.whl")}


@pytest.mark.parametrize("given", ["a.whl", "=a.whl", "a="])
def test_a_wheel_without_name_or_file_is_refused(given):
    with pytest.raises(BuildError) as raised:
        plan_of(options("engines", "--wheel", given))
    assert raised.value.code == "wheel-option-wrong"


def test_parts_can_be_left_out():
    plan = plan_of(options("engines", "--without", "native", "--without", "starts"))
    assert (plan.has("native"), plan.has("starts"), plan.has("ort")) == (False, False, True)
