"""Screenshots of the built site: phone and desktop, light and dark, Japanese and English."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser.chromium import launch
from tools.paths import APP
from tools.serve import Site

SIZES = {"phone": (390, 844), "desktop": (1280, 800)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LOCALES = {"en": "en-GB", "ja": "ja-JP"}
KEPT = ("phone-light-en", "phone-dark-ja", "desktop-light-en")


def _settled(page: Page) -> None:
    page.locator(":root[data-shell=interactive]").wait_for()
    page.wait_for_timeout(500)


def _take(browser: Browser, url: str, out: Path, name: str, **options: object) -> None:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    _settled(page)
    page.screenshot(path=out / f"welcome-{name}.png")
    page.click("[data-sample=dog]")
    page.locator("#detections li").first.wait_for(timeout=120_000)
    page.wait_for_timeout(500)
    page.screenshot(path=out / f"{name}.png")
    context.close()


def _keep(out: Path) -> None:
    """Stores the pictures that the README and the manifest show, as WebP, in the project."""
    for name in KEPT:
        with Image.open(out / f"{name}.png") as picture:
            picture.convert("RGB").save(APP / "screenshots" / f"{name}.webp", quality=80, method=6)


def take_all(dist: Path, out: Path) -> None:
    """Writes one picture of the first screen and one of a result for each kind of screen."""
    out.mkdir(parents=True, exist_ok=True)
    site = Site(dist)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for size, scheme, language in itertools.product(SIZES, SCHEMES, LOCALES):
            width, height = SIZES[size]
            name = f"{size}-{scheme}-{language}"
            _take(
                browser,
                site.url,
                out,
                name,
                viewport={"width": width, "height": height},
                color_scheme=scheme,
                locale=LOCALES[language],
            )
            print(out / f"{name}.png")
        browser.close()
    site.stop()
    _keep(out)
