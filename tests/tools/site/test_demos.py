import json
import struct

import pytest

from tools.errors import BuildError
from tools.paths import NODE_MODULES
from tools.site import demos
from tools.site.demo_data import on_grid, packages


def polygon(points):
    """A .shp of one ring."""
    flat = [number for point in points for number in point]
    body = struct.pack("<i4d2i", 5, 0, 0, 1, 1, 1, len(points)) + struct.pack("<i", 0)
    body += struct.pack(f"<{len(flat)}d", *flat)
    return bytes(100) + struct.pack(">2i", 1, len(body) // 2) + body


def corners(shapefile, count):
    return struct.unpack(f"<{2 * count}d", shapefile[-16 * count :])


def test_corners_move_to_the_nearest_line_of_the_grid_and_nothing_else_changes():
    before = polygon([(0.1, 0.26), (10.49, -3.74), (0.1, 0.26)])
    two = before + before[100:]

    after = on_grid(two, 4)

    assert len(after) == len(two)
    assert corners(after, 3) == (0, 0.25, 10.5, -3.75, 0, 0.25)
    assert corners(after[: len(before)], 3) == corners(after, 3)
    assert after[: 100 + 8 + 48] == two[: 100 + 8 + 48]


def test_packages_are_those_of_the_lock_file_and_what_it_lacks():
    lock = json.loads((NODE_MODULES / "pyodide" / "pyodide-lock.json").read_text())
    found = packages(lock)
    versions = dict(found["packages"])
    assert versions["numpy"] == lock["packages"]["numpy"]["version"]
    assert "torch" in found["without"]
    assert not set(found["without"]) & set(versions)
    assert not any(name.endswith("-tests") for name in versions)


def test_a_demo_that_names_a_missing_file_or_interpreter_fails_the_build(tmp_path, monkeypatch):
    facts = {"order": 1, "interpreters": ["jython"], "programs": [{"files": ["main.py"]}]}
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "demo.json").write_text(json.dumps(facts))
    monkeypatch.setattr(demos, "DEMOS", tmp_path)
    with pytest.raises(BuildError) as raised:
        demos.all_demos()
    assert raised.value.code == "demo-wrong"
    assert raised.value.data == {"demo": "bad", "missing": ["main.py"], "unknown": ["jython"]}


def test_pages_hold_the_source_as_it_is_and_relative_addresses_only(tmp_path):
    demos.write_demo_pages(tmp_path, "shell-0")
    page = (tmp_path / "demos" / "tictactoe" / "index.html").read_text()
    assert "board[:field] + mark + board[field + 1 :]" in page
    assert "if step and 0 &lt;= to &lt; 9" in page
    for path in tmp_path.rglob("*.html"):
        text = path.read_text()
        assert "{{" not in text and "></span></span>" not in text
        assert 'src="/' not in text and 'href="/' not in text
        assert "<style" not in text and " style=" not in text
        assert text.count('lang="ja"') == text.count('lang="en"') - 1  # of the page itself
