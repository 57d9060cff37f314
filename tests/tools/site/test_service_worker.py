import json
import random
import re

import pytest

from tools.errors import BuildError
from tools.site.service_worker import expected, write_service_worker

SHELL = {
    "index.html": b"<!doctype html>",
    "manifest.json": b"{}",
    "icons/icon.svg": b"<svg/>",
    "icons/icon-192.png": b"png",
    "thumbs/dog.webp": b"webp",
    "shell-abc/app/start.mjs": b"start()",
    "shell-abc/mpy/shell.romfs": b"romfs",
    "shell-abc/assets.json": b"{}",
    "vendor/micropython-1/micropython.wasm": b"wasm",
}
BIG = {"assets/abc/runtime.wasm": b"runtime", "assets/abc/runtime.wasm.000": b"part"}
LATER = {"icons/icon-512.png": b"png", "screenshots/phone.png": b"png", "licences.txt": b"text"}


def site(folder, **more):
    for name, content in (SHELL | BIG | LATER | more).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A small site with its service worker: the text of sw.js and the count."""
    dist = site(tmp_path_factory.mktemp("dist"))
    count = write_service_worker(dist, tmp_path_factory.mktemp("scratch"))
    return (dist / "sw.js").read_text("utf-8"), count


def entries(text):
    """The precache list: revision by address."""
    listed = re.search(r'\[\{[^\]]*"?url"?:[^\]]*\]', text)
    quoted = re.sub(r"([{,])(\w+):", r'\1"\2":', listed[0])
    return {entry["url"]: entry["revision"] for entry in json.loads(quoted)}


def test_the_whole_shell_is_precached_and_nothing_else(built):
    text, count = built

    assert entries(text).keys() == SHELL.keys()
    assert count == len(SHELL)


def test_addresses_that_name_their_content_have_no_revision(built):
    revisions = entries(built[0])

    named = {name for name in SHELL if name.startswith(("shell-", "vendor/"))}
    assert {name for name, revision in revisions.items() if revision is None} == named


def test_it_is_one_file_without_imports_or_foreign_addresses(built):
    text = built[0]

    assert "importScripts" not in text
    assert re.findall(r"\bimport\b[\s({\"']", text) == []
    assert "storage.googleapis" not in text
    assert "__WB_MANIFEST" not in text


def test_a_file_above_the_limit_fails_the_build_by_name(tmp_path):
    # Random, so that whoever measures it compressed does not find it small.
    too_big = {"vendor/micropython-1/huge.wasm": random.Random(8).randbytes((4 << 20) + 1)}
    dist = site(tmp_path / "dist", **too_big)

    with pytest.raises(BuildError) as caught:
        write_service_worker(dist, tmp_path)
    assert caught.value.code == "precache-incomplete"
    assert caught.value.data["missing"] == list(too_big)


def test_an_empty_site_fails_the_build(tmp_path):
    dist = tmp_path / "dist"
    dist.mkdir()

    with pytest.raises(BuildError) as caught:
        write_service_worker(dist, tmp_path)
    assert caught.value.code == "precache-incomplete"


def test_what_is_expected_are_files_and_not_folders(tmp_path):
    assert expected(site(tmp_path)) == SHELL.keys()
