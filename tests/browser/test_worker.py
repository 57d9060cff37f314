"""The worker by itself: every error is an answer, and it survives them."""

import io
import json
import zipfile

import pytest

from tests.browser.app import App
from tests.browser.conftest import DIST, ENGINE_MS, ROOT

MODEL = "blazeface-back"  # small, on every site, with a decoder of its own

# Loads the page's own bridge and the site's own files; no engine of the page is started.
CONNECT = """async () => {
  const shell = document.querySelector("link[data-name='shell.romfs']").href;
  const { connect } = await import(new URL("../app/bridge.mjs", shell).href);
  const { captureBitmap } = await import(new URL("../app/frames.mjs", shell).href);
  globalThis.bridge = connect("../py/worker.mjs");
  globalThis.detect = async () => {
    const canvas = new OffscreenCanvas(64, 48);
    canvas.getContext("2d").fillRect(0, 0, 64, 48);
    return bridge.submit(await captureBitmap(canvas.transferToImageBitmap()));
  };
}"""


def address(pattern):
    return next(DIST.glob(f"assets/*/{pattern}")).relative_to(DIST).as_posix()


def lock(level):
    """The lock file that lies beside the OpenCV of this SIMD level."""
    wheel = address(f"opencv_python-*-1{level}-*.whl")
    return wheel.rsplit("/", 1)[0] + "/pyodide-lock.json"


class Worker:
    def __init__(self, page, url):
        self.page, self.url = page, url
        page.evaluate(CONNECT)

    def call(self, operation, **argument):
        return json.loads(
            self.page.evaluate("([name, with_]) => bridge.call(name, with_)", [operation, argument])
        )

    def start(self, **changed):
        files = {
            "runtime": self.url + address("pyodide.mjs"),
            "stdlib": self.url + address("python_stdlib.zip"),
            "lock": self.url + lock("relaxed"),
            "code": self.url + address("mekiki.zip"),
            "packages": ["numpy", "opencv-python"],
        }
        return self.call("start", **{**files, **changed})

    def model(self, **changed):
        files = {
            "id": MODEL,
            "onnx": self.url + address(f"{MODEL}.onnx"),
            "code": self.url + address(f"{MODEL}.zip"),
        }
        return self.call("model", **{**files, **changed})

    def detect(self):
        return json.loads(self.page.evaluate("detect()"))


@pytest.fixture
def page(open_context, server):
    watched = open_context()
    watched.expected.append("the server responded with a status of 404")
    page = watched.context.new_page()
    page.set_default_timeout(ENGINE_MS)
    App(page, server.url).open()
    return page


def test_worker_answers_errors_and_works_on(page, server):
    worker = Worker(page, server.url)
    about = worker.start()
    assert (about["cv2"], about["simd"]) == ("4.14.0", "relaxed")
    assert worker.detect()["error"]["code"] == "model-not-loaded"

    not_a_model = worker.model(onnx=server.url + address("dog.jpg"))
    assert not_a_model["error"]["code"] == "model-unreadable"
    gone = worker.model(onnx=server.url + "assets/nothing.onnx")
    assert gone["error"]["code"] == "download-refused"
    assert gone["error"]["data"]["status"] == 404

    assert "error" not in worker.model()
    assert worker.detect()["detections"] == []


def test_worker_tells_which_build_of_opencv_it_runs(page, server):
    assert Worker(page, server.url).start(lock=server.url + lock("simd"))["simd"] == "simd"


def test_error_in_a_models_python_names_its_line(page, server):
    """What somebody meets who writes a decoder of their own."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        folder = ROOT / "models" / MODEL
        made.write(folder / "model.json", f"models/{MODEL}/model.json")
        made.write(ROOT / "models" / "labels" / "face.json", "models/labels/face.json")
        made.writestr(f"models/{MODEL}/decode.py", "def decode(outputs, spec):\n    return 1 / 0\n")
    page.context.route("**/own.zip", lambda route: route.fulfill(body=archive.getvalue()))
    worker = Worker(page, server.url)
    worker.start()
    assert "error" not in worker.model(code=server.url + "own.zip")
    for _ in range(2):
        error = worker.detect()["error"]
        assert error["code"] == "decode-failed"
        assert "ZeroDivisionError" in error["data"]["detail"]
        assert "line 2" in error["data"]["detail"]
    assert "error" not in worker.model()
    assert worker.detect()["detections"] == []


def test_runtime_that_does_not_start_is_an_answer(page, server):
    worker = Worker(page, server.url)
    error = worker.start(runtime=server.url + "assets/nothing.mjs")["error"]
    assert error["code"] == "engine-start-failed"


def test_only_the_newest_waiting_frame_is_looked_at(page, server):
    worker = Worker(page, server.url)
    worker.start()
    worker.model()
    answers = page.evaluate("Promise.all([detect(), detect(), detect(), detect(), detect()])")
    looked = [answer for answer in answers if answer is not None]
    assert len(looked) == 2
    assert answers[-1] is not None
    assert page.evaluate("bridge.dropped") == 3
