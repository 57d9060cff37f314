"""docs/models.md, followed to the letter in a copy of the project, until the app has found it."""

import ast
import os
import re
import shutil
import signal
import subprocess
import textwrap

import onnx
import pytest

from tests.blue_detector import JACKET, blue_detector, in_jacket
from tests.browser.app import App
from tools.paths import APP, CACHE, ROOT

GUIDE = ROOT / "docs" / "models.md"
# Fenced: a language, where the text belongs if it is a file, and the text.
BLOCK = re.compile(r"^ *```(sh|json|python)(?: (\S+))?\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
SET_UP = (".venv", "node_modules", ".cache")  # what `make run` has made before
LEFT = (*SET_UP, ".git", "dist", "reports", "wheels", "__pycache__", ".*_cache")
SERVE = "make run"
FOLDER = re.compile(r"^\.venv/bin/python -m tools doctor model\.onnx --folder .*$", re.MULTILINE)


def steps():
    """Each step of the guide: its language, where it belongs or None, and its text."""
    found = BLOCK.findall(GUIDE.read_text("utf-8"))
    return [(kind, path or None, textwrap.dedent(text)) for kind, path, text in found]


def python_lines():
    """The lines of Python that the guide has written, by what is in them."""
    lines = []
    for kind, _, text in steps():
        codes = re.findall(r"python -c '([^']+)'", text) if kind == "sh" else [text]
        if kind in ("sh", "python"):
            for code in codes:
                ast.parse(code)
                lines += [line for line in code.splitlines() if line.strip()]
    return lines


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the project, set up as this one is."""
    copy = tmp_path_factory.mktemp("new") / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT))
    for name in (".venv", "node_modules", "wheels"):
        (copy / name).symlink_to((ROOT / name).resolve())
    made = copy / ".cache" / "models"  # where the new ones go as well
    made.mkdir(parents=True)
    for path in [*CACHE.iterdir(), *(CACHE / "models").iterdir()]:
        if path.name != made.name:
            (copy / path.relative_to(ROOT)).symlink_to(path.resolve())
    for name in ("requirements.txt", "package.json", "package-lock.json"):
        os.utime(copy / name, (0, 0))  # older than what was set up with them
    return copy


@pytest.fixture(scope="module")
def environment():
    """That of this process; nothing may come from elsewhere, and any port will do."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MEKIKI_")}
    return kept | {"PORT": "0"}


@pytest.fixture(scope="module")
def followed(project, environment):
    """What the commands before the last one printed."""
    printed = []
    *commands, last = steps()
    assert last == ("sh", None, f"{SERVE}\n")
    for kind, path, text in commands:
        if path is not None:
            (project / path).write_text(text, "utf-8")
        else:
            assert kind == "sh"
            done = subprocess.run(
                ["bash", "-e", "-c", text],
                cwd=project,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            printed.append(done.stdout)
    return printed


@pytest.fixture(scope="module")
def known(project, environment, followed):
    """What the doctor said when it made a folder of a detector of a known kind."""
    assert followed
    onnx.save(blue_detector(), project / "model.onnx")
    (command,) = FOLDER.findall(GUIDE.read_text("utf-8"))
    done = subprocess.run(
        command.split(), cwd=project, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(scope="module")
def address(project, environment, known):
    """Where `make run` serves the app, with all the steps before it done."""
    assert known
    command = subprocess.Popen(
        ["bash", "-c", SERVE],
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said, found = [], None
    for line in command.stdout:
        said.append(line)
        if found := re.search(r"mekiki is at (http://\S+)", line):
            break
    assert found, "".join(said)
    yield found[1]
    os.killpg(command.pid, signal.SIGTERM)  # a job in the background ignores SIGINT
    command.wait(60)
    command.stdout.close()


def test_the_doctor_says_that_it_runs(followed):
    assert "model.onnx: Runs here." in followed[0]
    assert "The same numbers." in followed[0]


def test_the_folder_is_right_and_the_photo_too(followed):
    assert "\nblue: right\n" in followed[1]
    assert re.search(r"\n\d+ passed", followed[1])


def test_the_app_finds_it(open_context, address):
    app = App(open_context(origin=address).context.new_page(), address).open("?model=blue")

    result = app.photo(APP / "samples" / "person.jpg")

    assert result["model"] == "blue"
    (found,) = [each for each in result["detections"] if each["score"] >= result["threshold"]]
    assert found["label"] == "blue thing"
    box = [found["box"][side] for side in ("x", "y", "width", "height")]
    assert box == pytest.approx(JACKET, abs=8)  # two squares of the model
    assert [each.split("\n")[0] for each in app.listed()] == ["blue thing"]


def test_a_detector_of_a_known_kind_needs_no_python(open_context, address, known):
    assert "detection, decoder yolov8, input 320 x 256 RGB" in known
    app = App(open_context(origin=address).context.new_page(), address).open("?model=my-model")

    result = app.photo(APP / "samples" / "person.jpg")

    assert result["model"] == "my-model"
    assert len(result["detections"]) > 0
    for found in result["detections"]:
        assert found["label"] == "blue thing"
        assert in_jacket([found["box"][side] for side in ("x", "y", "width", "height")])


def test_it_takes_less_than_fifteen_lines_of_python():
    assert 5 < len(python_lines()) < 15
