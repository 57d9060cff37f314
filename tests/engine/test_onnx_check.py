"""What is let through, and the words for what is not. tests/opencv/hostile has whole files."""

import onnx as onnx_package
import pytest
from onnx import TensorProto, helper

from mekiki.errors import MekikiError
from mekiki.onnx_check import MOST_BYTES, MOST_NODES, check_onnx, check_size
from tests.opencv.hostile import models as hostile
from tests.opencv.operators.cases import by_name
from tools.site.models import model_folders


def refused(data):
    with pytest.raises(MekikiError) as caught:
        check_onnx(data, "a-model")
    return caught.value.code, caught.value.data


@pytest.mark.parametrize("model_id", [spec["id"] for _, spec in model_folders()])
def test_models_of_the_catalogue_are_let_through(onnx, model_id):
    check_onnx(onnx(model_id), model_id)


def test_graphs_of_the_operator_sweep_are_let_through():
    for case in by_name().values():
        check_onnx(case.model.SerializeToString(), case.name)


def test_as_many_nodes_as_allowed_and_one_more():
    check_onnx(hostile.chain(MOST_NODES), "a-model")
    code, data = refused(hostile.chain(MOST_NODES + 1))
    assert (code, data) == ("model-too-large", {"nodes": MOST_NODES})


def test_size_is_told():
    check_size(MOST_BYTES)
    with pytest.raises(MekikiError) as caught:
        check_size(MOST_BYTES + 1)
    assert caught.value.data == {"bytes": MOST_BYTES + 1, "most": MOST_BYTES}


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "no ONNX graph"),
        (lambda: hostile.harmless()[:-1], "cut off"),
        (hostile.cyclic, "nothing makes b before it is used"),
        (lambda: hostile.convolution(None), "nothing makes w before"),
        (lambda: hostile.convolution(hostile.tensor(9, 9)), "fewer weights than"),
        (lambda: hostile.convolution(hostile.tensor(-3)), "a dimension of -3"),
        (hostile.in_another_file, "another file"),
        (hostile.with_a_graph_inside, "a graph inside a node"),
        (
            lambda: hostile.model([helper.make_node("Relu", ["x"], ["z"])]),
            "nothing makes the output y",
        ),
    ],
)
def test_detail_says_what_is_wrong(make, said):
    code, data = refused(make())
    assert code == "model-unreadable"
    assert said in data["detail"]


def test_an_input_that_is_left_out_is_no_error():
    weights = helper.make_tensor("high", TensorProto.FLOAT, [], [6.0])
    check_onnx(hostile.model([helper.make_node("Clip", ["x", "", "high"], ["y"])], [weights]), "a")


def test_lengths_of_inputs_and_outputs_may_be_unknown():
    """ONNX says dim_param, or nothing; some exporters say -1, with which OpenCV works too."""
    model = onnx_package.load_model_from_string(hostile.harmless())
    for value in (model.graph.input[0], model.graph.output[0]):
        for axis in (0, 2, 3):
            value.type.tensor_type.shape.dim[axis].dim_value = -1
    check_onnx(model.SerializeToString(), "a-model")
    model.graph.input[0].type.tensor_type.shape.dim[2].dim_value = -2
    assert "a dimension of -2" in refused(model.SerializeToString())[1]["detail"]


def test_a_graph_in_two_parts_is_read_as_one():
    """Protocol buffers merge a message that comes twice."""
    first, second = hostile.chain(2), hostile.chain(3)
    check_onnx(first + second, "a-model")
    refused(first + second + hostile.chain(MOST_NODES))
