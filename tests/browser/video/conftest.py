"""One page for all tests of videos."""

import pytest

from tests.browser.conftest import DIST, Server, Watched
from tests.browser.video.room import NOTES, VideoRoom, remux
from tests.browser.videos import write_pan


@pytest.fixture(scope="package")
def site(tmp_path_factory):
    server = Server(DIST, log=tmp_path_factory.mktemp("video") / "requests.log").start()
    yield server
    server.kill()


@pytest.fixture(scope="package")
def room(browser, site):
    """One page for all tests of videos, which may not write an error to the console."""
    watched = Watched(browser.new_context(), site.url)
    page = watched.context.new_page()
    page.add_init_script(NOTES)
    yield VideoRoom(page, site.url).open()
    problems = watched.verdict()
    watched.context.close()
    assert problems == []


@pytest.fixture(scope="package")
def pan(tmp_path_factory):
    """A pan over the dog in WebM, VP8, as another program writes it."""
    return write_pan(tmp_path_factory.mktemp("videos") / "pan.webm", "VP80")


@pytest.fixture(scope="package")
def long(tmp_path_factory):
    """Half a minute of the same, to be interrupted."""
    return write_pan(tmp_path_factory.mktemp("videos") / "long.webm", "VP80", frames=360)


@pytest.fixture(scope="package")
def phone(tmp_path_factory):
    """The same in MP4, with a tone, and the index at the end."""
    folder = tmp_path_factory.mktemp("videos")
    plain = write_pan(folder / "plain.mp4", "vp09")
    return remux(plain, folder / "phone.mp4", sound=True)
