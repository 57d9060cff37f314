import os

import pytest

from tools.errors import BuildError
from wheels.recipe.root import check_machine, mirror


def test_the_mirror_is_the_machines_own(tmp_path, monkeypatch):
    monkeypatch.delenv("MEKIKI_DEBIAN_MIRROR", raising=False)
    folder = tmp_path / "sources.list.d"
    folder.mkdir()
    (folder / "debian.sources").write_text(
        "# a comment\nTypes: deb\nURIs: http://m.test/debian-security\n\n"
        "Types: deb\nURIs: http://m.test/debian\nSuites: stable\n"
    )

    assert mirror(tmp_path) == "http://m.test/debian"


def test_the_old_format_is_read_too(tmp_path, monkeypatch):
    monkeypatch.delenv("MEKIKI_DEBIAN_MIRROR", raising=False)
    (tmp_path / "sources.list").write_text(
        "deb [signed-by=/x.gpg] http://m.test/debian stable main\n"
    )

    assert mirror(tmp_path) == "http://m.test/debian"


def test_without_sources_the_error_says_so(tmp_path, monkeypatch):
    monkeypatch.delenv("MEKIKI_DEBIAN_MIRROR", raising=False)

    with pytest.raises(BuildError, match="no-mirror"):
        mirror(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="this is what others than root are told")
def test_only_root_may_build():
    with pytest.raises(BuildError, match="not-root"):
        check_machine()
