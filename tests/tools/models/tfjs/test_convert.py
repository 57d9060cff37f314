import numpy as np
import onnx
import pytest

from tests.tools.models.tfjs.tiny import node, placeholder, write_model
from tools.errors import BuildError
from tools.models.tfjs.convert import convert
from tools.models.tfjs.graph import read_graph

WEIGHTS = {"one": np.float32([1])}


def converted(folder, nodes, outputs=("out",), names=None, shape=(1, 4, 6, 3)):
    graph = read_graph(write_model(folder, [placeholder(*shape), *nodes], WEIGHTS))
    return convert(graph, outputs, names or outputs)


def shape_of(info):
    return info.name, [length.dim_value for length in info.type.tensor_type.shape.dim]


def test_the_model_is_nchw_opset_13_with_the_names_asked_for(tmp_path):
    nodes = [node("a", "Relu", "image"), node("b", "Identity", "a"), node("c", "Add", "b", "one")]

    model = converted(tmp_path, nodes, ["b", "c"], ["first", "second"])

    assert (model.ir_version, model.opset_import[0].version) == (7, 13)
    assert [shape_of(info) for info in model.graph.input] == [("input", [1, 3, 4, 6])]
    assert [shape_of(info) for info in model.graph.output] == [
        ("first", [1, 3, 4, 6]),
        ("second", [1, 3, 4, 6]),
    ]
    onnx.checker.check_model(model, full_check=True)


def test_an_equal_constant_is_stored_once(tmp_path):
    nodes = [node("a", "Add", "image", "one"), node("out", "Mul", "a", "one")]

    assert len(converted(tmp_path, nodes).graph.initializer) == 1


def test_an_unknown_operation_is_named_with_its_node(tmp_path):
    with pytest.raises(BuildError) as caught:
        converted(tmp_path, [node("block/odd", "TopKV2", "image")], ["block/odd"])

    assert caught.value.code == "tfjs-op-unknown"
    assert caught.value.data == {"op": "TopKV2", "node": "block/odd"}


def test_an_unknown_operation_that_no_output_needs_does_no_harm(tmp_path):
    nodes = [node("out", "Relu", "image"), node("tail", "TopKV2", "out")]

    assert [made.op_type for made in converted(tmp_path, nodes).graph.node] == ["Relu"]


def test_an_open_input_shape_is_refused(tmp_path):
    with pytest.raises(BuildError, match="tfjs-shape-open: node=image"):
        converted(tmp_path, [node("out", "Relu", "image")], shape=(-1, 4, 6, 3))


@pytest.mark.parametrize("outputs", [["a", "b"], ["image"]])
def test_outputs_that_cannot_have_names_of_their_own_are_refused(tmp_path, outputs):
    nodes = [node("a", "Relu", "image"), node("b", "Identity", "a")]

    with pytest.raises(BuildError, match="onnx-outputs"):
        converted(tmp_path, nodes, outputs)


def test_a_constant_output_is_refused(tmp_path):
    with pytest.raises(BuildError, match="tfjs-output-constant"):
        converted(tmp_path, [], ["one"])
