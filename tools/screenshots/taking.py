"""Takes the pictures: one visit, in which size, colours and language change at every screen."""

from __future__ import annotations

import itertools
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tools.browser.chromium import launch
from tools.browser.fake_camera import write_sequence
from tools.paths import APP
from tools.screenshots.inputs import PHOTOS
from tools.screenshots.screens import ON_TOP, SCREENS, close
from tools.serve import Site

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("en", "ja")
# What the README and the manifest show: our picture, its name there.
KEPT = {f"photo-{name}": name for name in ("phone-light-en", "phone-dark-ja", "desktop-light-en")}


def _speak(page: Page, language: str) -> None:
    """Changes the language with the page's own button, which may lie under a room."""
    if page.get_attribute("html", "lang") != language:
        page.evaluate("document.getElementById('language').click()")


def _take(page: Page, out: Path, screen: str) -> None:
    """One screen in every size, scheme and language."""
    for (size, (width, height)), scheme, language in itertools.product(
        SIZES.items(), SCHEMES, LANGUAGES
    ):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        _speak(page, language)
        page.wait_for_timeout(250)  # what is written and drawn anew
        page.screenshot(path=out / f"{screen}-{size}-{scheme}-{language}.png")
    width, height = SIZES["phone"]
    page.set_viewport_size({"width": width, "height": height})


def _keep(out: Path) -> None:
    """Stores the pictures that the README and the manifest show, as WebP, in the project."""
    for taken, name in KEPT.items():
        with Image.open(out / f"{taken}.png") as picture:
            picture.convert("RGB").save(APP / "screenshots" / f"{name}.webp", quality=80, method=6)


def take_all(dist: Path, out: Path, wanted: str = "", *, keep: bool = True) -> None:
    """Writes pictures of all screens, as <screen>-<size>-<scheme>-<language>.png.

    Args:
        dist: the built site.
        out: the folder to write to.
        wanted: names of the screens to take, with commas between; all when empty.
        keep: whether to store those that README and manifest show in the project.
    """
    out.mkdir(parents=True, exist_ok=True)
    site = Site(dist)
    with sync_playwright() as playwright, TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_sequence(PHOTOS[0], folder / "camera.mjpeg")
        browser = launch(playwright, camera=folder / "camera.mjpeg")
        width, height = SIZES["phone"]
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB",
            permissions=["camera"],
        )
        page = context.new_page()
        page.goto(site.url)
        for screen in SCREENS:
            if screen not in ON_TOP:
                close(page)
            screen(page, folder)
            if not wanted or screen.__name__ in wanted.split(","):
                _take(page, out, screen.__name__)
                print(out / f"{screen.__name__}-*.png", flush=True)
        browser.close()
    site.stop()
    if keep and not wanted:
        _keep(out)
