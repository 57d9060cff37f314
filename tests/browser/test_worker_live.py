"""The worker as the camera and the list of models use it: objects are followed, the input has
another size, a file tells what it is. One engine for all."""

import pytest

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS
from tests.browser.test_worker import Worker, address

FACES, THINGS = "blazeface-back", "centernet-coco"

# A frame is the sample photo, moved to the left by some pixels; a message may carry more.
FRAMES = """() => {
  globalThis.frame = async (photo, left, track) => {
    const canvas = new OffscreenCanvas(384, 384);
    canvas.getContext("2d").drawImage(photo, -left, 0);
    const { captureBitmap } = globalThis.modules;
    const frame = await captureBitmap(canvas.transferToImageBitmap());
    if (track !== undefined) frame.message.track = track;
    return JSON.parse(await bridge.ask(frame));
  };
  globalThis.photo = async (url) => createImageBitmap(await (await fetch(url)).blob());
}"""
MODULES = """async () => {
  const shell = document.querySelector("link[data-name='shell.romfs']").href;
  globalThis.modules = await import(new URL("../app/frames.mjs", shell).href);
}"""


@pytest.fixture(scope="module")
def worker(open_module_context, module_server):
    page = open_module_context().context.new_page()
    page.set_default_timeout(ENGINE_MS)
    App(page, module_server.url).open()
    worker = Worker(page, module_server.url)
    assert "error" not in worker.start()
    page.evaluate(MODULES)
    page.evaluate(FRAMES)
    return worker


def load(worker, model, **changed):
    files = {"id": model, "onnx": address(f"{model}.onnx"), "code": address(f"{model}.zip")}
    files = {key: value if key == "id" else worker.url + value for key, value in files.items()}
    return worker.call("model", **files, **changed)


def inspect(worker, make_file):
    """What the worker says of a file that this JavaScript makes."""
    made = f"{{ name: 'a.onnx', file: {make_file} }}"
    return worker.page.evaluate(f"async () => JSON.parse(await bridge.call('inspect', {made}))")


# --- facts of a file; first, because no model is loaded yet


def test_facts_of_an_onnx_file_are_told_before_any_model_is_loaded(worker):
    url = worker.url + address(f"{FACES}.onnx")
    facts = inspect(worker, f"await (await fetch('{url}')).blob()")
    assert facts["name"] == "a.onnx"
    assert facts["nodes"] == sum(facts["operators"].values()) > 50
    assert facts["operators"]["Conv"] > 10
    assert facts["inputs"] == [{"name": "input", "shape": [1, 3, 256, 256], "type": "float32"}]
    assert {each["name"] for each in facts["outputs"]} == {"score8", "score16", "reg8", "reg16"}


def test_files_of_every_other_kind_are_answered_with_an_error(worker):
    text = inspect(worker, "new Blob(['# notes'])")
    assert text["error"]["code"] == "model-unreadable"
    empty = inspect(worker, "new Blob([])")
    assert empty["error"]["code"] == "model-unreadable"
    huge = inspect(worker, "new Blob([new Uint8Array(2 ** 26 + 1)])")
    assert huge["error"]["code"] == "model-too-large"
    assert huge["error"]["data"]["bytes"] == 2**26 + 1


def test_file_that_is_gone_from_the_disk_is_an_answer(worker, tmp_path):
    path = tmp_path / "gone.onnx"
    path.write_bytes(b"x" * 5000)
    page = worker.page
    page.evaluate(
        """() => {
          const input = Object.assign(document.createElement("input"), { type: "file", id: "own" });
          document.body.append(input);
        }"""
    )
    page.set_input_files("#own", path)
    path.unlink()
    error = inspect(worker, "document.getElementById('own').files[0]")["error"]
    assert error["code"] == "file-unreadable"
    assert error["data"]["name"] == "a.onnx"
    page.evaluate("document.getElementById('own').remove()")


# --- sizes


def test_model_runs_at_each_size_that_it_offers(worker):
    url = worker.url + address("dog.jpg")
    heaps = []
    for size in ([], [320, 320], [640, 640]):
        wanted = dict(zip(("width", "height"), size, strict=False))
        assert load(worker, THINGS, **wanted)["input"] == (size or [416, 416])
        answer = worker.page.evaluate("async (url) => frame(await photo(url), 330)", url)
        assert "car" in [each["label"] for each in answer["detections"] if each["score"] > 0.2]
        heaps.append(answer["heap"])
    assert heaps[-1] < 400 * 2**20  # a phone has room for that


def test_size_that_is_not_offered_is_refused_and_the_model_before_it_works_on(worker):
    load(worker, FACES)
    error = load(worker, THINGS, width=333, height=333)["error"]
    assert error["code"] == "input-size-unknown"
    assert error["data"]["size"] == "333 × 333"
    assert worker.detect()["model"] == FACES


# --- following


def test_object_is_followed_through_live_pictures(worker):
    load(worker, FACES)
    answers = worker.page.evaluate(
        """async (url) => {
          const face = await photo(url);
          const answers = [];
          for (let step = 0; step < 8; step += 1) {
            const track = { time: 10 + step / 10, threshold: 0.65, session: 7 };
            answers.push(await frame(face, 8 * step, track));
          }
          answers.push(await frame(face, 64, { time: 10.8, threshold: 0.65, session: 8 }));
          answers.push(await frame(face, 64, null), await frame(face, 64));
          return answers;
        }""",
        worker.url + address("astronaut.jpg"),
    )
    faces = [
        next(each for each in answer["detections"] if each["score"] >= 0.65) for answer in answers
    ]
    assert [face.get("track") for face in faces] == [None] + [1] * 7 + [None] * 3
    assert faces[7]["velocity"] == pytest.approx([-80, 0, 0, 0], abs=25)  # pixels a second
    assert [answer.get("time") for answer in answers[7:]] == [10.7, 10.8, None, None]
    assert ["track" in answer["ms"] for answer in answers[7:]] == [True, True, False, False]
    spent = sorted(answer["ms"]["track"] for answer in answers[:8])
    assert spent[4] < 5  # ms, of a forward pass of twenty times as many
