"""Models that are no models, through the worker as shipped: an answer each, and the next loads."""

import time

import pytest

from tests.browser.app import App
from tests.browser.conftest import DIST, ENGINE_MS, Server
from tests.browser.test_worker import Worker
from tests.opencv.hostile.models import FILES

SECONDS = 10


@pytest.fixture
def hostile_server(tmp_path):
    """The built site, with the files beside it."""
    site = tmp_path / "site"
    site.mkdir()
    for path in DIST.iterdir():
        (site / path.name).symlink_to(path)
    hostile = site / "hostile"
    hostile.mkdir()
    for number, (make, _) in enumerate(FILES.values()):
        (hostile / f"{number}.onnx").write_bytes(make())
    server = Server(site, log=tmp_path / "requests.log").start()
    yield server
    server.kill()


def test_each_file_gets_its_code_in_time_and_the_next_model_detects(open_context, hostile_server):
    url = hostile_server.url
    watched = open_context(origin=url)
    watched.expected.append("onnx_importer.cpp")  # OpenCV's own word on what it refuses
    page = watched.context.new_page()
    page.set_default_timeout(ENGINE_MS)
    App(page, url).open()
    worker = Worker(page, url)
    worker.start()
    heap = worker.model() and worker.detect()["heap"]
    for number, (name, (_, code)) in enumerate(FILES.items()):
        started = time.monotonic()
        answer = worker.model(onnx=f"{url}hostile/{number}.onnx")
        seconds = time.monotonic() - started
        assert answer.get("error", {}).get("code") == code, (name, answer)
        assert seconds < SECONDS, name
        assert "error" not in worker.model(), name
        assert worker.detect()["detections"] == [], name
        print(f"{name}: {answer['error']['code']}, {seconds:.2f} s")
    assert worker.detect()["heap"] <= heap + 128 * 2**20
