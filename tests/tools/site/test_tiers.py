import hashlib
import json
import lzma
import random

import pytest

from tools.site.tiers import Tiers, content_hash


@pytest.fixture
def tiers(tmp_path):
    return Tiers(tmp_path / "dist", tmp_path / "cache")


def write(folder, name, content):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path


def test_the_same_content_has_the_same_address(tiers, tmp_path):
    first = tiers.add("engine", [write(tmp_path / "a", "x.bin", b"same")])
    again = tiers.add("other", [write(tmp_path / "b", "x.bin", b"same")])

    assert first == again


def test_other_content_has_another_address(tiers, tmp_path):
    path = write(tmp_path / "a", "x.bin", b"old")
    old = tiers.add("engine", [path])
    path.write_bytes(b"new")

    assert tiers.add("engine", [path]) != old


def test_files_added_together_lie_in_one_folder_and_change_it_together(tiers, tmp_path):
    lock, wheel = write(tmp_path, "lock.json", b"{}"), write(tmp_path, "a.whl", b"1")
    before = tiers.add("engine", [lock, wheel])
    wheel.write_bytes(b"2")
    after = tiers.add("engine", [lock, wheel])

    folders = [{address.rsplit("/", 1)[0] for address in each} for each in (before, after)]
    assert [len(each) for each in folders] == [1, 1]
    assert folders[0] != folders[1]
    assert [address.rsplit("/", 1)[1] for address in after] == ["lock.json", "a.whl"]


def test_the_hash_sees_which_file_has_which_content(tmp_path):
    ab = [write(tmp_path, "1", b"ab"), write(tmp_path, "2", b"c")]
    shifted = [write(tmp_path, "3", b"a"), write(tmp_path, "4", b"bc")]

    assert content_hash(ab) != content_hash(shifted)
    assert len(content_hash(ab)) == 12


@pytest.mark.parametrize(
    ("content", "encoding", "parts"),
    [
        pytest.param(b"mekiki " * 300_000, "xz", 1, id="compresses well"),
        pytest.param(random.Random(5).randbytes(600_000), "identity", 3, id="does not compress"),
        pytest.param(
            random.Random(6).randbytes(300_000) + bytes(500_000), "xz", 2, id="xz in parts"
        ),
    ],
)
def test_the_listed_parts_make_the_listed_file(tiers, tmp_path, content, encoding, parts):
    dist = tmp_path / "dist"
    (address,) = tiers.add("engine", [write(tmp_path, "a.bin", content)])
    (listed,) = json.loads(json.dumps(tiers.to_dict()))["engine"]

    joined = b""
    for part in listed["parts"]:
        piece = (dist / part["url"]).read_bytes()
        assert (len(piece), hashlib.sha256(piece).hexdigest()) == (part["bytes"], part["sha256"])
        assert len(piece) <= 256 << 10
        joined += piece
    whole = lzma.decompress(joined) if listed["encoding"] == "xz" else joined
    assert (listed["encoding"], len(listed["parts"])) == (encoding, parts)
    assert listed["url"] == address
    assert (len(whole), hashlib.sha256(whole).hexdigest()) == (listed["bytes"], listed["sha256"])
    assert whole == content == (dist / address).read_bytes()


def test_a_tier_counts_the_bytes_that_cross_the_line(tiers, tmp_path):
    tiers.add("model:a", [write(tmp_path, "a.onnx", bytes(100_000))])
    tiers.add("model:a", [write(tmp_path, "a.zip", random.Random(7).randbytes(500))])

    listed = tiers.to_dict()["model:a"]
    on_the_line = sum(part["bytes"] for asset in listed for part in asset["parts"])
    assert tiers.transfer_bytes("model:a") == on_the_line < 1_500
