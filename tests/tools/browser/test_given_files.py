from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tools.browser.given_files import GivenFiles


@pytest.fixture
def server(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.html").write_text("<p>あ</p>")
    (tmp_path / "in" / "engine.wasm").write_bytes(b"\0asm")
    (tmp_path / "secret").write_text("not served")
    running = GivenFiles({"files": tmp_path / "in"})
    yield running
    running.stop()


def get(url):
    with urlopen(url, timeout=10) as response:
        return response.read(), response.headers


def test_folders_are_served_with_the_types_that_browsers_insist_on(server):
    page, headers = get(server.url + "files/page.html")
    assert (page.decode(), headers["Content-Type"]) == ("<p>あ</p>", "text/html")
    wasm, headers = get(server.url + "files/engine.wasm")
    assert (wasm, headers["Content-Type"]) == (b"\0asm", "application/wasm")
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_bytes_are_served_until_they_are_taken_back(server):
    first, second = server.give("a.whl", b"one"), server.give("a.whl", b"two")
    assert [get(url)[0] for url in (first, second)] == [b"one", b"two"]
    assert first.endswith("/a.whl")
    server.take_back(first)
    with pytest.raises(HTTPError, match="404") as caught:
        get(first)
    caught.value.close()
    assert get(second)[0] == b"two"


@pytest.mark.parametrize("path", ["files/gone", "secret", "files/../secret", "files", "", "x/y"])
def test_nothing_else_is_served(server, path):
    with pytest.raises(HTTPError, match="404") as caught:
        get(server.url + path)
    caught.value.close()
