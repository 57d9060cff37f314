import zipfile

import pytest

from tools.engine.stdlib import KEEP_LIST, choose, module_name, read_keep_list
from tools.errors import BuildError
from tools.paths import NODE_MODULES

LIBRARY = {
    "os.py": b"os",
    "json/__init__.py": b"json",
    "json/tool.py": b"tool",
    "jsonish.py": b"other",
    "json/notes.txt": b"text",
}


def test_files_become_dotted_names():
    assert module_name("json/__init__.py") == "json"
    assert module_name("json/tool.py") == "json.tool"


def test_comments_and_empty_lines_are_no_patterns():
    assert read_keep_list("# all\n\nos  # paths\n-json.tool\n") == ["os", "-json.tool"]


def test_a_name_keeps_one_module_only():
    assert choose(LIBRARY, ["json"]) == {"json/__init__.py": b"json"}


def test_a_star_keeps_the_package_but_neither_its_neighbours_nor_its_data():
    assert set(choose(LIBRARY, ["json.*"])) == {"json/__init__.py", "json/tool.py"}


def test_a_minus_takes_back_out():
    assert set(choose(LIBRARY, ["json.*", "-json.tool"])) == {"json/__init__.py"}


@pytest.mark.parametrize("pattern", ["jsn", "jsn.*", "-jsn"])
def test_a_pattern_that_names_nothing_fails(pattern):
    with pytest.raises(BuildError) as caught:
        choose(LIBRARY, ["os", pattern])
    assert caught.value.code == "stdlib-list-names-nothing"
    assert caught.value.data == {"pattern": pattern}


def test_the_list_of_the_project_keeps_under_half_of_the_library():
    with zipfile.ZipFile(NODE_MODULES / "pyodide" / "python_stdlib.zip") as archive:
        library = {name: archive.read(name) for name in archive.namelist()}
    kept = choose(library, read_keep_list(KEEP_LIST.read_text("utf-8")))
    assert sum(map(len, kept.values())) < sum(map(len, library.values())) / 2
    assert "typing.py" in kept
    assert "unittest/__init__.py" not in kept
