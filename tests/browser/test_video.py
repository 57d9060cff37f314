"""Videos: every frame at its own time, boxes in a video of the same times, and the ways to fail."""

import json
import subprocess
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.browser.app import App
from tests.browser.conftest import DIST, ENGINE_MS, ROOT, Server, Watched, wait_until
from tests.browser.videos import FPS, FRAMES, SIZE, read, turned_view, write_pan

ENDED = """(() => {
  const room = document.querySelector("#room-video[open]");
  if (!room) return false;
  const shown = (name) => !room.querySelector(name).hidden;
  if (shown("#video-done")) return true;
  return shown("#video-empty") && room.querySelector("#video-error").textContent !== "";
})()"""
# Notes every VideoFrame that is made, by the page or by a decoder, and every long task.
NOTES = """
globalThis.made = [];
globalThis.longTasks = [];
globalThis.VideoFrame = new Proxy(VideoFrame, {
  construct(target, args) {
    const frame = new target(...args);
    made.push(frame);
    return frame;
  },
});
globalThis.VideoDecoder = new Proxy(VideoDecoder, {
  construct: (target, [{ output, error }]) =>
    new target({ output: (frame) => (made.push(frame), output(frame)), error }),
});
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longTasks.push(entry.duration);
}).observe({ type: "longtask" });
"""
HIDE_WEBCODECS = """() => {
  globalThis.hidden = { VideoDecoder, VideoEncoder };
  for (const name in hidden) delete globalThis[name];
}"""


def remux(source: Path, target: Path, **plan) -> Path:
    command = ["node", "tests/browser/remux.mjs", str(source), str(target), json.dumps(plan)]
    subprocess.run(command, check=True, cwd=ROOT)
    return target


def told(path: Path) -> dict:
    """What the container says: times and durations of all packets, rotation, codecs."""
    command = ["node", "tests/browser/remux.mjs", str(path)]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    return json.loads(done.stdout)


class VideoRoom(App):
    """What a person does with videos."""

    def start(self, path: Path):
        at = "#video-file" if self.page.locator("#room-video[open]").count() else "#file"
        self.page.set_input_files(at, path)

    def look(self, path: Path) -> str:
        """Has a video looked at; returns what is said in the end."""
        self.start(path)
        wait_until(
            self.page, f"document.querySelector('#video-name')?.textContent === '{path.name}'"
        )
        wait_until(self.page, ENDED, ENGINE_MS)
        return self.page.inner_text("#room-video")

    def begin(self, path: Path):
        """Has a video looked at for a second or so."""
        self.start(path)
        here = f"document.querySelector('#video-name')?.textContent === '{path.name}'"
        wait_until(self.page, f"{here} && document.querySelector('#video-progress').value > 0.03")

    def document(self) -> dict:
        with self.page.expect_download() as download:
            self.page.click("#video-json")
        return json.loads(Path(download.value.path()).read_text("utf-8"))

    def recording(self, folder: Path) -> Path:
        with self.page.expect_download() as download:
            self.page.click("#video-save")
        target = folder / download.value.suggested_filename
        download.value.save_as(target)
        return target

    def close(self):
        self.page.keyboard.press("Escape")
        wait_until(self.page, "!document.querySelector('#room-video').open")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    server = Server(DIST, log=tmp_path_factory.mktemp("video") / "requests.log").start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def room(browser, site):
    """One page for all tests of this module, which may not write an error to the console."""
    watched = Watched(browser.new_context(), site.url)
    page = watched.context.new_page()
    page.add_init_script(NOTES)
    yield VideoRoom(page, site.url).open()
    problems = watched.verdict()
    watched.context.close()
    assert problems == []


@pytest.fixture(scope="module")
def pan(tmp_path_factory):
    """A pan over the dog in WebM, VP8, as another program writes it."""
    return write_pan(tmp_path_factory.mktemp("videos") / "pan.webm", "VP80")


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Half a minute of the same, to be interrupted."""
    return write_pan(tmp_path_factory.mktemp("videos") / "long.webm", "VP80", frames=360)


@pytest.fixture(scope="module")
def phone(tmp_path_factory):
    """The same in MP4, with a tone, and the index at the end."""
    folder = tmp_path_factory.mktemp("videos")
    plain = write_pan(folder / "plain.mp4", "vp09")
    return remux(plain, folder / "phone.mp4", sound=True)


def times_of(document: dict) -> list[float]:
    return [frame["time"] for frame in document["frames"]]


def assert_boxes_are_drawn(recording: Path, document: dict, plain: list[np.ndarray]):
    """On each box's border the recording differs from the video; in the far corner it does not."""
    pictures, _ = read(recording)
    drawn = checked = 0
    for frame, with_boxes, without in zip(document["frames"], pictures, plain, strict=True):
        difference = cv2.absdiff(with_boxes, without).max(axis=2)
        for found in frame["detections"]:
            x, y, _, height = found["box"]
            column = np.clip(int(x), 1, SIZE[0] - 2)
            rows = slice(max(0, int(y) + 8), int(y + height) - 8)
            border = difference[rows, column - 1 : column + 2].max(axis=1)
            checked += 1
            drawn += np.median(border) > 40
    assert checked > FRAMES
    assert drawn / checked > 0.9


def dog_moves(document: dict) -> float:
    """Pixels by which the dog's left side moves from frame to frame."""
    lefts = []
    for frame in document["frames"][3:15]:
        dogs = [each for each in frame["detections"] if each["label"] == "dog"]
        lefts.append(max(dogs, key=lambda each: each["score"])["box"][0])
    return float(np.polyfit(range(len(lefts)), lefts, 1)[0])


def has_boxes(picture: np.ndarray) -> bool:
    """Whether there is much of the colour in which bicycles are framed (#56b4e9)."""
    return int(cv2.inRange(picture, (203, 150, 56), (255, 210, 116)).sum()) > 255 * 300


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
    assert {"dog", "bicycle"} <= labels

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
    assert dog_moves(room.document()) == pytest.approx(-4, abs=1)


def test_the_dog_keeps_its_number_and_a_row_goes_to_when_it_was_seen(room, pan):
    room.look(pan)
    document = room.document()
    times = times_of(document)
    dog = next(each for each in document["tracks"] if each["label"] == "dog")

    assert dog["first"] == pytest.approx(times[1], abs=1e-4)  # seen twice, it gets its number
    assert dog["last"] == pytest.approx(times[-1], abs=1e-4)
    for frame in document["frames"][1:]:
        assert dog["track"] in [found.get("track") for found in frame["detections"]]
    assert "dog × 1" in room.page.inner_text("#video-summary")
    room.page.locator("#video-player").evaluate("player => { player.currentTime = 1.5; }")
    room.page.get_by_role("button", name=f"dog #{dog['track']}").click()
    wait_until(
        room.page,
        f"Math.abs(document.querySelector('#video-player').currentTime - {dog['first']}) < 0.01",
    )


def test_objects_are_not_numbered_where_the_person_does_not_want_it(room, pan):
    room.page.evaluate("localStorage.setItem('mekiki:/:tracking', 'false')")
    said = room.look(pan)
    document = room.document()
    room.page.evaluate("localStorage.removeItem('mekiki:/:tracking')")

    assert document["tracks"] == []
    assert not any("track" in each for frame in document["frames"] for each in frame["detections"])
    assert "dog," in said or ", dog" in said


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


def test_stopping_half_way_keeps_what_was_done(room, long, tmp_path):
    room.begin(long)
    shown = room.page.locator("#video-picture canvas")
    assert (shown.get_attribute("width"), shown.get_attribute("height")) == ("320", "240")
    assert "dog" in shown.get_attribute("aria-label")
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
        assert dog_moves(document) == pytest.approx(-4, abs=1)
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
