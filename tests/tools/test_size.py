import gzip
import json

import pytest

from tools import size
from tools.errors import BuildError
from tools.size import measure, report


def gzipped(*contents):
    return sum(len(gzip.compress(content, 9, mtime=0)) for content in contents)


def asset(url, *part_bytes):
    return {"url": url, "parts": [{"bytes": count} for count in part_bytes]}


INTERACTIVE = {
    "index.html": b"<!doctype html>" * 50,
    "shell-abc/app/start.mjs": b"start();" * 40,
    "shell-abc/mpy/shell.romfs": bytes(range(256)) * 9,
    "vendor/micropython-1/micropython.wasm": b"wasm" * 500,
}
ASSETS = {
    "engine": [asset("assets/1/a.wasm", 100, 20), asset("assets/2/b.zip", 3)],
    "engine-simd": [asset("assets/2/opencv_python-4-1simd-cp3.whl", 30)],
    "engine-relaxed": [asset("assets/2/opencv_python-4-1relaxed-cp3.whl", 40)],
    "model:small": [asset("assets/3/small.onnx", 50)],
    "model:large": [asset("assets/4/large.onnx", 500, 500)],
    "samples": [asset("assets/5/dog.jpg", 7)],
}
LATER = {
    "shell-abc/py/worker.mjs": b"worker" * 30,
    "shell-abc/assets.json": json.dumps(ASSETS).encode(),
    "sw.js": b"sw" * 90,
    "manifest.json": b"{}",
    "thumbs/dog.webp": b"webp",
    "icons/icon.svg": b"<svg/>",
}
ROOMS = {
    "shell-abc/rooms/history.romfs": bytes(range(200)) * 5,
    "shell-abc/app/rooms/history/list.mjs": b"list();" * 9,
    "vendor/idb-8/index.js": b"idb" * 77,
}
NOT_COUNTED = {"screenshots/phone.png": b"png" * 999, "assets/1/a.wasm.000": b"x" * 100}


@pytest.fixture
def dist(tmp_path):
    folder = tmp_path / "dist"
    for name, content in (INTERACTIVE | LATER | ROOMS | NOT_COUNTED).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_the_shell_is_counted_as_a_host_that_compresses_sends_it(dist):
    sizes = measure(dist)

    assert sizes["shell_interactive"] == gzipped(*INTERACTIVE.values())
    assert sizes["shell_later"] == gzipped(*LATER.values())
    assert sizes["shell_rooms"] == gzipped(*ROOMS.values())
    assert sizes["shell_files"] == {name: gzipped(each) for name, each in INTERACTIVE.items()}


def test_tiers_are_counted_by_their_parts(dist):
    sizes = measure(dist)

    assert sizes["tiers"] == {
        "engine": 123,
        "engine-simd": 30,
        "engine-relaxed": 40,
        "model:small": 50,
        "model:large": 1000,
        "samples": 7,
    }
    assert sizes["asset_files"]["a.wasm"] == 120


def test_a_phone_downloads_the_common_engine_and_one_build(dist):
    assert measure(dist)["engine"] == {"simd": 153, "relaxed": 163}


def test_offline_is_the_shell_the_engine_and_one_model(dist):
    sizes = measure(dist)

    shell = sizes["shell_interactive"] + sizes["shell_later"]
    assert sizes["offline"] == {
        "small": {"simd": shell + 203, "relaxed": shell + 213},
        "large": {"simd": shell + 1153, "relaxed": shell + 1163},
    }


def test_without_a_built_site_there_is_nothing_to_measure(tmp_path):
    with pytest.raises(BuildError) as caught:
        measure(tmp_path)
    assert caught.value.code == "nothing-to-measure"
    assert caught.value.data["do"] == "make build"


def test_the_report_is_printed_and_kept(dist, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(size, "REPORTS", tmp_path / "reports")
    report(dist)

    printed = capsys.readouterr().out
    sizes = measure(dist)
    assert json.loads((tmp_path / "reports" / "size.json").read_text()) == sizes
    for name in ("engine-relaxed", "model:large", "all to detect offline with small, simd"):
        assert name in printed
    assert f"{sizes['offline']['large']['relaxed']:,}" in printed
    assert "wheel opencv_python-4-1simd, at most 3,000,000" in printed


def test_a_wheel_above_its_limit_is_an_error(dist, tmp_path, monkeypatch):
    monkeypatch.setattr(size, "REPORTS", tmp_path / "reports")
    monkeypatch.setattr(size, "LIMITS", {"opencv_python": 39})

    with pytest.raises(BuildError) as caught:
        report(dist)
    assert caught.value.code == "wheel-too-large"
    assert caught.value.data["bytes"] == {"opencv_python-4-1relaxed-cp3.whl": 40}
