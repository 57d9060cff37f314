import re

import pytest

from tools.errors import BuildError
from wheels.recipe.pins import read_pins
from wheels.recipe.toolchain import check
from wheels.recipe.words import in_words

PINS = read_pins()
AS_PINNED = {**PINS.toolchain, "cmake": "4.3.4", "ninja": "1.13.2", "pyodide": PINS.pyodide}


def test_every_file_is_pinned_by_version_and_sha256():
    assert PINS.files.keys() == {"numpy", "opencv", "cython"}
    for pinned in PINS.files.values():
        assert re.fullmatch(r"[0-9a-f]{64}", pinned.sha256)
        assert pinned.version in pinned.name


def test_the_pinned_toolchain_is_taken_whatever_pythons_patch_level():
    check(AS_PINNED | {"python": f"{PINS.toolchain['python']}.99"}, PINS, "/root")


@pytest.mark.parametrize("tool", ["emcc", "clang", "wasm-opt", "python"])
def test_another_version_is_refused_with_both_versions_and_what_to_do(tool):
    with pytest.raises(BuildError) as error:
        check(AS_PINNED | {tool: "3.13.1"}, PINS, "/some/root")

    assert error.value.code == "version-differs"
    words = in_words(error.value)
    for part in (tool, "3.13.1", PINS.toolchain[tool], "MEKIKI_DEBIAN_MIRROR", "/some/root"):
        assert part in words


def test_a_version_that_only_begins_alike_is_another():
    with pytest.raises(BuildError, match="version-differs"):
        check(AS_PINNED | {"emcc": PINS.toolchain["emcc"] + "1"}, PINS, "/root")


@pytest.mark.parametrize("version", ["4.2.0", "4.2.3", "4.3.3"])
def test_cmakes_that_emscripten_refuses_are_refused_first(version):
    with pytest.raises(BuildError, match="cmake-refused"):
        check(AS_PINNED | {"cmake": version}, PINS, "/root")


def test_another_pyodide_is_refused():
    with pytest.raises(BuildError, match="pyodide-differs"):
        check(AS_PINNED | {"pyodide": "315.0.0"}, PINS, "/root")
