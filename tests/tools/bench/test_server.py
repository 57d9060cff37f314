import http.client
import urllib.request

import pytest

from tools.bench.server import IsolatedSite


@pytest.fixture
def site(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "below").mkdir(parents=True)
        (tmp_path / name / "below" / "file.mjs").write_text(f"// {name}")
    (tmp_path / "secret").write_text("secret")
    site = IsolatedSite({"one": tmp_path / "one", "two": tmp_path / "two"})
    yield site
    site.stop()


def status(site, path):
    connection = http.client.HTTPConnection(site.url.split("/")[2])
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_pages_are_isolated_and_their_files_may_be_kept(site):
    with urllib.request.urlopen(f"{site.url}two/below/file.mjs") as answer:
        assert answer.read() == b"// two"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert answer.headers["Content-Type"] == "text/javascript"
        assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/one/below/file.mjs",
        "/assets/three/file.mjs",
        "/assets/one/none",
        "/assets/one/../../secret",
        "/assets/one/%2e%2e/secret",
    ],
)
def test_nothing_else_is_served(site, path):
    assert status(site, path) == 404
