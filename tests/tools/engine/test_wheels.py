import base64
import csv
import hashlib
import io
import zipfile

import pytest

from tools.engine.archive import stored_zip
from tools.engine.in_pyodide import InPyodide
from tools.engine.wheels import Edit, Recipe, build_tag, read_checked, repack
from tools.errors import BuildError
from tools.paths import CACHE, NODE_MODULES

NAME = "toy-1.0-cp314-cp314-pyemscripten_2026_0_wasm32.whl"
FILES = {
    "toy/__init__.py": b'"""Docs."""\nfrom toy import docs\nassert False\n',
    "toy/docs.py": b"raise SystemExit\n",
    "toy/config.py": b"ANSWER = 42\n",
    "toy/test_toy.py": b"",
    "toy/fast.so": b"\0asm" * 5000,
    "toy-1.0.dist-info/METADATA": b"Name: toy\n",
    "toy-1.0.dist-info/RECORD": b"stale\n",
}
RECIPE = Recipe(
    "toy",
    ("toy",),
    drop=("toy/test_*",),
    empty=("toy/docs.py",),
    edits=(Edit("toy/__init__.py", "from toy", "from  toy"),),
    as_source=("toy/config.py",),
)


@pytest.fixture(scope="module")
def tool():
    return InPyodide(NODE_MODULES / "pyodide", CACHE)


@pytest.fixture(scope="module")
def toy(tool):
    return repack(NAME, stored_zip(FILES), RECIPE, tool)


def folder_with(tmp_path, sums, wheel=b"wheel"):
    (tmp_path / "dist").mkdir()
    if wheel is not None:
        (tmp_path / "dist" / NAME).write_bytes(wheel)
    (tmp_path / "SHA256SUMS").write_text(sums)
    return tmp_path


def test_a_wheel_of_the_listed_digest_is_read(tmp_path):
    folder = folder_with(tmp_path, f"{hashlib.sha256(b'wheel').hexdigest()}  {NAME}\n")
    assert read_checked(folder, RECIPE) == (NAME, b"wheel")


@pytest.mark.parametrize(
    ("sums", "wheel", "code"),
    [
        (f"{'0' * 64}  {NAME}\n", b"wheel", "wheel-checksum"),
        (f"{'0' * 64}  {NAME}\n", None, "wheel-missing"),
        (f"{'0' * 64}  other-{NAME}\n", b"wheel", "wheel-not-one"),
    ],
)
def test_a_wheel_that_cannot_be_trusted_stops_the_build(tmp_path, sums, wheel, code):
    with pytest.raises(BuildError) as caught:
        read_checked(folder_with(tmp_path, sums, wheel), RECIPE)
    assert caught.value.code == code


def test_of_several_builds_the_one_that_is_asked_for_is_read(tmp_path):
    recipe = Recipe("toy", ("toy",), builds=("1slow", "1fast"))
    (tmp_path / "dist").mkdir()
    sums = []
    for build in recipe.builds:
        name = NAME.replace("1.0-", f"1.0-{build}-")
        (tmp_path / "dist" / name).write_bytes(build.encode())
        sums.append(f"{hashlib.sha256(build.encode()).hexdigest()}  {name}\n")
    (tmp_path / "SHA256SUMS").write_text("".join(sums))

    name, data = read_checked(tmp_path, recipe, "1fast")
    assert (build_tag(name), data) == ("1fast", b"1fast")
    for build in ("", "1other"):
        with pytest.raises(BuildError) as caught:
            read_checked(tmp_path, recipe, build)
        assert caught.value.code == "wheel-not-one"


def test_source_becomes_bytecode_save_what_is_read_as_text(toy):
    names = set(zipfile.ZipFile(io.BytesIO(toy.data)).namelist())
    assert names == {
        "toy/__init__.pyc",
        "toy/docs.pyc",
        "toy/config.py",
        "toy/fast.so",
        "toy-1.0.dist-info/METADATA",
        "toy-1.0.dist-info/RECORD",
    }
    assert (toy.file_name, toy.version) == (NAME, "1.0")


def test_nothing_in_it_is_compressed_because_its_parts_are(toy):
    entries = zipfile.ZipFile(io.BytesIO(toy.data)).infolist()
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}


def test_the_bytecode_is_unchecked_and_holds_no_docstring(toy):
    pyc = zipfile.ZipFile(io.BytesIO(toy.data)).read("toy/__init__.pyc")
    assert int.from_bytes(pyc[4:8], "little") == 0b01  # hash-based, source not looked for
    assert b"Docs." not in pyc
    assert b"/lib/python3.14/site-packages/toy/__init__.py" in pyc


def test_the_record_lists_what_the_wheel_holds(toy):
    archive = zipfile.ZipFile(io.BytesIO(toy.data))
    record = archive.read("toy-1.0.dist-info/RECORD").decode()
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(record))}
    assert set(rows) == set(archive.namelist())
    assert rows.pop("toy-1.0.dist-info/RECORD") == ["", ""]
    for name, (digest, length) in rows.items():
        body = archive.read(name)
        expected = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
        assert (digest, length) == (f"sha256={expected}", str(len(body)))


@pytest.mark.parametrize(
    ("recipe", "code"),
    [
        (Recipe("toy", ("toy",), drop=("toy/gone/*",)), "wheel-pattern-names-nothing"),
        (
            Recipe("toy", ("toy",), edits=(Edit("toy/docs.py", "gone", ""),)),
            "wheel-edit-no-match",
        ),
    ],
)
def test_a_recipe_that_outlived_its_wheel_stops_the_build(tool, recipe, code):
    with pytest.raises(BuildError) as caught:
        repack(NAME, stored_zip(FILES), recipe, tool)
    assert caught.value.code == code
