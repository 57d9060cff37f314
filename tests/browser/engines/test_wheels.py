"""Our wheels in each engine: they load, and give what native OpenCV gives."""

import json

import numpy as np
import pytest

from tests.browser.engines.in_engine import Looked, files, look_in
from tests.browser.engines.looking import look
from tools.bench.found_wheels import SHIPPED, find_wheels
from tools.browser.given_files import GivenFiles
from tools.browser.open_tab import ENGINES
from tools.paths import APP

# Largest difference of an output from native, over the largest magnitude in it: sums of float32 in
# another order.
TOLERANCE = {"simd": 2e-5, "relaxed": 2e-5}
WITHOUT_RELAXED = {
    "webkit": "JavaScriptCore has no relaxed SIMD; the app brings it the plain build"
}


@pytest.fixture(scope="session")
def native(tmp_path_factory):
    folder = tmp_path_factory.mktemp("looking")
    for path, data in files().items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return Looked(*look(folder, lambda model: (folder / f"{model}.onnx").read_bytes()), {})


@pytest.fixture(scope="session")
def levels_of(tab_of):
    """What the app's own question says an engine has, the fastest first."""
    served = GivenFiles({"app": APP, "page": APP.parent / "tools" / "browser"})

    def ask(engine):
        tab = tab_of(engine)
        tab.goto(f"{served.url}page/in_worker.html")
        body = "return (await import(args[0])).levels()"
        return json.loads(tab.call(body, f"{served.url}app/simd.mjs"))

    yield ask
    served.stop()


@pytest.fixture(scope="session")
def looked(tab_of):
    """What a wheel sees in an engine; looks once for all tests."""
    found = {}

    def give(engine, level):
        if (engine, level) not in found:
            found[engine, level] = look_in(tab_of(engine), find_wheels(SHIPPED)[level])
        return found[engine, level]

    return give


def assert_same_detections(some, others):
    assert some.keys() == others.keys()
    for model in some:
        for one, other in zip(some[model], others[model], strict=True):
            assert one["label"] == other["label"]
            assert one["score"] == pytest.approx(other["score"], abs=1e-4)
            assert one["box"] == pytest.approx(other["box"], abs=0.05)


def differences(some, others):
    """Of each output: the largest difference over the largest magnitude."""
    assert some.keys() == others.keys()
    return {
        name: float(np.abs(some[name] - others[name]).max() / np.abs(others[name]).max())
        for name in some
    }


def test_both_shipped_builds_are_there():
    assert find_wheels(SHIPPED).keys() == {"simd", "relaxed"}


def test_each_engine_has_the_simd_that_is_expected_of_it(engine, levels_of):
    expected = ["simd"] if engine in WITHOUT_RELAXED else ["relaxed", "simd"]
    assert levels_of(engine) == expected


@pytest.mark.parametrize("level", ["simd", "relaxed"])
def test_wheel_gives_what_native_opencv_gives(engine, level, looked, native, tell):
    if level == "relaxed" and engine in WITHOUT_RELAXED:
        pytest.skip(WITHOUT_RELAXED[engine])  # the test above fails when that is no longer so
    browser = looked(engine, level)
    differs = differences(browser.outputs, native.outputs)
    took = ", ".join(f"{step} {seconds:.2f} s" for step, seconds in browser.seconds.items())
    tell(f"{engine}, {level}: {took}; differs from native by {max(differs.values()):.1e} at most")
    assert max(differs.values()) < TOLERANCE[level], differs
    assert_same_detections(browser.detections, native.detections)
    assert {each["label"] for each in browser.detections["centernet-coco"]} >= {"dog", "bicycle"}


@pytest.mark.parametrize("other", ENGINES[1:])
def test_plain_simd_gives_the_same_bits_in_every_engine(other, looked):
    """WebAssembly leaves nothing to choose but the bits of NaN, and relaxed SIMD."""
    one, another = looked("chromium", "simd"), looked(other, "simd")
    assert one.outputs.keys() == another.outputs.keys()
    for name in one.outputs:
        np.testing.assert_array_equal(one.outputs[name], another.outputs[name], err_msg=name)
    assert one.detections == another.detections
