import hashlib

import pytest

from tools.errors import BuildError
from wheels.recipe.fetch import fetch, link_in
from wheels.recipe.pins import Pinned

BODY = b"an sdist"
PINNED = Pinned("thing", "1.0", "thing-1.0.tar.gz", hashlib.sha256(BODY).hexdigest())


def test_a_file_from_the_local_folder_is_kept(tmp_path, monkeypatch):
    local = tmp_path / "local"
    local.mkdir()
    (local / PINNED.name).write_bytes(BODY)
    monkeypatch.setenv("MEKIKI_SDISTS", str(local))

    path = fetch(PINNED, tmp_path / "kept")

    assert path.read_bytes() == BODY
    (local / PINNED.name).unlink()
    assert fetch(PINNED, tmp_path / "kept") == path


def test_a_file_with_another_sha256_is_refused_and_not_kept(tmp_path, monkeypatch):
    (tmp_path / PINNED.name).write_bytes(BODY + b"!")
    monkeypatch.setenv("MEKIKI_SDISTS", str(tmp_path))

    with pytest.raises(BuildError, match="checksum-differs") as error:
        fetch(PINNED, tmp_path / "kept")

    assert error.value.data["wanted"] == PINNED.sha256
    assert list((tmp_path / "kept").iterdir()) == []


def test_a_link_is_found_by_file_name_relative_or_absolute():
    page = """<a href="../../files/thing-1.0.tar.gz#sha256=00">thing-1.0.tar.gz</a>
    <a data-requires-python="&gt;=3" href="/x/other-1.0.tar.gz">other-1.0.tar.gz</a>"""
    url = "http://index.test/simple/thing/"

    assert link_in(page, url, "thing-1.0.tar.gz") == "http://index.test/files/thing-1.0.tar.gz"
    assert link_in(page, url, "other-1.0.tar.gz") == "http://index.test/x/other-1.0.tar.gz"
    assert link_in(page, url, "thing-1.1.tar.gz") is None
