from pathlib import Path

import pytest

from tools.errors import BuildError
from tools.models.sources import (
    Archive,
    Cut,
    FileSource,
    TfjsSource,
    UrlSource,
    WheelSource,
    read_source,
)

PATH = Path("models/a-model/model.json")
ARCHIVE = {"package": "@a/package", "version": "1.2.3", "bytes": 9, "sha256": "abc"}
TFJS = {
    "kind": "tfjs",
    "package": "@a/package",
    "version": "1.2.3",
    "graph": "models/a.json",
    "outputs": ["Identity", "Identity_1"],
    "names": ["boxes", "scores"],
}
URL = {"kind": "url", "file": "a.onnx", "bytes": 9, "sha256": "abc", "urls": ["https://a/b"]}
WHEEL = {"kind": "wheel", **ARCHIVE, "member": "a/b.onnx", "shape": [1, 3, 4, 5]}
FILE = {"kind": "file", "file": "a.onnx"}


def test_a_graph_in_a_package_of_the_project():
    assert read_source(TFJS, PATH) == TfjsSource(
        package="@a/package",
        version="1.2.3",
        graph="models/a.json",
        size=None,
        outputs=("Identity", "Identity_1"),
        names=("boxes", "scores"),
        archive=None,
        cut=None,
    )


def test_a_graph_in_a_package_that_is_fetched_for_it_alone():
    source = read_source(TFJS | {"bytes": 9, "sha256": "abc"}, PATH)

    assert source.archive == Archive("npm", "@a/package", "1.2.3", 9, "abc")


def test_a_graph_that_is_cut_and_given_another_size():
    more = {"size": [320, 256], "cut": {"node": "sub", "shape": [1, 300, 300, 3]}}

    source = read_source(TFJS | more, PATH)

    assert source.size == (320, 256)
    assert source.cut == Cut("sub", (1, 300, 300, 3))


def test_a_file_in_a_wheel():
    archive = Archive("wheel", "@a/package", "1.2.3", 9, "abc")

    assert read_source(WHEEL, PATH) == WheelSource(archive, "a/b.onnx", (1, 3, 4, 5))


def test_a_file_that_others_serve():
    assert read_source(URL, PATH) == UrlSource("a.onnx", 9, "abc", ("https://a/b",))


def test_a_file_beside_its_facts():
    assert read_source(FILE, PATH) == FileSource(Path("models/a-model/a.onnx"))


def test_another_kind_is_refused():
    with pytest.raises(BuildError, match=r"model-value-unknown: .* key=source.kind value=ftp"):
        read_source({"kind": "ftp"}, PATH)


@pytest.mark.parametrize(
    ("source", "key"),
    [
        *((TFJS, key) for key in ("kind", "package", "version", "graph", "outputs", "names")),
        *((URL, key) for key in ("file", "bytes", "sha256", "urls")),
        *((WHEEL, key) for key in ("package", "version", "bytes", "sha256", "member", "shape")),
        (FILE, "file"),
    ],
)
def test_what_is_missing_is_named(source, key):
    lacking = {name: value for name, value in source.items() if name != key}

    with pytest.raises(KeyError, match=f"'{key}'"):
        read_source(lacking, PATH)
