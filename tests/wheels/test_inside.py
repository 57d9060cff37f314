import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.errors import BuildError
from wheels.recipe.inside import environment, isolated, stream
from wheels.recipe.places import Places


def _may_mount():
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    trial = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "true"]
    return subprocess.run(trial, capture_output=True, check=False).returncode == 0


needs_root = pytest.mark.skipif(not _may_mount(), reason="needs root and mount namespaces")


@pytest.fixture
def places(tmp_path):
    """A root without a system: nothing in it can run, so commands fail after the mounts."""
    for name in ("root/proc", "root/dev", "root/wheels", "w"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "w/here").write_text("")
    return Places(tmp_path)


@needs_root
def test_no_mount_is_left_after_a_command_that_fails(places, tmp_path):
    with pytest.raises(BuildError, match="command-failed") as error:
        stream(isolated(places, ["no-such"], {}), tmp_path / "log", environment({}), None, "x")

    assert "no-such" in error.value.data["tail"]  # chroot said so, after the mounts
    assert str(tmp_path) not in Path("/proc/self/mounts").read_text()


@needs_root
def test_the_mounts_are_there_for_the_command_and_nobody_else(places, tmp_path):
    shown = isolated(places, ["no-such"], {})
    script = shown[-1].replace("exec chroot", f"ls {tmp_path}/root/wheels; : chroot")

    printed = stream([*shown[:-1], script], tmp_path / "log", environment({}), None, "x")

    assert printed.split() == ["here"]
    assert list((tmp_path / "root/wheels").iterdir()) == []


def test_no_setting_of_the_machine_reaches_the_compiler(monkeypatch):
    monkeypatch.setenv("CFLAGS", "-O0")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")

    assert not {"CFLAGS", "PYTHONPATH"} & environment({}).keys()


def test_a_failed_command_names_its_log_and_shows_its_end(tmp_path):
    command = ["sh", "-c", "seq 1 100; exit 3"]

    with pytest.raises(BuildError, match="command-failed") as error:
        stream(command, tmp_path / "log", os.environ, None, "seq")

    assert error.value.data["status"] == 3
    assert error.value.data["tail"].splitlines()[-1] == "100"
    assert (tmp_path / "log").read_text().startswith("1\n2\n")


@needs_root
def test_what_runs_inside_dies_with_the_recipe(places):
    command = isolated(places, ["no-such"], {})
    command[-1] = "echo here; exec sleep 60"
    code = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    parent = subprocess.Popen([sys.executable, "-c", code, *command], stdout=subprocess.PIPE)
    assert parent.stdout.readline() == b"here\n"

    parent.kill()
    parent.wait()

    assert parent.stdout.read() == b""  # its end: nobody holds the pipe any more
    parent.stdout.close()


@needs_root
def test_the_compiler_finds_memory_at_the_same_places_every_time(places, tmp_path):
    shown = isolated(places, ["no-such"], {})
    script = shown[-1].replace("exec chroot", "cat /proc/self/personality; : chroot")

    printed = stream([*shown[:-1], script], tmp_path / "log", environment({}), None, "x")

    assert int(printed, 16) & 0x0040000  # ADDR_NO_RANDOMIZE, personality(2)
