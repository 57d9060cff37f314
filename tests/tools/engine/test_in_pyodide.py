import importlib.util

import pytest

from tools.engine.in_pyodide import InPyodide
from tools.errors import BuildError
from tools.paths import NODE_MODULES

PYODIDE = NODE_MODULES / "pyodide"
SOURCES = {
    "a.py": b"NAMES = frozenset({'one', 'two', 'three', 'four'})\n"
    b"def known(x): return x in {'five', 'six', 'seven', 'eight'}\n",
    "pkg/__init__.py": b"def f():\n    'words'\n    return 1\n",
}


def test_bytecode_is_that_of_pyodide_and_the_same_in_another_process(tmp_path):
    first = InPyodide(PYODIDE, tmp_path / "1").compile(SOURCES, "/lib")
    second = InPyodide(PYODIDE, tmp_path / "2").compile(SOURCES, "/lib")
    assert first == second
    assert set(first) == {"a.pyc", "pkg/__init__.pyc"}
    assert first["a.pyc"][:4] != importlib.util.MAGIC_NUMBER  # 3.14's, not that of these tests


def test_the_cache_answers_for_the_same_inputs_only(tmp_path):
    tool = InPyodide(PYODIDE, tmp_path)
    tool.compile({"a.py": b"A = 1"}, "/lib")
    (kept,) = (tmp_path / "in-pyodide").iterdir()
    stamp = kept.stat().st_mtime_ns
    tool.compile({"a.py": b"A = 1"}, "/lib")
    assert kept.stat().st_mtime_ns == stamp
    tool.compile({"a.py": b"A = 2"}, "/lib")
    assert len(list((tmp_path / "in-pyodide").iterdir())) == 2


def test_source_that_does_not_compile_stops_the_build_with_its_message(tmp_path):
    with pytest.raises(BuildError) as caught:
        InPyodide(PYODIDE, tmp_path).compile({"broken.py": b"def"}, "/lib")
    assert caught.value.code == "in-pyodide-failed"
    assert "/lib/broken.py" in str(caught.value)
    assert len(str(caught.value)) < 5000
    assert list((tmp_path / "in-pyodide").iterdir()) == []
