"""The built engine, run in node as the worker runs it, against CPython with the same versions."""

import json

import pytest

from tools.engine import smoke as native

MEBIBYTE = 1 << 20


@pytest.fixture(scope="module")
def here():
    return json.loads(json.dumps(native.results()))


def test_numpy_computes_what_it_computes_here(smoke, here):
    for name, expected in here["numbers"].items():
        if name == "einsum":  # pytest.approx does not look into nested lists
            for row, expected_row in zip(smoke["numbers"][name], expected, strict=True):
                assert row == pytest.approx(expected_row, rel=1e-9)
        elif name == "printed":
            assert smoke["numbers"][name] == expected
        else:
            assert smoke["numbers"][name] == pytest.approx(expected, rel=1e-9), name


def test_opencv_computes_what_it_computes_here(smoke, here):
    for name in ("resized_mean", "grey_mean", "blob_mean"):
        assert smoke["pictures"][name] == pytest.approx(here["pictures"][name], rel=1e-5), name
    for name in ("version", "png_is_lossless", "kept_boxes", "contours"):
        assert smoke["pictures"][name] == here["pictures"][name], name


def test_a_jpeg_comes_back_nearly_as_it_went(smoke):
    assert 0 < smoke["pictures"]["jpeg_error"] < 2


def test_an_opencv_error_is_caught_in_python_with_its_words(smoke):
    assert smoke["pictures"]["error"] == "inv_scale_x > 0"


def test_japanese_text_survives_its_encodings(smoke, here):
    assert smoke["codecs"] == here["codecs"]


def test_every_module_that_was_promised_imports(smoke):
    assert smoke["failed_imports"] == {}


def test_a_module_left_out_gives_an_ordinary_error(smoke):
    assert set(smoke["left_out"]) == set(native.LEFT_OUT)
    assert set(smoke["left_out"].values()) == {"ModuleNotFoundError"}


def test_the_heap_after_importing_everything_is_small(smoke):
    assert smoke["heapBytes"]["import"] <= 64 * MEBIBYTE
