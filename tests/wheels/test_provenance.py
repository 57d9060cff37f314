"""What is committed must be what the recipe made of the pins and patches that are committed."""

import hashlib
import json

import pytest

from tools.errors import BuildError
from wheels.recipe.cross import DRIVER
from wheels.recipe.numpy_build import FLAGS
from wheels.recipe.opencv_options import cmake_options
from wheels.recipe.output import Output
from wheels.recipe.packing import patch_sums
from wheels.recipe.pins import read_pins
from wheels.recipe.places import SHIPPED, WHEELS
from wheels.recipe.source import sha256

PINS = read_pins()
KNOWN = Output().provenance()["wheels"]
SHIPPED_ONES = {name: it for name, it in KNOWN.items() if it["folder"] != "not_shipped"}


def test_sha256sums_lists_exactly_the_shipped_wheels():
    lines = (WHEELS / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = {line.split()[1]: line.split()[0] for line in lines}

    assert sums == {path.name: sha256(path) for path in SHIPPED.glob("*.whl")}


def test_the_wheels_are_those_of_the_provenance():
    assert {it["what"] for it in SHIPPED_ONES.values()} >= {
        "numpy",
        "numpy_tests",
        "opencv simd",
        "opencv relaxed",
    }
    assert Output().verify() >= len(SHIPPED_ONES)


@pytest.mark.parametrize("name", KNOWN)
def test_no_patch_no_pin_and_no_flag_was_changed_without_a_build(name):
    made = KNOWN[name]
    project, _, variant = made["what"].partition(" ")
    patches = patch_sums(project.removesuffix("_tests"))
    if project == "opencv":
        patches["speeds.cmake"] = sha256(WHEELS / "opencv/speeds.cmake")
        version = PINS.files["opencv"].version.rpartition(".")[0]
        assert made["options"] == cmake_options(variant, version)
    else:
        patches["sidecc"] = sha256(DRIVER)
        assert made["flags"]["-Oz"] == FLAGS["SIDE_SMALL"]
    assert made["patches"] == patches
    pinned = {it.name: it.sha256 for it in PINS.files.values()}
    assert made["sources"].items() <= pinned.items()
    assert made["toolchain"]["pyodide"] == PINS.pyodide
    for tool in ("emcc", "clang", "wasm-opt"):
        assert made["toolchain"][tool] == PINS.toolchain[tool]


def test_a_wheel_that_is_not_the_recorded_one_is_found(tmp_path):
    output = Output(tmp_path, tmp_path / "not_shipped")
    output.write("dist", "thing-1.0-py3-none-any.whl", _empty_wheel(), {"what": "thing"})
    assert output.verify() == 1

    (tmp_path / "dist/thing-1.0-py3-none-any.whl").write_bytes(b"other")

    with pytest.raises(BuildError, match="wheel-differs"):
        output.verify()


def test_a_new_version_takes_the_place_of_the_old(tmp_path):
    output = Output(tmp_path, tmp_path / "not_shipped")
    for name in ("thing-1.0-py3-none-any.whl", "thing-1.1-py3-none-any.whl"):
        output.write("dist", name, _empty_wheel(), {"what": "thing"})

    assert [path.name for path in (tmp_path / "dist").iterdir()] == ["thing-1.1-py3-none-any.whl"]
    known = json.loads((tmp_path / "provenance.json").read_text())
    assert list(known["wheels"]) == ["thing-1.1-py3-none-any.whl"]
    digest = hashlib.sha256(_empty_wheel()).hexdigest()
    assert (tmp_path / "SHA256SUMS").read_text() == f"{digest}  thing-1.1-py3-none-any.whl\n"


def _empty_wheel():
    return b"PK\5\6" + bytes(18)  # a zip without files
