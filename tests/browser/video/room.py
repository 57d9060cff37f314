"""What a person does with videos, and what a video tells of itself."""

import json
import subprocess
from pathlib import Path

from tests.browser.app import App
from tests.browser.conftest import ENGINE_MS, ROOT, wait_until

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
