"""The screens, each as the steps of a person who goes there from the one before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

from tools.screenshots.inputs import PHOTOS, write_graph, write_video

ENGINE_MS = 120_000  # its first start compiles 10 MB of WebAssembly on whatever machine this is


def _open(page: Page, room: str) -> None:
    """Opens a room by a button of the page; the rooms that have none there get one."""
    page.evaluate(
        """(room) => {
          const button = document.createElement("button");
          button.dataset.room = room;
          document.body.append(button);
          button.click();
          button.remove();
        }""",
        room,
    )
    page.locator(f"#room-{room}[open]").wait_for()


def close(page: Page) -> None:
    """Closes the rooms that are open."""
    page.evaluate("document.querySelectorAll('dialog[open]').forEach((each) => each.close())")


def welcome(page: Page, _folder: Path) -> None:
    """The first visit."""
    page.locator(":root[data-shell=interactive]").wait_for()


def photo(page: Page, _folder: Path) -> None:
    """A photo with what was found in it."""
    page.set_input_files("#file", PHOTOS[0])
    page.locator("#detections li").first.wait_for(timeout=ENGINE_MS)


def inspected(page: Page, _folder: Path) -> None:
    """One of the boxes brought out."""
    page.locator("#detections button").first.click()


def batch(page: Page, _folder: Path) -> None:
    """Several photos, all looked at."""
    page.set_input_files("#file", PHOTOS)
    page.locator("#batch-export").wait_for(timeout=ENGINE_MS)


def history(page: Page, _folder: Path) -> None:
    """What was looked at so far."""
    _open(page, "history")
    page.locator("#history-grid img").nth(len(PHOTOS)).wait_for()


def export(page: Page, _folder: Path) -> None:
    """What to export, and as what."""
    page.locator("#history-export").click()
    page.locator("#room-export[open]").wait_for()


def settings(page: Page, _folder: Path) -> None:
    """The settings."""
    _open(page, "preferences")


def models(page: Page, _folder: Path) -> None:
    """The models to choose from."""
    _open(page, "models")
    page.locator("#models-list button").first.wait_for()


def own(page: Page, folder: Path) -> None:
    """A model of one's own that is tried."""
    page.set_input_files("#file", write_graph(folder / "brightness.onnx"))
    page.locator("#own-found:not(:empty)").wait_for(timeout=ENGINE_MS)


def state(page: Page, _folder: Path) -> None:
    """What works without a network, and what is kept."""
    _open(page, "state")
    page.locator("#state-used:not(:empty)").wait_for()


def lab(page: Page, _folder: Path) -> None:
    """Both Pythons, measured here."""
    _open(page, "lab")
    page.click("#lab-run")
    page.locator("#lab-results").wait_for(timeout=ENGINE_MS)


def install(page: Page, _folder: Path) -> None:
    """How to put the app on the home screen, where the browser does not offer it."""
    _open(page, "install")
    page.evaluate(
        """document.querySelectorAll("#room-install [data-way]").forEach(
             (each) => { each.hidden = each.dataset.way !== "ios"; })"""
    )


def video(page: Page, folder: Path) -> None:
    """A video that was looked at, picture by picture."""
    page.set_input_files("#file", write_video(folder / "garden.webm"))
    page.locator("#video-done").wait_for(timeout=ENGINE_MS)


def live(page: Page, _folder: Path) -> None:
    """The camera."""
    page.click("#camera")
    page.locator("#detections li").first.wait_for(timeout=ENGINE_MS)


def held(page: Page, _folder: Path) -> None:
    """A live picture that is held."""
    page.click("#freeze")
    page.locator("#detections button").first.wait_for()


def message(page: Page, folder: Path) -> None:
    """Something that did not work, said in words."""
    text = folder / "notes.txt"
    text.write_text("no picture")
    page.set_input_files("#file", text)
    page.locator("#message").wait_for()


# In this order: each starts where the one before ended, with its rooms closed (but for those in
# ON_TOP, which open over the one before).
SCREENS: tuple[Callable[[Page, Path], None], ...] = (
    welcome,
    photo,
    inspected,
    message,
    batch,
    history,
    export,
    settings,
    models,
    own,
    state,
    lab,
    install,
    video,
    live,
    held,
)
ON_TOP = (export,)
