import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from tools.models.static import fix_shapes, raise_opset

WEIGHTS = np.random.default_rng(0).normal(size=(4, 3, 3, 3)).astype(np.float32)
OPEN = ("n", 3, "height", "width")


def open_model(opset=13):
    """A convolution that halves a picture of any size, its weights in a node of their own."""
    constant = helper.make_node(
        "Constant", [], ["weights"], value=numpy_helper.from_array(WEIGHTS, "anything")
    )
    conv = helper.make_node("Conv", ["x", "weights"], ["y"], strides=[2, 2], pads=[1, 1, 1, 1])
    graph = helper.make_graph(
        [constant, conv],
        "test",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, OPEN)],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ("n", 4, "h", "w"))],
        value_info=[helper.make_tensor_value_info("weights", TensorProto.FLOAT, WEIGHTS.shape)],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=7)


def dimensions(info):
    return [each.dim_value or each.dim_param for each in info.type.tensor_type.shape.dim]


def test_the_input_has_the_shape_and_the_output_what_follows_from_it():
    fixed = fix_shapes(open_model(), (1, 3, 64, 48))

    assert dimensions(fixed.graph.input[0]) == [1, 3, 64, 48]
    assert dimensions(fixed.graph.output[0]) == [1, 4, 32, 24]
    onnx.checker.check_model(fixed, full_check=True)


def test_the_model_that_was_given_is_left_as_it_was():
    model = open_model()

    fix_shapes(model, (1, 3, 64, 48))

    assert model == open_model()


def test_it_computes_the_same():
    blob = np.random.default_rng(1).normal(size=(1, 3, 8, 8)).astype(np.float32)

    (said,) = ReferenceEvaluator(fix_shapes(open_model(), blob.shape)).run(None, {"x": blob})

    (expected,) = ReferenceEvaluator(open_model()).run(None, {"x": blob})
    np.testing.assert_array_equal(said, expected)


def test_weights_in_nodes_become_initialisers_which_can_be_stored_smaller():
    graph = fix_shapes(open_model(), (1, 3, 64, 48)).graph

    assert [node.op_type for node in graph.node] == ["Conv"]
    (weights,) = graph.initializer
    assert weights.name == "weights"
    np.testing.assert_array_equal(numpy_helper.to_array(weights), WEIGHTS)


def test_a_constant_that_is_written_as_a_number_stays_a_node():
    model = open_model()
    model.graph.node[1].output[0] = "conv"
    model.graph.node.append(helper.make_node("Constant", [], ["half"], value_float=0.5))
    model.graph.node.append(helper.make_node("Mul", ["conv", "half"], ["y"]))

    graph = fix_shapes(model, (1, 3, 64, 48)).graph

    assert [node.op_type for node in graph.node] == ["Conv", "Constant", "Mul"]
    assert dimensions(graph.output[0]) == [1, 4, 32, 24]


def test_a_shape_that_the_graph_does_not_take_is_refused():
    with pytest.raises(onnx.shape_inference.InferenceError):
        fix_shapes(open_model(), (1, 3, 64))


@pytest.mark.parametrize("opset", [13, 17])
def test_a_model_of_a_later_opset_is_left_alone(opset):
    model = open_model(opset)

    assert raise_opset(model) is model


def test_a_model_of_an_older_opset_becomes_one_of_13():
    model = open_model(11)

    raised = raise_opset(model)

    assert [each.version for each in raised.opset_import] == [13]
    assert [each.version for each in model.opset_import] == [11]
    onnx.checker.check_model(raised, full_check=True)
