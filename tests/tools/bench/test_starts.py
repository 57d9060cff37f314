import json

import pytest

from tools.bench.starts import shipped_starts, stock_start, summarise
from tools.errors import BuildError

WHEEL = "opencv_python-4.14.0.94-1{}-cp314-cp314-pyemscripten_2026_0_wasm32.whl"


def package(file_name, *imports):
    return {"file_name": file_name, "imports": list(imports)}


@pytest.fixture
def dist(tmp_path):
    for name in ("r/pyodide.mjs", "s/python_stdlib.zip"):
        (tmp_path / "assets" / name).parent.mkdir(parents=True)
        (tmp_path / "assets" / name).touch()
    for tag in ("simd", "relaxed"):
        (tmp_path / "assets" / tag).mkdir()
        packages = {
            "numpy": package("../n/numpy-2.4.6.whl", "numpy"),
            "opencv-python": package(WHEEL.format(tag), "cv2"),
        }
        lock = tmp_path / "assets" / tag / "pyodide-lock.json"
        lock.write_text(json.dumps({"packages": packages}))
    return tmp_path


def test_a_site_has_a_start_for_each_of_its_cv2_wheels(dist):
    relaxed, simd = shipped_starts(dist, "http://here/")
    assert (relaxed.name, simd.name) == ("shipped relaxed", "shipped simd")
    assert simd.files == {
        "runtime": "http://here/r/pyodide.mjs",
        "stdlib": "http://here/s/python_stdlib.zip",
        "lock": "http://here/simd/pyodide-lock.json",
        "packages": ["opencv-python"],
    }


def test_a_site_that_was_not_built_is_an_error(tmp_path):
    with pytest.raises(BuildError) as raised:
        shipped_starts(tmp_path, "http://here/")
    assert raised.value.code == "nothing-built"


def test_stock_takes_the_runtimes_own_library():
    assert stock_start("pyodide.mjs", ["n.whl", "c.whl"]).files == {
        "runtime": "pyodide.mjs",
        "packages": ["n.whl", "c.whl"],
    }


def visit(load, package, imported):
    return {"loadPyodide": load, "loadPackage": package, "import": imported}


def test_the_first_visit_is_kept_apart_and_the_warm_ones_are_compared_with_stock():
    found = {
        "shipped simd": [visit(900.0, 90.0, 9.0), visit(10.0, 5.0, 5.0), visit(10.0, 5.0, 5.0)],
        "stock": [visit(900.0, 90.0, 9.0), visit(30.0, 5.0, 5.0), visit(60.0, 10.0, 10.0)],
    }
    report = summarise(found)
    shipped = report["shipped simd"]
    assert shipped["first_visit"]["loadPyodide"] == 900
    assert shipped["warm"]["total"]["median"] == 20
    assert shipped["warm"]["total"]["n"] == 2
    assert shipped["over_stock"]["median"] == 0.375
    assert "over_stock" not in report["stock"]
