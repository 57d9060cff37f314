"""Which Chromium, and with which switches."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tools.errors import BuildError

# Without these Chromium looks for updates and the like, and each refused look-up costs time.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """The path of Chromium: MEKIKI_CHROMIUM, else the one that is installed.

    Raises:
        BuildError: `no-chromium`.
    """
    found = os.environ.get("MEKIKI_CHROMIUM") or shutil.which("chromium")
    if not found:
        raise BuildError("no-chromium", do="install chromium, or set MEKIKI_CHROMIUM")
    return found


def launch(
    playwright: Playwright, *, camera: Path | None = None, switches: Sequence[str] = ()
) -> Browser:
    """Starts Chromium.

    Args:
        playwright: the running driver.
        camera: an MJPEG file that a fake camera shows over and over; without it there is none.
        switches: more of Chromium's command line.
    """
    arguments = [*QUIET, *switches]
    if camera:
        arguments += [
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-video-capture={camera}",
        ]
    return playwright.chromium.launch(executable_path=executable(), args=arguments)
