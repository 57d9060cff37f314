"""A video in the other engines: every frame at its own time."""

import base64
import json

import pytest

from tests.browser.engines.test_app import site, wait_until  # noqa: F401
from tests.browser.videos import read, write_pan

GIVE = """
const bytes = Uint8Array.from(atob("%s"), (letter) => letter.charCodeAt(0));
const given = new DataTransfer();
given.items.add(new File([bytes], "pan.webm", { type: "video/webm" }));
const input = document.querySelector("#file");
input.files = given.files;
input.dispatchEvent(new Event("change", { bubbles: true }));
"""
# Notes what would become a download.
NOTE = """
globalThis.saved = [];
HTMLAnchorElement.prototype.click = () => {};
const address = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  blob.text().then((text) => saved.push(text));
  return address.call(URL, blob);
};
"""
DONE = """document.querySelector("#video-done:not([hidden])")
  && document.querySelector("#video-summary").textContent"""


@pytest.fixture(autouse=True)
def others_only(engine):
    if engine == "chromium":
        pytest.skip("tests/browser/video does more")


def test_each_frame_is_found_at_its_own_time(engine, tab_of, site, tell, tmp_path):  # noqa: F811
    video = write_pan(tmp_path / "pan.webm", "VP80", frames=8)
    tab = tab_of(engine)
    before = len(tab.problems())
    tab.goto(site.url)
    wait_until(tab, "document.documentElement.dataset.shell === 'interactive'")
    tab.call(GIVE % base64.b64encode(video.read_bytes()).decode())
    assert "All 8 frames" in wait_until(tab, DONE)
    tab.call(NOTE)
    tab.call("document.querySelector('#video-json').click()")
    document = json.loads(wait_until(tab, "saved[0]"))
    assert [each["time"] for each in document["frames"]] == pytest.approx(read(video)[1], abs=1e-4)
    assert all(
        "bicycle" in [found["label"] for found in each["detections"]] for each in document["frames"]
    )
    recorded = tab.call("return !document.querySelector('#video-save').hidden")
    assert tab.problems()[before:] == []
    tell(f"{engine}, a video: {'recorded' if recorded else 'not recorded'}")
