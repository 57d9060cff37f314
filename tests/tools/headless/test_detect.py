"""`python -m tools detect`, as it is called: the built app in a real Chromium."""

import json
import shutil
import subprocess
import sys

import cv2
import pytest

from tools.paths import APP, DIST, ROOT

pytestmark = pytest.mark.skipif(not (DIST / "index.html").is_file(), reason="needs `make build`")
MODEL = "centernet-coco"  # made from npm and PyPI packages: every machine has it


def detect(*arguments):
    command = [sys.executable, "-m", "tools", "detect", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A photo, one larger than the page sends on, what is no picture, what is not meant."""
    folder = tmp_path_factory.mktemp("pictures")
    shutil.copy(APP / "samples" / "dog.jpg", folder / "dog.jpg")
    large = cv2.resize(cv2.imread(str(APP / "samples" / "coffee.jpg")), (2400, 1600))
    cv2.imwrite(str(folder / "large.png"), large)
    (folder / "broken.jpg").write_text("no picture")
    (folder / "notes.txt").write_text("not meant")
    return folder


@pytest.fixture(scope="module")
def both(folder):
    return detect(folder, "--both", "--model", MODEL, "--threshold", 0.3, "--format", "json")


def test_browser_and_native_agree_and_what_is_no_picture_stops_nothing(both):
    assert both.returncode == 1  # for the broken one
    answer = json.loads(both.stdout)
    assert answer["model"] == MODEL
    by_file = {each["file"]: each for each in answer["pictures"]}
    assert sorted(by_file) == ["broken.jpg", "dog.jpg", "large.png"]
    assert "error" in by_file["broken.jpg"]
    assert "broken.jpg" in both.stderr
    for name, label in (("dog.jpg", "dog"), ("large.png", "cup")):
        row = by_file[name]
        for side in ("browser", "native"):
            assert row[side]["threshold"] == pytest.approx(0.3)
            assert label in {each["label"] for each in row[side]["detections"]}
        assert row["agreement"]["agrees"], row["agreement"]
        assert row["agreement"]["pairs"] >= 1


def test_the_page_gets_the_file_itself_and_lines_have_file_class_score_and_box(tmp_path):
    shutil.copy(APP / "samples" / "dog.jpg", tmp_path)
    done = detect(tmp_path, "--model", MODEL)
    assert done.returncode == 0, done.stderr
    *lines, last = done.stdout.splitlines()
    rows = [line.split("\t") for line in lines]
    assert {"dog", "bicycle"} <= {row[1] for row in rows}
    for file, _label, score, box in rows:
        assert file == "dog.jpg"
        assert 0.3 <= float(score) <= 1
        assert len([float(each) for each in box.split()]) == 4
    assert last == f"# {MODEL}: {len(lines)} found in 1 of 1 pictures"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "no-such-folder: folder=nowhere"),
        (["docs/decisions"], "no-pictures: folder=docs/decisions"),
        (["app/samples", "--model", "nonesuch"], "model-not-in-site: model=nonesuch site_has="),
        (["app/samples", "--threshold", "30"], "threshold-not-taken: threshold=30.0"),
    ],
)
def test_what_cannot_be_done_is_said(arguments, said):
    done = detect(*arguments)
    assert done.returncode == 1
    assert said in done.stderr
