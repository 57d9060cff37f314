"""Videos that are stopped, cut off, unreadable, or met by a browser that lacks something."""

import cv2
import numpy as np
import pytest

from tests.browser.conftest import ROOT, wait_until
from tests.browser.video.reading import bicycle_moves, has_boxes, times_of
from tests.browser.video.room import ENDED, HIDE_WEBCODECS, VideoRoom, remux
from tests.browser.videos import FPS, FRAMES, read, write_pan


def test_stopping_half_way_keeps_what_was_done(room, long, tmp_path):
    room.begin(long)
    shown = room.page.locator("#video-picture canvas")
    assert (shown.get_attribute("width"), shown.get_attribute("height")) == ("320", "240")
    assert "bicycle" in shown.get_attribute("aria-label")
    assert has_boxes(cv2.imdecode(np.frombuffer(shown.screenshot(), np.uint8), cv2.IMREAD_COLOR))
    room.page.click("#video-stop")
    wait_until(room.page, ENDED)
    assert room.page.evaluate("document.activeElement.id") == "video-summary"
    document, recording = room.document(), room.recording(tmp_path)
    count = len(document["frames"])

    assert "Stopped at" in room.page.inner_text("#video-summary")
    assert document["complete"] is False
    assert 5 < count < 300
    assert times_of(document) == pytest.approx([index / FPS for index in range(count)], abs=0.001)
    assert len(read(recording)[0]) == count


def test_escape_stops_first_and_closes_then(room, long):
    room.begin(long)
    room.page.keyboard.press("Escape")
    wait_until(room.page, ENDED)
    assert room.page.is_visible("#video-json")
    room.close()
    wait_until(room.page, "!document.querySelector('#video-player').hasAttribute('src')")


def test_closing_while_it_runs_ends_it_and_photos_work(room, long):
    room.begin(long)
    room.page.click("#room-video .room-close")
    assert room.sample("dog")["detections"]
    assert all_closed(room)


def test_a_picture_that_comes_meanwhile_takes_the_place_of_the_video(room, long):
    """As one that is dropped, or shared by another app."""
    room.begin(long)
    result = room.photo(ROOT / "app" / "samples" / "astronaut.jpg")
    assert "person" in {each["label"] for each in result["detections"]}
    wait_until(room.page, "!document.querySelector('#room-video').open")
    assert all_closed(room)


def test_another_video_takes_the_place_of_the_one_under_way(room, pan, long):
    room.begin(long)
    assert f"All {FRAMES} frames" in room.look(pan)
    assert room.document()["name"] == "pan.webm"


def all_closed(room: VideoRoom) -> bool:
    return wait_until(room.page, "made.length > 50 && made.every((frame) => frame.format === null)")


def test_no_frame_is_left_open(room, pan):
    room.look(pan)
    assert all_closed(room)


@pytest.mark.parametrize(("name", "keep"), [("cut.webm", 0.6), ("cut.mp4", 0.6)])
def test_a_video_that_was_cut_off_is_looked_at_as_far_as_it_goes(
    room, pan, phone, tmp_path, name, keep
):
    whole = pan
    if name.endswith("mp4"):
        whole = remux(phone, tmp_path / "whole.mp4", first=True)
    cut = tmp_path / name
    data = whole.read_bytes()
    cut.write_bytes(data[: int(len(data) * keep)])
    said = room.look(cut)
    document = room.document()

    assert "damaged or missing" in said
    assert document["complete"] is False
    assert 5 < len(document["frames"]) < FRAMES


@pytest.mark.parametrize("kind", ["text", "empty", "no frames", "no index"])
def test_what_is_no_video_is_refused_in_words(room, phone, tmp_path, kind):
    file = tmp_path / f"{kind.replace(' ', '-')}.mp4"
    if kind == "no index":
        data = phone.read_bytes()
        file.write_bytes(data[: len(data) // 2])
    elif kind == "no frames":
        file = write_pan(tmp_path / "no-frames.webm", "VP80", frames=0)
    else:
        file.write_bytes(b"this is no video" if kind == "text" else b"")

    assert "cannot be read as a video" in room.look(file)


def test_a_codec_that_the_browser_lacks_is_named(room, tmp_path):
    assert "(mp4v)" in room.look(write_pan(tmp_path / "old.mp4", "mp4v"))


def test_without_webcodecs_times_are_the_same_and_the_json_has_everything(room, pan, phone):
    """As in Firefox for Android: a <video> goes to each frame, and nothing is recorded."""
    room.page.evaluate(HIDE_WEBCODECS)
    for video in (pan, phone):
        said = room.look(video)
        document = room.document()

        assert "cannot record" in said
        assert not room.page.is_visible("#video-save")
        assert times_of(document) == pytest.approx(read(video)[1], abs=1e-4)
        assert bicycle_moves(document) == pytest.approx(-4, abs=1)
    room.page.evaluate("Object.assign(globalThis, hidden)")


def test_a_decoder_that_fails_at_once_gives_way_to_the_player(room, pan):
    """Some phones say that they can decode what their hardware then refuses."""
    room.page.evaluate("""() => {
      globalThis.decodes = VideoDecoder;
      globalThis.VideoDecoder = class extends VideoDecoder {
        constructor({ error }) {
          super({ output: () => {}, error });
          setTimeout(() => error(new DOMException("refused", "EncodingError")));
        }
      };
    }""")
    said = room.look(pan)
    room.page.evaluate("() => { globalThis.VideoDecoder = decodes; }")

    assert f"All {FRAMES} frames" in said
    assert room.page.is_visible("#video-save")
    assert times_of(room.document()) == pytest.approx(read(pan)[1], abs=1e-4)


RECORDINGS = """(async () => {
  const names = [];
  for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name);
  return names.length;
})()"""


def test_with_the_server_gone_a_video_works_and_a_page_before_leaves_no_recording(room, site, pan):
    room.look(pan)
    site.kill()
    room.reload()
    assert room.page.evaluate(RECORDINGS) > 0
    assert f"All {FRAMES} frames" in room.look(pan)
    assert room.page.is_visible("#video-save")
    assert room.page.evaluate(RECORDINGS) == 1
    site.start()
