import urllib.error
import urllib.request

import pytest

from tools.errors import BuildError
from tools.serve import Site

FILES = {
    "index.html": "text/html",
    "sw.js": "text/javascript",
    "manifest.json": "application/json",
    "icons/icon.svg": "image/svg+xml",
    "thumbs/dog.webp": "image/webp",
    "shell-abc/app/start.mjs": "text/javascript",
    "vendor/micropython-1/micropython.wasm": "application/wasm",
    "assets/abc/model.onnx.000": "application/octet-stream",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    for name in FILES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    site = Site(folder)
    yield site
    site.stop()


def get(url):
    """Status, headers and body; an error page counts too."""
    try:
        response = urllib.request.urlopen(url, timeout=5)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        return response.status, response.headers, response.read()


@pytest.mark.parametrize(("name", "media_type"), FILES.items())
def test_files_come_whole_and_with_their_media_type(site, name, media_type):
    status, headers, body = get(site.url + name)

    assert (status, body) == (200, name.encode())
    assert headers["Content-Type"] == media_type
    assert int(headers["Content-Length"]) == len(body)


def test_the_folder_itself_is_the_page(site):
    assert get(site.url)[2] == b"index.html"


@pytest.mark.parametrize("name", FILES)
def test_only_what_is_named_after_its_content_may_be_kept(site, name):
    kept = name.startswith(("shell-", "vendor/", "assets/"))

    rule = get(site.url + name)[1]["Cache-Control"]
    assert rule == ("max-age=31536000, immutable" if kept else "no-cache")


def test_a_file_that_is_not_there_must_be_asked_for_again(site):
    status, headers, _ = get(site.url + "assets/abc/not-there.000")

    assert status == 404
    assert headers["Cache-Control"] == "no-cache"


def test_a_deep_link_is_still_the_page_and_not_kept(site):
    _, headers, body = get(site.url + "?sample=dog")

    assert body == b"index.html"
    assert headers["Cache-Control"] == "no-cache"


def test_a_port_in_use_is_an_error_that_says_what_to_do(site, tmp_path):
    port = int(site.url.rstrip("/").rsplit(":", 1)[1])

    with pytest.raises(BuildError) as caught:
        Site(tmp_path, port)
    assert caught.value.code == "port-refused"
    assert caught.value.data["port"] == port
    assert "PORT=" in caught.value.data["do"]


def test_after_stop_nobody_answers(tmp_path):
    site = Site(tmp_path)
    assert get(site.url)[0] == 200
    site.stop()

    with pytest.raises(urllib.error.URLError):
        get(site.url)
