"""From a file to detections, kept, changed, and without a network."""

import json

import cv2
import numpy as np
import onnx
import pytest

from tests.browser.app import App, models
from tests.browser.conftest import DIST, ENGINE_MS, Server, wait_until
from tests.browser.own.conftest import OwnRoom
from tests.engine import test_decode_yunet as yunet
from tools.paths import MODELS

FAULTY = """
import numpy as np
from mekiki.detection import Candidates

def decode(outputs, spec):
    scores = outputs["score"][0]
    boxes = np.array([[1, 2, 5, 6], [2, 2, 8, 8]], np.float32)
    return Candidates(boxes, scores.copy(), np.arange(2, dtype=np.int32))
"""
# The network gets 0..1, so that its answer is known: 204 / 255 of it is bright.
PLAIN = {"scale": "unit"}


def test_a_file_is_examined_and_tried_and_says_what_it_rests_on(room, files):
    room.open(files / "Brightness 2.onnx").tried()
    assert "Runs here" in room.text("verdict")
    assert "scores: 1 × 2" in room.text("why")
    assert "The file names its 2 classes" in room.text("why")
    facts = room.page.text_content("#own-facts")
    for fact in ("opset 13", "2 of 2 kinds", "Gemm × 1", "picture: float32, 1 × 3 × 8 × 8"):
        assert fact in facts
    assert room.page.input_value("#own-kind") == "classification"
    assert room.page.input_value("#own-labels") == "dark\nbright"


def test_every_change_is_seen_on_the_picture(room):
    room.choose(**PLAIN).has("found", "bright × 1").has("found", "dark × 1")
    room.page.fill("#own-labels", "night\nday")
    room.has("found", "day × 1")
    room.page.fill("#own-threshold", "50")  # of the two only the one with 0.8
    room.has("labels-said", "2 labels")
    wait_until(room.page, "!document.querySelector('#own-found').textContent.includes('night')")


def test_kept_it_is_used_with_what_was_said_of_it(room):
    app = room.app
    found = app.next_result(room.keep)
    assert found["model"].startswith("own-brightness-2-")
    assert app.page.input_value("#model") == found["model"]
    (each,) = found["detections"]
    assert (each["label"], each["whole"]) == ("day", True)
    assert each["score"] == pytest.approx(0.8, abs=0.001)
    card = f"#models-list article[data-model='{found['model']}']"
    app.page.click("[data-room=models]")
    app.page.locator(card).wait_for()
    assert "In use" in app.page.inner_text(card)
    assert "What a picture shows" in app.page.inner_text("#models-list")
    app.page.keyboard.press("Escape")


def test_changed_later_it_is_the_same_model_with_other_facts(room):
    page, app = room.page, room.app
    model = page.input_value("#model")
    page.click("[data-room=models]")
    page.click(f"#models-list article[data-model='{model}'] [data-act=edit]")
    room.tried().has("found", "day × 1")
    page.fill("#own-called", "Lamp")
    page.fill("#own-labels", "off\non")
    room.has("found", "on × 1")
    found = app.next_result(room.keep)
    assert (found["model"], found["detections"][0]["label"]) == (model, "on")
    names = page.locator("#model option").all_inner_texts()
    assert [name for name in names if name.startswith("Lamp")] != []


def test_without_a_network_and_after_a_restart_it_detects(room, files, module_server):
    app, model = room.app, room.page.input_value("#model")
    wait_until(app.page, "!document.querySelector('#badge-offline').hidden", ENGINE_MS)
    module_server.kill()
    try:
        app.reload()
        found = app.photo(files / "grey.png")
        assert (found["model"], found["detections"][0]["label"]) == (model, "on")
    finally:
        module_server.start()


def test_removed_it_is_gone_and_the_file_brings_it_back(room, files):
    page = room.page
    model = page.input_value("#model")
    page.click("[data-room=models]")
    page.click(f"#models-list article[data-model='{model}'] [data-act=remove]")
    wait_until(page, f"document.querySelector('#model').value === '{models()[0]}'")
    assert page.locator(f"#model option[value='{model}']").count() == 0
    keys = "caches.open(`mekiki-own:${location.pathname}`).then((cache) => cache.keys())"
    assert page.evaluate(f"{keys}.then((keys) => keys.length)") == 0
    room.open(files / "Brightness 2.onnx").tried().choose(**PLAIN)
    found = room.app.next_result(room.keep)
    assert found["model"] == model


def test_python_runs_only_after_it_was_agreed_to_and_errors_point_to_their_line(room, files):
    page = room.page
    room.open(files / "Brightness 2.onnx").tried().choose(**PLAIN, kind="python")
    page.locator("#own-python").wait_for()
    assert 'outputs["scores"]  (1, 2)' in page.input_value("#own-code")
    page.fill("#own-code", FAULTY)
    page.click("#own-keep")
    room.has("said", "agree to it first")
    page.check("#own-agreed")
    page.click("#own-run")
    room.has("error", "decode.py, line 6")
    selected = page.evaluate(
        "(({ value, selectionStart, selectionEnd }) => value.slice(selectionStart, selectionEnd))"
        "(document.querySelector('#own-code'))"
    )
    assert selected == '    scores = outputs["score"][0]'
    page.fill("#own-code", FAULTY.replace('"score"', '"scores"'))
    page.click("#own-run")
    room.has("found", "bright × 1").has("found", "dark × 1")
    assert room.text("error") == ""
    found = room.app.next_result(room.keep)
    best = found["detections"][0]
    assert (best["label"], "whole" in best) == ("bright", False)
    assert best["box"]["x"] == pytest.approx(10, abs=0.1)  # 2 of 8 px, of 40


PRYING = """
import js

from mekiki.decoder import Candidates

reached = [name for name in ("indexedDB", "caches", "BroadcastChannel") if hasattr(js, name)]
reached += [name for name in ("storage", "locks") if hasattr(js.navigator, name)]
request = js.XMLHttpRequest.new()
request.open("GET", "{foreign}", False)
try:
    request.send()
    reached.append("another host")
except Exception:
    pass


def decode(outputs, spec):
    raise ValueError("reached: " + (", ".join(reached) or "nothing"))
"""


def test_a_decoder_reaches_no_other_host_and_nothing_that_is_kept(room, files, tmp_path):
    other = Server(DIST, log=tmp_path / "other.log").start()  # another port is another origin
    try:
        room.watched.expected += ["foreign request", "Content Security Policy"]
        room.open(files / "Brightness 2.onnx").tried().choose(**PLAIN, kind="python")
        room.page.fill("#own-code", PRYING.replace("{foreign}", other.url))
        room.page.check("#own-agreed")
        room.page.click("#own-run")
        room.has("error", "reached: nothing")
        assert other.requests() == []
    finally:
        other.kill()


def test_any_model_can_be_looked_at_in_numbers(room, files):
    room.open(files / "Brightness 2.onnx").tried().choose(**PLAIN, kind="tensors")
    room.has("found", "It gives: scores 1 × 2")
    found = room.app.next_result(room.keep)
    assert found["detections"] == []
    assert found["tensors"][0]["values"] == pytest.approx([0.2, 0.8], abs=0.001)
    assert "scores · 1 × 2 · float32" in room.page.inner_text("#tensors")


def test_the_size_of_an_open_graph_can_be_chosen(room, files):
    room.open(files / "open.onnx").tried()
    assert "leaves its size open" in room.text("why")
    room.page.fill("#own-width", "64")
    room.page.fill("#own-height", "32")
    room.choose(**PLAIN).has("found", "bright × 1")
    room.app.next_result(room.keep)
    kept = json.loads(room.page.evaluate("localStorage.getItem(`mekiki:${location.pathname}:own`)"))
    (entry,) = [each for each in kept if each["id"].startswith("own-open-")]
    assert entry["sizes"][0] == [64, 32]


def test_closed_without_keeping_the_model_in_use_is_back(room, files):
    app = room.app
    used = app.page.input_value("#model")
    room.open(files / "Brightness 2.onnx").tried()
    found = app.next_result(room.close)
    assert found["model"] == used


def test_both_languages(room, files):
    room.open(files / "Brightness 2.onnx").tried()
    switch = "document.querySelector('#language').click()"
    room.page.evaluate(switch)
    try:
        room.has("verdict", "動き").has("why", "推測").has("found", "見つかったもの")
        assert "演算" in room.page.text_content("#own-facts")
    finally:
        room.page.evaluate(switch)
    room.has("verdict", "Runs here")


def test_names_in_a_file_are_text_and_not_markup(room, files, tmp_path):
    told = onnx.load(files / "Brightness 2.onnx")
    told.producer_name = "<img src=x onerror=alert(1)><b>bold</b>"
    onnx.save(told, tmp_path / "hostile.onnx")
    room.open(tmp_path / "hostile.onnx").tried()
    assert "<b>bold</b>" in room.page.text_content("#own-facts")
    assert room.page.locator("#own-facts img, #own-facts b").count() == 0


def test_a_model_that_the_browser_threw_away_says_so(open_module_context, module_server, files):
    watched = open_module_context()
    app = App(watched.context.new_page(), module_server.url).open()
    app.photo(files / "grey.png")
    room = OwnRoom(app, watched)
    room.open(files / "Brightness 2.onnx").tried()
    app.next_result(room.keep)
    app.page.evaluate("caches.delete(`mekiki-own:${location.pathname}`)")
    app.reload()
    app.choose(files / "grey.png")
    wait_until(app.page, "document.querySelector('#engine').dataset.state === 'failed'", ENGINE_MS)
    assert "Open the file again" in app.page.inner_text("#engine-text")
    app.next_result(lambda: app.page.select_option("#model", models()[0]))


def test_a_decoder_may_run_the_model_with_a_class_of_opencv(room, tmp_path):
    """YuNet's own decoder, with a graph of its shape: cv2.FaceDetectorYN in WebAssembly."""
    (tmp_path / "yunet.onnx").write_bytes(yunet.graph(yunet.FACE))
    cv2.imwrite(str(tmp_path / "blue.png"), np.full((640, 640, 3), (255, 0, 0), np.uint8))
    room.app.photo(tmp_path / "blue.png")
    room.open(tmp_path / "yunet.onnx").tried()
    room.choose(kind="python", colour="BGR", scale="bytes")
    room.page.fill("#own-labels", "face")
    room.page.fill("#own-code", (MODELS / "yunet" / "decode.py").read_text("utf-8"))
    room.page.check("#own-agreed")
    room.page.click("#own-run")
    room.has("found", "face × 1")
    found = room.app.next_result(room.keep)
    (face,) = found["detections"]
    box = [face["box"][key] for key in ("x", "y", "width", "height")]
    assert box == pytest.approx([136, 24, 64, 128], abs=0.5)
    assert face["score"] == pytest.approx(yunet.SCORE, abs=0.01)
    assert [point[:2] for point in face["points"]] == [
        pytest.approx(place, abs=0.5) for place in yunet.PLACES
    ]
