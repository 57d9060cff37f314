"""Every frame at its own time, and boxes in a video of the same times."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.browser.conftest import DIST, ENGINE_MS, wait_until
from tests.browser.video.reading import assert_boxes_are_drawn, bicycle_moves, times_of
from tests.browser.video.room import ENDED, VideoRoom, remux, told
from tests.browser.videos import FPS, FRAMES, SIZE, read, turned_view, write_pan


def test_the_data_saver_asks_before_the_engine_comes(room, site, pan):
    room.page.evaluate("localStorage.setItem('mekiki:/:saver', JSON.stringify('on'))")
    room.start(pan)
    room.page.locator("#video-load").wait_for(state="visible")
    assert "MB" in room.page.inner_text("#video-asked")
    assert not any(path.startswith("/assets/") for path in site.requests())
    room.page.click("#video-load")
    wait_until(room.page, ENDED, ENGINE_MS)
    assert f"All {FRAMES} frames" in room.page.inner_text("#video-summary")
    room.page.evaluate("localStorage.removeItem('mekiki:/:saver')")


def test_each_frame_is_found_at_its_own_time_and_drawn_into_a_video(room, pan, tmp_path, capsys):
    room.look(pan)  # the engine starts, if it did not run
    room.page.evaluate("longTasks.length = 0")
    said = room.look(pan)
    tasks = room.page.evaluate("longTasks")
    with capsys.disabled():
        print(f"\nlong tasks while a video is looked at, ms: {tasks}")
    assert (
        max(tasks, default=0) < 1000
    )  # in a quiet moment there is none; here others may be at work
    pictures, times = read(pan)
    document = room.document()

    assert f"All {FRAMES} frames" in said
    assert document["format"] == "mekiki-video/1"
    assert (document["name"], document["complete"]) == ("pan.webm", True)
    assert [document["width"], document["height"]] == list(SIZE)
    assert document["duration"] == pytest.approx(FRAMES / FPS, abs=0.002)
    assert times_of(document) == pytest.approx(times, abs=1e-4)
    assert all(frame["detections"] for frame in document["frames"])
    labels = {found["label"] for frame in document["frames"] for found in frame["detections"]}
    assert "bicycle" in labels

    recording = room.recording(tmp_path)
    assert recording.name == "pan-mekiki.webm"
    assert read(recording)[1] == pytest.approx(times, abs=0.002)
    capture = cv2.VideoCapture(str(recording))
    assert capture.get(cv2.CAP_PROP_FRAME_COUNT) == FRAMES
    assert_boxes_are_drawn(recording, document, pictures)
    assert room.page.evaluate("document.querySelector('#video-player').duration") == pytest.approx(
        FRAMES / FPS, abs=0.002
    )


def test_boxes_move_as_the_picture_does(room, pan):
    """The view moves 4 pixels a frame to the right, so what is in it moves to the left."""
    room.look(pan)
    assert bicycle_moves(room.document()) == pytest.approx(-4, abs=1)


def test_the_bicycle_keeps_its_number_and_a_row_goes_to_when_it_was_seen(room, pan):
    room.look(pan)
    document = room.document()
    times = times_of(document)
    bicycle = next(each for each in document["tracks"] if each["label"] == "bicycle")

    assert bicycle["first"] == pytest.approx(times[1], abs=1e-4)  # seen twice, it gets its number
    assert bicycle["last"] == pytest.approx(times[-1], abs=1e-4)
    for frame in document["frames"][1:]:
        assert bicycle["track"] in [found.get("track") for found in frame["detections"]]
    assert "bicycle ×" in room.page.inner_text("#video-summary")
    room.page.locator("#video-player").evaluate("player => { player.currentTime = 1.5; }")
    room.page.get_by_role("button", name=f"bicycle #{bicycle['track']}").click()
    wait_until(
        room.page,
        "Math.abs(document.querySelector('#video-player').currentTime"
        f" - {bicycle['first']}) < 0.01",
    )


def test_objects_are_not_numbered_where_the_person_does_not_want_it(room, pan):
    room.page.evaluate("localStorage.setItem('mekiki:/:tracking', 'false')")
    said = room.look(pan)
    document = room.document()
    room.page.evaluate("localStorage.removeItem('mekiki:/:tracking')")

    assert document["tracks"] == []
    assert not any("track" in each for frame in document["frames"] for each in frame["detections"])
    assert "bicycle" in said


def test_the_annotated_video_can_be_shared_where_the_browser_shares(room, pan):
    """No desktop browser here can; what it would be handed is noted."""
    room.look(pan)
    assert not room.page.is_visible("#video-share")
    room.page.evaluate("""() => {
      navigator.canShare = ({ files }) => files.every(({ type }) => type.startsWith("video/"));
      navigator.share = async ({ files: [file] }) => {
        globalThis.shared = [file.name, file.type, file.size > 10000];
      };
    }""")
    room.look(pan)
    room.page.click("#video-share")
    wait_until(room.page, "globalThis.shared")
    assert room.page.evaluate("shared") == ["pan-mekiki.webm", "video/webm", True]
    room.page.evaluate("() => { delete navigator.canShare; delete navigator.share; }")


def test_mp4_stays_mp4_and_its_sound_is_copied(room, phone, tmp_path):
    room.look(phone)
    recording = room.recording(tmp_path)
    before, after = told(phone), told(recording)

    assert recording.name == "phone-mekiki.mp4"
    assert after["videoCodec"] == "avc"
    assert after["video"] == [pytest.approx(each, abs=1e-4) for each in before["video"]]
    assert after["audio"] == before["audio"]
    assert len(after["audio"]) == 2
    assert "sound" not in room.page.inner_text("#video-note")


def test_h264_held_upright_is_turned(room, phone, tmp_path):
    """What the app recorded is H.264; a phone notes beside it that it is to be turned."""
    room.look(phone)
    lying = remux(room.recording(tmp_path), tmp_path / "upright.mp4", rotation=90)
    assert told(lying)["videoCodec"] == "avc"
    room.look(lying)
    document = room.document()

    assert (document["width"], document["height"]) == (SIZE[1], SIZE[0])
    shown = read(room.recording(tmp_path))[0][0]
    assert shown.shape[:2] == (SIZE[0], SIZE[1])
    assert np.abs(shown.astype(int) - turned_view(0)).mean() < 40  # boxes are drawn on it twice


def test_uneven_times_and_a_late_start_are_kept(room, tmp_path):
    times = [0.5 + 0.04 * index + 0.002 * index * index for index in range(FRAMES)]
    plain = write_pan(tmp_path / "plain.webm", "VP90")
    uneven = remux(plain, tmp_path / "uneven.webm", times=times)
    room.look(uneven)

    assert times_of(room.document()) == pytest.approx(times, abs=0.001)
    recorded = [time for time, _ in told(room.recording(tmp_path))["video"]]
    assert recorded == pytest.approx(times, abs=0.001)


def test_odd_sizes_are_looked_at_in_their_own_pixels(room, tmp_path):
    odd = odd_sized(room, tmp_path / "odd.webm")
    said = room.look(odd)
    document = room.document()

    assert "All 4 frames" in said
    assert (document["width"], document["height"]) == (321, 241)
    assert read(room.recording(tmp_path))[0][0].shape[:2] in ((240, 322), (242, 322))


def odd_sized(room: VideoRoom, target: Path) -> Path:
    """A video of 321 x 241 pixels, which OpenCV does not write; the site's own library does."""
    library = next(DIST.glob("vendor/mediabunny-*/mediabunny.mjs")).relative_to(DIST)
    data = room.page.evaluate(
        """async (library) => {
          const made = await import(new URL(library, document.baseURI));
          const canvas = document.createElement("canvas");
          Object.assign(canvas, { width: 321, height: 241 });
          const context = canvas.getContext("2d");
          const target = new made.BufferTarget();
          const output = new made.Output({ format: new made.WebMOutputFormat(), target });
          const quality = new made.Quality("high");
          const source = new made.CanvasSource(canvas, { codec: "vp8", quality });
          output.addVideoTrack(source);
          await output.start();
          const image = new Image();
          image.src = [...document.images].find((each) => each.src.includes("dog")).src;
          await image.decode();
          for (let index = 0; index < 4; index += 1) {
            context.drawImage(image, -index, 0, 321, 241);
            await source.add(index / 4, 1 / 4);
          }
          await output.finalize();
          return Array.from(new Uint8Array(target.buffer));
        }""",
        str(library),
    )
    target.write_bytes(bytes(data))
    return target
