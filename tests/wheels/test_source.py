import io
import os
import shutil
import tarfile

import pytest

from tools.errors import BuildError
from wheels.recipe.source import patches_in, prepare

PROSE = "Says what it changes and why that is right, in ten words or more.\n"
ONE = "--- a/one.c\n+++ b/one.c\n@@ -1 +1 @@\n-old\n+new\n"
TWO = "--- a/one.c\n+++ b/one.c\n@@ -1 +1 @@\n-new\n+newer\n"

pytestmark = pytest.mark.skipif(shutil.which("patch") is None, reason="needs the patch command")


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "thing-1.0.tar.gz"
    with tarfile.open(path, "w:gz") as tar:
        for name, text in (("one.c", "old\n"), ("two.c", "same\n"), (".git", "gitdir: ../x\n")):
            entry = tarfile.TarInfo(f"thing-1.0/inner/{name}")
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text.encode()))
        tar.addfile(tarfile.TarInfo("thing-1.0/outside.c"))
    return path


def patch(folder, name, body, prose=PROSE):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(prose + body)


def test_patches_are_applied_in_order_to_the_inner_folder_alone(tmp_path, archive):
    patch(tmp_path / "patches", "0002-two.patch", TWO)
    patch(tmp_path / "patches", "0001-one.patch", ONE)

    prepare(archive, "inner", patches_in(tmp_path / "patches"), tmp_path / "src")

    assert (tmp_path / "src/one.c").read_text() == "newer\n"
    assert sorted(path.name for path in (tmp_path / "src").iterdir()) == ["one.c", "two.c"]


def test_a_new_patch_touches_only_the_files_that_it_changes(tmp_path, archive):
    prepare(archive, "inner", [], tmp_path / "src")
    for name in ("one.c", "two.c"):
        os.utime(tmp_path / "src" / name, (1000, 1000))
    patch(tmp_path / "patches", "0001-one.patch", ONE)

    prepare(archive, "inner", patches_in(tmp_path / "patches"), tmp_path / "src")

    assert (tmp_path / "src/one.c").stat().st_mtime > 1000
    assert (tmp_path / "src/two.c").stat().st_mtime == 1000


def test_a_patch_taken_away_is_undone(tmp_path, archive):
    patch(tmp_path / "patches", "0001-one.patch", ONE)
    prepare(archive, "inner", patches_in(tmp_path / "patches"), tmp_path / "src")

    prepare(archive, "inner", [], tmp_path / "src")

    assert (tmp_path / "src/one.c").read_text() == "old\n"


def test_a_repository_in_the_sources_and_a_folder_named_cache_do_no_harm(tmp_path, archive):
    target = tmp_path / ".cache/src"
    (target / ".git").mkdir(parents=True)
    (target / ".git/HEAD").write_text("ref")

    prepare(archive, "inner", [], target)

    assert (target / "one.c").read_text() == "old\n"
    assert (target / ".git/HEAD").read_text() == "ref"


def test_a_patch_that_does_not_apply_stops_the_build_by_name(tmp_path, archive):
    patch(tmp_path / "patches", "0001-two.patch", TWO)

    with pytest.raises(BuildError, match="patch-failed") as error:
        prepare(archive, "inner", patches_in(tmp_path / "patches"), tmp_path / "src")

    assert error.value.data["patch"] == "0001-two.patch"
    assert not (tmp_path / "src").exists()


def test_a_patch_without_prose_is_refused(tmp_path):
    patch(tmp_path / "patches", "0001-one.patch", ONE, prose="")

    with pytest.raises(BuildError, match="patch-without-prose"):
        patches_in(tmp_path / "patches")
