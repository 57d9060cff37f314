import hashlib

import pytest

from tools.errors import BuildError
from tools.models.fetch import NotFound, fetch
from tools.models.recipe import UrlSource

CONTENT = b"a model" * 100
WRONG = b"A model" * 100


def source(*urls):
    sha256 = hashlib.sha256(CONTENT).hexdigest()
    return UrlSource("model.onnx", len(CONTENT), sha256, urls)


@pytest.fixture
def mirror(tmp_path):
    folder = tmp_path / "mirror"
    folder.mkdir()
    return folder


def test_the_mirror_is_asked_first(mirror, tmp_path, https_site):
    (mirror / "model.onnx").write_bytes(CONTENT)

    found = fetch(source(f"{https_site.url}/m"), cache=tmp_path, mirror=mirror, network=True)

    assert found == CONTENT
    assert https_site.requests == []


@pytest.mark.parametrize("content", [WRONG, CONTENT[:-1], b""])
def test_a_wrong_file_in_the_mirror_is_an_error_that_says_what_was_expected(
    mirror, tmp_path, content
):
    (mirror / "model.onnx").write_bytes(content)

    with pytest.raises(BuildError) as caught:
        fetch(source(), cache=tmp_path, mirror=mirror, network=False)

    assert caught.value.code == "mirror-file-wrong"
    assert caught.value.data == {
        "file": mirror / "model.onnx",
        "bytes": len(content),
        "expected_bytes": len(CONTENT),
        "sha256": hashlib.sha256(content).hexdigest(),
        "expected_sha256": hashlib.sha256(CONTENT).hexdigest(),
    }


def test_a_mirror_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(BuildError, match=r"mirror-missing: mirror=\S+/nowhere"):
        fetch(source(), cache=tmp_path, mirror=tmp_path / "nowhere", network=False)


def test_a_download_is_kept_for_the_next_time(tmp_path, https_site, mirror):
    https_site.pages["/m"] = (200, {}, CONTENT)
    wanted = source(f"{https_site.url}/m")

    first = fetch(wanted, cache=tmp_path, mirror=mirror, network=True)
    second = fetch(wanted, cache=tmp_path, mirror=None, network=False)

    assert first == second == CONTENT
    assert https_site.requests == ["/m"]
    assert [path.name for path in (tmp_path / "downloads").iterdir()] == ["model.onnx"]


def test_a_spoilt_file_in_the_cache_is_downloaded_anew(tmp_path, https_site):
    https_site.pages["/m"] = (200, {}, CONTENT)
    kept = tmp_path / "downloads/model.onnx"
    kept.parent.mkdir()
    kept.write_bytes(WRONG)

    fetch(source(f"{https_site.url}/m"), cache=tmp_path, mirror=None, network=True)

    assert kept.read_bytes() == CONTENT


def test_addresses_are_tried_until_one_gives_the_right_bytes(tmp_path, https_site):
    https_site.pages["/wrong"] = (200, {}, WRONG)
    https_site.pages["/right"] = (200, {}, CONTENT)
    urls = [f"{https_site.url}/{name}" for name in ("gone", "wrong", "right", "more")]

    assert fetch(source(*urls), cache=tmp_path, mirror=None, network=True) == CONTENT
    assert https_site.requests == ["/gone", "/wrong", "/right"]


def test_when_nothing_has_it_the_reason_is_one_line(tmp_path, https_site):
    https_site.pages["/wrong"] = (200, {}, WRONG)
    urls = [f"{https_site.url}/{name}" for name in ("gone", "wrong")]

    with pytest.raises(NotFound) as caught:
        fetch(source(*urls), cache=tmp_path, mirror=None, network=True)

    host = https_site.url.removeprefix("https://")
    assert str(caught.value) == (
        f"model.onnx: no mirror is named; {host}: Not Found; {host}: wrong sha256"
    )
    assert not (tmp_path / "downloads").exists()


def test_without_the_network_no_address_is_asked(tmp_path, https_site):
    with pytest.raises(NotFound, match="the network is not to be used"):
        fetch(source(f"{https_site.url}/m"), cache=tmp_path, mirror=None, network=False)

    assert https_site.requests == []
