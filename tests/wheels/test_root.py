import os
from pathlib import Path

import pytest

from tests.wheels.test_inside import needs_root
from tools.errors import BuildError
from wheels.recipe.pins import read_pins
from wheels.recipe.places import Places
from wheels.recipe.root import check_machine, make_root, mirror


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


@needs_root
def test_no_mount_is_left_by_a_debootstrap_that_dies(tmp_path, monkeypatch):
    """The real one mounts /proc and /sys, and the next call removes the folder they are in."""
    fake = tmp_path / "bin/debootstrap"
    fake.parent.mkdir()
    fake.write_text(
        f"#!/bin/sh\nset -e\nmkdir -p {tmp_path}/root/proc\n"
        f"mount -t proc proc {tmp_path}/root/proc\ncat /proc/mounts\nkill -KILL $$\nexit 3\n"
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}:{os.environ['PATH']}")
    monkeypatch.setenv("MEKIKI_DEBIAN_MIRROR", "http://m.test/debian")

    with pytest.raises(BuildError, match="command-failed"):
        make_root(Places(tmp_path), read_pins())

    assert f"{tmp_path}/root/proc" in (tmp_path / "logs/root.log").read_text()
    assert str(tmp_path) not in Path("/proc/self/mounts").read_text()
