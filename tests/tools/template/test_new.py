"""A new project made from this one: built, served, opened in Chromium, and it detects."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tools.errors import BuildError
from tools.paths import CACHE, ROOT
from tools.template.command import make_project
from tools.template.names import package_name
from tools.template.sources import project_files

NAME = "Blue & 青"  # refused below: what a name may not have
GOOD = "Blue 青"


def run(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "tools", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("new") / "blue"
    done = run(ROOT, "new", folder, "--name", GOOD)
    assert done.returncode == 0, done.stderr
    assert f"cd {folder}" in done.stdout
    return folder


@pytest.fixture(scope="module")
def built(made):
    """Set up as `make` would: what this project has set up already is taken."""
    for name in (".venv", "node_modules"):
        (made / name).symlink_to((ROOT / name).resolve())
    prepared = made / ".cache" / "models"  # the new model's files go there too
    prepared.mkdir(parents=True)
    for path in [*CACHE.iterdir(), *(CACHE / "models").iterdir()]:
        if path.name != prepared.name:
            (made / path.relative_to(ROOT)).symlink_to(path.resolve())
    done = run(made, "build")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "'example'" in done.stdout
    return made


def test_it_has_its_own_name_everywhere_and_none_of_our_history(made):
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    assert (manifest["name"], manifest["short_name"]) == (GOOD, GOOD)
    assert "id" not in manifest
    page = (made / "app" / "index.html").read_text("utf-8")
    assert f"<title>{GOOD}</title>" in page
    assert f"<h1>{GOOD}</h1>" in page
    assert json.loads((made / "package.json").read_text("utf-8"))["name"] == "blue"
    assert not (made / "CHANGELOG.md").exists()
    assert not (made / ".git").exists()
    assert os.access(made / "tools" / "install-chromium", os.X_OK)


def test_its_readme_is_its_own_and_ours_still_leads_to_files(made):
    assert (made / "README.md").read_text("utf-8").startswith(f"# {GOOD}\n")
    for file in (made / "README.md", made / "docs" / "mekiki.md"):
        text = file.read_text("utf-8")
        links = re.findall(r'(?:\]\(|src=")(?!https?:|#)([^)"#]+)', text)
        assert len(links) >= 3
        assert [link for link in links if not (file.parent / link).exists()] == []


def test_the_workflow_pins_every_action(made):
    text = (made / ".github" / "workflows" / "pages.yml").read_text("utf-8")
    uses = re.findall(r"uses: (\S+)", text)
    assert len(uses) == 5
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", each) for each in uses)


def test_it_builds_serves_and_finds_what_its_example_looks_for(built):
    pictures = built / "pictures"
    pictures.mkdir()
    shutil.copy(built / "app" / "samples" / "person.jpg", pictures)
    done = run(built, "detect", pictures, "--model", "example", "--both", "--format", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    ((row),) = json.loads(done.stdout)["pictures"]
    (found,) = row["browser"]["detections"]
    assert found["label"] == "blue thing"
    box = [found["box"][side] for side in ("x", "y", "width", "height")]
    assert box == pytest.approx([192, 121, 77, 125], abs=8)  # of the jacket, measured by hand
    assert GOOD in (built / "dist" / "index.html").read_text("utf-8")


def test_its_own_checks_pass(built):
    models = run(built, "models")
    assert models.returncode == 0, models.stdout
    assert "example: right" in models.stdout
    tests = [sys.executable, "-m", "pytest", "tests/engine/test_real_models.py", "-k", "example"]
    done = subprocess.run(tests, cwd=built, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    lint = [sys.executable, "-m", "ruff"]
    for what in (["check"], ["format", "--check"]):
        done = subprocess.run([*lint, *what], cwd=built, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout


def test_a_full_folder_is_left_alone_and_names_are_checked(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BuildError) as caught:
        make_project(tmp_path, "x")
    assert caught.value.code == "folder-not-empty"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(BuildError) as caught:
        make_project(ROOT / "dist" / "inside", "x")
    assert caught.value.code == "folder-inside"
    refused = run(ROOT, "new", tmp_path / "other", "--name", NAME)
    assert "name-not-taken" in refused.stderr
    assert not (tmp_path / "other").exists()
    assert package_name("青") == "app"


def test_what_was_made_makes_no_other(made, tmp_path):
    refused = run(made, "new", tmp_path / "third")
    assert refused.returncode == 1
    assert "not-the-template" in refused.stderr


def test_without_git_the_same_files_are_found(made):
    assert not (made / ".git").exists()
    tracked = {path for path in project_files() if path.parts[0] in ("py", "mpy", "models")}
    walked = {path for path in project_files(made) if path.parts[0] in ("py", "mpy", "models")}
    ours = {path for path in walked if "example" not in path.parts}
    assert ours == tracked
