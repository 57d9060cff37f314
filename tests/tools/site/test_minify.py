import shutil
import subprocess

import pytest

from tools.errors import BuildError
from tools.site.minify import minify

MODULE = """// A comment that nobody needs.
import { other } from "./other.mjs";
/** Doubles. */
export function twice(number) {
  const doubled = number * 2;
  return doubled + other;
}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "a.mjs").write_text(MODULE)
    (tmp_path / "inside" / "other.mjs").write_text("export const other = 0;\n")
    (tmp_path / "early.js").write_text('"use strict";\n{\n  const mark = "ここ";\n}\n')
    (tmp_path / "a.css").write_text("/* why */\n.a {\n  color: red;\n}\n.b {\n  color: red;\n}\n")
    (tmp_path / "data.json").write_text("{ }")
    return tmp_path


def files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_modules_stay_where_they_are_and_do_the_same(folder):
    before = files(folder)
    minify(folder)
    assert files(folder) == before
    text = (folder / "inside" / "a.mjs").read_text()
    assert "comment" not in text and len(text) < len(MODULE) * 0.6
    code = f'import("{folder}/inside/a.mjs").then((module) => console.log(module.twice(21)))'
    said = subprocess.run(["node", "-e", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "42"
    assert (folder / "data.json").read_text() == "{ }"
    assert "why" not in (folder / "a.css").read_text()


def test_the_same_files_give_the_same_bytes(folder, tmp_path_factory):
    copy = tmp_path_factory.mktemp("copy") / "elsewhere"
    shutil.copytree(folder, copy)
    minify(folder)
    minify(copy)
    for name in files(folder):
        assert (folder / name).read_bytes() == (copy / name).read_bytes()


def test_who_wants_to_read_it_can(folder, monkeypatch):
    monkeypatch.setenv("MEKIKI_READABLE", "1")
    minify(folder)
    assert (folder / "inside" / "a.mjs").read_text() == MODULE


def test_a_module_that_is_none_is_named(folder):
    (folder / "inside" / "a.mjs").write_text("export function (")
    with pytest.raises(BuildError) as caught:
        minify(folder)
    assert caught.value.code == "minify-failed"
    assert "a.mjs" in caught.value.data["detail"]
