"""Takes the pictures: one visit a language, in which size and colours change at every screen."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser.chromium import launch
from tools.browser.fake_camera import write_sequence
from tools.paths import APP
from tools.screenshots.inputs import PHOTOS
from tools.screenshots.screens import ON_TOP, SCREENS, close
from tools.serve import Site

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = {"en": "en-GB", "ja": "ja-JP"}
# What the README and the manifest show: our picture, its name there.
KEPT = {f"photo-{name}": name for name in ("phone-light-en", "phone-dark-ja", "desktop-light-en")}


def _take(page: Page, out: Path, screen: str, language: str) -> None:
    """One screen in every size and scheme; ends at the size of a phone."""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for size in reversed(SIZES):
            width, height = SIZES[size]
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(250)  # what is drawn anew
            page.screenshot(path=out / f"{screen}-{size}-{scheme}-{language}.png")


def _keep(out: Path) -> None:
    """Stores the pictures that the README and the manifest show, as WebP, in the project."""
    for taken, name in KEPT.items():
        with Image.open(out / f"{taken}.png") as picture:
            picture.convert("RGB").save(APP / "screenshots" / f"{name}.webp", quality=80, method=6)


def _visit(browser: Browser, url: str, out: Path, folder: Path, language: str) -> None:
    """All screens in one language, one after the other."""
    width, height = SIZES["phone"]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale=LANGUAGES[language],
        permissions=["camera"],
    )
    page = context.new_page()
    page.goto(url)
    for screen in SCREENS:
        if screen not in ON_TOP:
            close(page)
        screen(page, folder)
        _take(page, out, screen.__name__, language)
        print(out / f"{screen.__name__}-*-{language}.png", flush=True)
    context.close()


def take_all(dist: Path, out: Path) -> None:
    """Writes pictures of all screens, as <screen>-<size>-<scheme>-<language>.png.

    Args:
        dist: the built site.
        out: the folder to write to.
    """
    out.mkdir(parents=True, exist_ok=True)
    site = Site(dist)
    with sync_playwright() as playwright, TemporaryDirectory() as scratch:
        folder = Path(scratch)
        write_sequence(PHOTOS[0], folder / "camera.mjpeg")
        browser = launch(playwright, camera=folder / "camera.mjpeg")
        for language in LANGUAGES:
            _visit(browser, site.url, out, folder, language)
        browser.close()
    site.stop()
    _keep(out)
