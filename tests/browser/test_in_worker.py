"""The way in which the tests of our wheels run Python in a browser."""

import zipfile

import pytest

from tools.browser.in_worker import BrowserPyodide
from tools.errors import BuildError

PURE = "pure-1.0-py3-none-any.whl"


def wheel(folder, files):
    path = folder / PURE
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


@pytest.fixture(scope="module")
def lines():
    return []


@pytest.fixture(scope="module")
def python(browser, lines):
    with BrowserPyodide(browser=browser, on_line=lines.append) as running:
        yield running


def test_the_last_expression_comes_back_as_python_objects(python):
    python.run("import sys\nanswer = [1, 2.5, None, True, 'あ', {'a': []}]")
    assert python.run("answer") == [1, 2.5, None, True, "あ", {"a": []}]
    assert python.run("sys.platform") == "emscripten"
    assert python.run("answer = 1") is None


def test_python_runs_in_a_worker_and_may_await(python):
    source = "import js\nfrom asyncio import sleep\nawait sleep(0)\nhasattr(js, 'document')"
    assert python.run(source) is False


def test_each_line_that_python_prints_is_handed_over(python, lines):
    lines.clear()
    python.run("import sys\nprint('one')\nprint('two\\nthree', file=sys.stderr)")
    assert lines == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f():\n    1 / 0\nf()", "ZeroDivisionError"),
        ("object()", "not JSON serializable"),
        ("def", "SyntaxError"),
        ("raise SystemExit(3)", "SystemExit"),
    ],
)
def test_what_python_raises_is_an_error_with_the_traceback(python, source, said):
    with pytest.raises(BuildError) as caught:
        python.run(source)
    assert caught.value.code == "python-raised"
    assert said in caught.value.data["detail"]
    assert python.run("1 + 1") == 2


def test_files_are_written_with_their_folders(python):
    data = bytes(range(256)) * 4096
    python.write("/given/deep/data.bin", data)
    python.run("import hashlib, pathlib")
    assert python.run("len(pathlib.Path('/given/deep/data.bin').read_bytes())") == len(data)


def test_wheels_are_installed_and_a_broken_one_is_told(python, tmp_path):
    files = {"pure.py": "ANSWER = 42\n", "pure-1.0.dist-info/METADATA": "Name: pure\n"}
    broken = tmp_path / "broken-1.0-py3-none-any.whl"
    broken.write_bytes(b"no archive")
    with pytest.raises(BuildError) as caught:
        python.load(broken)
    assert caught.value.code == "wheel-not-loaded"
    assert caught.value.data["wheel"] == broken.name
    python.load(wheel(tmp_path, files))
    assert python.run("import pure; pure.ANSWER") == 42


def test_a_worker_that_does_not_answer_is_stopped(browser):
    with BrowserPyodide(browser=browser) as python:
        for source in ("while True: pass", "1"):
            with pytest.raises(BuildError) as caught:
                python.run(source, seconds=1)
            assert caught.value.code == "worker-late"


def test_an_engine_that_nobody_wrote_is_refused():
    with pytest.raises(BuildError) as caught:
        BrowserPyodide(engine="netscape")
    assert caught.value.code == "browser-engine-unknown"
