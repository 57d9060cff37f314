import hashlib
import json
import lzma
import random

import pytest

from tools.engine.parts import write_parts


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def write(tmp_path, cache, name, data, **options):
    source = tmp_path / name
    source.write_bytes(data)
    return write_parts(source, tmp_path / "out", "assets/v1", cache=cache, **options)


def joined(tmp_path, asset):
    names = [part.url.removeprefix("assets/v1/") for part in asset.parts]
    return b"".join((tmp_path / "out" / name).read_bytes() for name in names)


def test_the_parts_joined_and_unpacked_are_the_file(tmp_path, cache):
    data = random.Random(1).randbytes(1000) * 40 + bytes(range(256)) * 300
    asset = write(tmp_path, cache, "runtime.wasm", data, part_bytes=500)
    assert asset.encoding == "xz"
    assert lzma.decompress(joined(tmp_path, asset)) == data
    assert (asset.bytes, asset.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_parts_are_numbered_hold_at_most_part_bytes_and_know_their_digest(tmp_path, cache):
    asset = write(tmp_path, cache, "a.bin", random.Random(2).randbytes(2500), part_bytes=1000)
    stamp = hashlib.sha256(joined(tmp_path, asset)).hexdigest()[:8]
    names = [f"assets/v1/a.bin.{stamp}.{n:03d}" for n in range(3)]
    assert [part.url for part in asset.parts] == names
    assert [part.bytes for part in asset.parts] == [1000, 1000, 500]
    for part in asset.parts:
        piece = (tmp_path / "out" / part.url.rsplit("/", 1)[1]).read_bytes()
        assert (len(piece), hashlib.sha256(piece).hexdigest()) == (part.bytes, part.sha256)


def test_what_does_not_shrink_is_stored_as_it_is(tmp_path, cache):
    data = random.Random(3).randbytes(5000)
    asset = write(tmp_path, cache, "photo.jpg", data)
    assert asset.encoding == "identity"
    assert joined(tmp_path, asset) == data
    assert asset.transfer_bytes == len(data)


def test_a_saving_of_two_percent_is_not_worth_unpacking(tmp_path, cache):
    data = random.Random(4).randbytes(9800) + bytes(200)
    assert write(tmp_path, cache, "a.bin", data).encoding == "identity"


def test_a_second_run_gives_the_same_bytes_with_or_without_the_cache(tmp_path, cache):
    data = b"mekiki " * 5000
    first = write(tmp_path, cache, "a.wasm", data)
    before = joined(tmp_path, first)
    for folder in (cache, tmp_path / "other"):
        assert write(tmp_path, folder, "a.wasm", data) == first
        assert joined(tmp_path, first) == before


def test_an_empty_file_is_one_empty_part(tmp_path, cache):
    asset = write(tmp_path, cache, "empty.bin", b"")
    assert (asset.bytes, asset.encoding, len(asset.parts)) == (0, "identity", 1)


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.wasm", "application/wasm"),
        ("a.mjs", "text/javascript"),
        ("a.json", "application/json"),
        ("a.onnx", "application/octet-stream"),
    ],
)
def test_the_media_type_is_that_of_the_name(tmp_path, cache, name, media_type):
    assert write(tmp_path, cache, name, b"x").type == media_type


def test_an_asset_becomes_plain_json(tmp_path, cache):
    asset = write(tmp_path, cache, "a.bin", b"abc" * 1000, part_bytes=10)
    values = json.loads(json.dumps(asset.to_dict()))
    assert set(values) == {
        "url", "bytes", "sha256", "encoding", "type", "parts", "transfer_bytes",
    }  # fmt: skip
    assert values["transfer_bytes"] == sum(part["bytes"] for part in values["parts"])
    assert set(values["parts"][0]) == {"url", "bytes", "sha256"}
