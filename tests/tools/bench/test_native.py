from dataclasses import replace

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from tools.bench.agreement import compare
from tools.bench.engine import NativeEngine
from tools.bench.forward import Network
from tools.bench.inputs import Subject
from tools.errors import BuildError


@pytest.fixture(scope="module")
def subject(tmp_path_factory):
    """A convolution and a ReLU over a random picture."""
    folder = tmp_path_factory.mktemp("net")
    rng = np.random.default_rng(3)
    weights = rng.normal(size=(4, 3, 3, 3)).astype(np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["input", "weights"], ["sum"], pads=[1, 1, 1, 1], name="conv"),
            helper.make_node("Relu", ["sum"], ["out"], name="relu"),
        ],
        "net",
        [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, 8, 10])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 4, 8, 10])],
        [helper.make_tensor("weights", TensorProto.FLOAT, weights.shape, weights.ravel())],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, folder / "net.onnx")
    rng.normal(size=(1, 3, 8, 10)).astype(np.float32).tofile(folder / "net.f32")
    files = (folder / "net.onnx", folder / "net.f32")
    return Subject("net", *files, (1, 3, 8, 10), "input", ("out",))


def test_the_native_engines_agree_and_give_times(subject):
    found = {}
    for library in ("opencv", "onnxruntime"):
        engine = NativeEngine(library)
        engine.load(subject)
        times = engine.run(3)
        found[engine.name] = engine.outputs()
        engine.close()
        assert len(times) == 3
        assert min(times) > 0
        assert engine.version
    verdicts = compare(found, list(found))
    assert found["native opencv"]["out"].shape == (1, 4, 8, 10)
    assert found["native opencv"]["out"].max() > 1
    assert all(verdict["agrees"] for verdict in verdicts.values())


def test_a_profile_names_each_layer_with_its_type_shapes_and_time(subject):
    blob = subject.blob.read_bytes()
    network = Network(subject.onnx.read_bytes(), blob, subject.shape, "input", ["out"])
    convolution = network.profile(3)[0]
    assert (convolution["type"], convolution["name"]) == ("Convolution", "conv")
    assert convolution["inputs"] == [[1, 3, 8, 10]]
    assert convolution["outputs"] == [[1, 4, 8, 10]]
    assert convolution["weights"][0] == [4, 3, 3, 3]
    assert convolution["milliseconds"] > 0


def test_an_engine_that_dies_is_an_error(subject, tmp_path, capfd):
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no graph")
    engine = NativeEngine("onnxruntime")
    with pytest.raises(BuildError) as raised:
        engine.load(replace(subject, onnx=broken))
    engine.close()
    assert raised.value.code == "native-engine-stopped"
    assert "INVALID_PROTOBUF" in capfd.readouterr().err
