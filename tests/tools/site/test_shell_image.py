import json
import os

import pytest

from tools.errors import BuildError
from tools.paths import APP, MPY
from tools.site.python import compile_module
from tools.site.rooms import all_rooms
from tools.site.shell import romfs_image, write_shell

CATALOGUE = {"default": "a", "engine": {}, "models": [{"id": "a"}], "samples": []}
ASSETS = {"engine": [{"url": "assets/0/a.wasm", "parts": []}]}


def folder(path, name):
    made = path / name
    made.mkdir()
    return made


def test_two_builds_give_the_same_image(tmp_path):
    first = romfs_image(CATALOGUE, folder(tmp_path, "first"))
    second = romfs_image(CATALOGUE, folder(tmp_path, "second"))

    assert first == second
    assert first.startswith(b"\xd2\xcd\x31")  # "RM1", the mark of a MicroPython ROMFS image


def test_the_image_changes_with_the_catalogue(tmp_path):
    assert romfs_image(CATALOGUE, tmp_path) != romfs_image(CATALOGUE | {"default": "b"}, tmp_path)


def test_the_image_holds_every_module_the_words_and_the_catalogue(tmp_path):
    image = romfs_image(CATALOGUE, tmp_path)

    names = [f"{source.stem}.mpy" for source in MPY.glob("*.py")]
    names += ["en.json", "ja.json", "models.json", "web.mpy", "events.mpy"]
    assert [name for name in names if name.encode() not in image] == []
    assert json.dumps(CATALOGUE, separators=(",", ":")).encode() in image


def test_byte_code_depends_on_the_source_and_not_on_where_or_when(tmp_path):
    codes = []
    for name in ("here", "there"):
        source = folder(tmp_path, name) / "module.py"
        source.write_text("def answer():\n    return 42\n")
        os.utime(source, (1_000_000_000 + len(codes), 1_000_000_000))
        codes.append(compile_module(source, tmp_path))

    assert codes[0] == codes[1]


def test_a_module_with_a_syntax_error_is_named(tmp_path):
    source = tmp_path / "broken.py"
    source.write_text("x = 1\ndef broken(:\n    pass\n")

    with pytest.raises(BuildError) as caught:
        compile_module(source, tmp_path)
    assert caught.value.code == "mpy-syntax"
    assert caught.value.data["file"] == str(source)
    assert "line 2" in caught.value.data["detail"]


def test_python_that_micropython_does_not_know_is_a_syntax_error(tmp_path):
    source = tmp_path / "modern.py"
    source.write_text("match 1:\n    case 1:\n        pass\n")

    with pytest.raises(BuildError, match="mpy-syntax"):
        compile_module(source, tmp_path)


def test_the_shells_folder_holds_its_files_and_nothing_of_the_scratch(tmp_path):
    out = tmp_path / "shell"
    write_shell(out, catalogue=CATALOGUE, assets=ASSETS)

    scripts = [path for pattern in ("*.mjs", "*.js") for path in APP.glob(pattern)]
    expected = {f"app/{path.name}" for path in scripts}
    expected |= {f"app/style/{path.name}" for path in (APP / "style").glob("*.css")}
    expected |= {f"app/download/{path.name}" for path in (APP / "download").glob("*.mjs")}
    for room in all_rooms():
        files = [*room.folder.glob("*.mjs"), *room.folder.glob("*.css")]
        expected |= {f"app/rooms/{room.name}/{path.name}" for path in files}
        expected.add(f"rooms/{room.name}.romfs")
    expected |= {
        "mpy/shell.romfs",
        "py/wheels.mjs",
        "py/worker.mjs",
        "assets.json",
    }
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert written == expected
    assert json.loads((out / "assets.json").read_text()) == ASSETS
