import hashlib
import json
import re
import shutil

import pytest

from tools.engine.build import BUILDS, build_engine
from tools.engine.parts import write_parts
from tools.errors import BuildError
from tools.paths import CACHE, NODE_MODULES, ROOT

MEGABYTE = 1_000_000


def test_the_folder_holds_exactly_what_the_runtime_loads(engine):
    wheels = [name for name in engine.files if name.endswith(".whl")]
    assert set(engine.files) == {
        "pyodide.mjs",
        "pyodide.asm.mjs",
        "pyodide.asm.wasm",
        "python_stdlib.zip",
        "simd/pyodide-lock.json",
        "relaxed/pyodide-lock.json",
        *wheels,
    }
    assert len(wheels) == 3
    written = [path for path in engine.folder.rglob("*") if path.is_file()]
    assert {path.relative_to(engine.folder).as_posix() for path in written} == set(engine.files)


def test_no_script_asks_for_a_source_map(engine):
    for name in ("pyodide.mjs", "pyodide.asm.mjs"):
        assert not re.search(rb"^//[#@] sourceMappingURL", engine.files[name].read_bytes(), re.M)


@pytest.mark.parametrize("level", BUILDS)
def test_a_lock_names_one_build_and_numpy_by_relative_names_and_true_digests(engine, level):
    lock = json.loads(engine.files[f"{level}/pyodide-lock.json"].read_text())
    stock = json.loads((NODE_MODULES / "pyodide/pyodide-lock.json").read_text())
    assert lock["info"] == stock["info"]
    assert set(lock["packages"]) == {"numpy", "opencv-python"}
    for package in lock["packages"].values():
        data = (engine.folder / level / package["file_name"]).read_bytes()
        assert package["sha256"] == hashlib.sha256(data).hexdigest()
    assert f"-1{level}-" in lock["packages"]["opencv-python"]["file_name"]


def test_a_build_without_a_cache_gives_the_same_bytes(engine, tmp_path):
    again = build_engine(tmp_path / "again", root=ROOT, cache=tmp_path / "cache")
    for file in again:
        assert file.path.read_bytes() == engine.files[file.name].read_bytes(), file.name


@pytest.mark.parametrize("level", BUILDS)
def test_the_engine_of_one_browser_crosses_the_line_in_under_ten_megabytes(engine, level, tmp_path):
    needed = [path for name, path in engine.files.items() if "/" not in name or level in name]
    parts = [write_parts(path, tmp_path, "e", cache=CACHE) for path in needed]
    assert len(parts) == 7
    assert sum(asset.transfer_bytes for asset in parts) < 10 * MEGABYTE


def test_another_version_of_pyodide_stops_the_build(tmp_path):
    package = tmp_path / "node_modules" / "pyodide"
    package.mkdir(parents=True)
    shutil.copy(NODE_MODULES / "pyodide/pyodide.mjs", package)
    (package / "package.json").write_text('{"version": "314.0.6"}')
    with pytest.raises(BuildError) as caught:
        build_engine(tmp_path / "out", root=tmp_path, cache=tmp_path / "cache")
    assert caught.value.code == "package-version"
    assert caught.value.data["found"] == "314.0.6"
