"""Files that are no models, or none that can run: told in words, in time, and nothing is lost."""

import time

import pytest
from onnx import TensorProto, helper

from tests.browser.app import App, models
from tests.browser.conftest import ENGINE_MS
from tests.browser.own.conftest import OwnRoom
from tests.opencv.hostile import models as hostile
from tools.paths import APP
from tools.screenshots.inputs import write_graph

SECONDS = 5


def foreign_operator() -> bytes:
    node = helper.make_node("Unheard", ["x"], ["y"], domain="example.org")
    ends = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 3, 8, 8]) for name in ("x", "y")
    ]
    graph = helper.make_graph([node], "g", ends[:1], ends[1:])
    opsets = [helper.make_opsetid("", 13), helper.make_opsetid("example.org", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8).SerializeToString()


def cut_off(folder) -> bytes:
    whole = write_graph(folder / "whole.onnx").read_bytes()
    return whole[: len(whole) // 2]


def of_two_gigabytes() -> bytes:
    """A header that claims 2 GB, and nothing behind it."""
    return b"\x08\x08\x3a\xff\xff\xff\xff\x07" + bytes(100)


# What to open, and a piece of what is said of it in each language.
FILES = {
    "no bytes": (lambda _: b"", "cannot read this model", "読めません"),
    "cut off": (cut_off, "cannot read this model", "読めません"),
    "a photo": (
        lambda _: (APP / "samples" / "cat.jpg").read_bytes(),
        "cannot read this model",
        "読めません",
    ),
    "2 GB in a header": (lambda _: of_two_gigabytes(), "cannot read this model", "読めません"),
    "200 MB": (lambda _: bytes(200 * 10**6), "67 MB", "67 MB"),
    "a cycle": (lambda _: hostile.cyclic(), "Does not run here", "動きません"),
    "weights elsewhere": (
        lambda _: hostile.in_another_file(),
        "Weights are in another file",
        "別のファイル",
    ),
    "absurd dimensions": (
        lambda _: hostile.model(
            [helper.make_node("Relu", ["x"], ["y"])], shape=(1, 2**20, 2**10, 2**10)
        ),
        "more memory than there is",
        "メモリー",
    ),
    "300 GB in a tensor": (lambda _: hostile.bomb(), "run", "動"),
    "an operator of somebody's": (
        lambda _: foreign_operator(),
        "not one of ONNX's own operators",
        "ONNX",
    ),
    "four colours": (
        lambda folder: write_graph(folder / "four.onnx", channels=4).read_bytes(),
        "not one picture of three colours",
        "3 色",
    ),
}
SAID = (
    "['#own-error', '#own-verdict', '#own-findings']"
    ".map((each) => document.querySelector(each).textContent).join(' ')"
)


@pytest.fixture(scope="module")
def app(open_module_context, module_server):
    """A page whose engine runs, and the addresses that it asked for."""
    watched = open_module_context()
    watched.expected.append("onnx_importer.cpp")  # OpenCV's own word on what it refuses
    watched.expected += ["Aborted()", "pyodide.asm.mjs"]  # of the decoder that ends the process
    app = App(watched.context.new_page(), module_server.url).open()
    app.asked = []
    app.page.on("request", lambda request: app.asked.append(request.url))
    app.sample("cat")
    return app


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_bad_file_is_told_in_words_in_time(app, module_server, tmp_path, kind, language):
    make, english, japanese = FILES[kind]
    path = tmp_path / "bad.onnx"
    path.write_bytes(make(tmp_path))
    if app.page.get_attribute("html", "lang") != language:
        app.page.click("#language")
    room, started = OwnRoom(app), time.monotonic()
    room.open(path)
    expected = english if language == "en" else japanese
    app.page.wait_for_timeout(50)
    while expected not in (said := app.page.evaluate(SAID)):
        assert time.monotonic() - started < SECONDS, said
        app.page.wait_for_timeout(50)
    assert "{" not in said
    assert app.page.locator("#own-keep").is_hidden()
    room.close()
    strangers = [url for url in app.asked if not url.startswith((module_server.url, "blob:"))]
    assert strangers == []


def test_after_all_of_them_the_app_detects_as_before(app):
    if app.page.get_attribute("html", "lang") != "en":
        app.page.click("#language")
    found = app.sample("dog")
    assert found["model"] == models()[0]
    assert "bicycle" in [each["label"] for each in found["detections"]]
    assert app.page.locator("#model option").count() == len(models())


def test_a_model_that_takes_the_worker_down_leaves_the_app_standing(app, files):
    """Whatever a decoder of one's own does: the engine starts anew, and what was typed stays."""
    room = OwnRoom(app)
    room.open(files / "Brightness 2.onnx").tried().choose(kind="python")
    code = "import os\n\ndef decode(outputs, spec):\n    os.abort()\n"
    room.page.fill("#own-code", code)
    room.page.check("#own-agreed")
    room.page.click("#own-run")
    room.has("error", "The engine stopped", ENGINE_MS)
    assert room.page.input_value("#own-code") == code
    room.choose(kind="classification").tried()
    room.has("found", "Found", ENGINE_MS)
    room.close()
    assert app.sample("dog")["detections"]
