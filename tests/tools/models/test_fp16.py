import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from tools.errors import BuildError
from tools.models.fp16 import store_weights_as_fp16


def model_of(weights, *, as_input=False):
    """A Conv of `weights` (8, 4, 3, 3), a bias, and a PRelu with one slope a pixel."""
    arrays = {
        "weights": weights,
        "bias": np.linspace(0, 1, 8, dtype=np.float32) / 3,
        "slope": np.full((8, 6, 6), 0.1, np.float32),
    }
    inputs = [helper.make_tensor_value_info("input", TensorProto.FLOAT, (1, 4, 8, 8))]
    if as_input:
        inputs.append(helper.make_tensor_value_info("weights", TensorProto.FLOAT, weights.shape))
    graph = helper.make_graph(
        [
            helper.make_node("Conv", ["input", "weights", "bias"], ["conv"]),
            helper.make_node("PRelu", ["conv", "slope"], ["output"]),
        ],
        "test",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, (1, 8, 6, 6))],
        [numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=7)


def types(model):
    return {tensor.name: tensor.data_type for tensor in model.graph.initializer}


WEIGHTS = np.random.default_rng(0).normal(size=(8, 4, 3, 3)).astype(np.float32)


def test_only_the_weights_are_halved():
    model = model_of(WEIGHTS)

    halved = store_weights_as_fp16(model)

    assert types(halved) == {
        "weights_fp16": TensorProto.FLOAT16,
        "bias": TensorProto.FLOAT,
        "slope": TensorProto.FLOAT,
    }
    assert types(model)["weights"] == TensorProto.FLOAT  # what was given is left alone
    onnx.checker.check_model(halved, full_check=True)


def test_it_computes_exactly_what_rounded_weights_compute():
    image = np.random.default_rng(1).normal(size=(1, 4, 8, 8)).astype(np.float32)
    rounded = model_of(WEIGHTS.astype(np.float16).astype(np.float32))

    result = ReferenceEvaluator(store_weights_as_fp16(model_of(WEIGHTS))).run(
        None, {"input": image}
    )

    expected = ReferenceEvaluator(rounded).run(None, {"input": image})
    np.testing.assert_array_equal(result[0], expected[0])


def test_the_bytes_are_the_same_every_time():
    first, second = (store_weights_as_fp16(model_of(WEIGHTS)).SerializeToString() for _ in range(2))

    assert first == second


def test_small_weights_are_not_worth_a_cast():
    model = model_of(WEIGHTS)
    weights = np.ones((1, 4, 3, 3), np.float32)
    model.graph.initializer[0].CopyFrom(numpy_helper.from_array(weights, "weights"))

    assert types(store_weights_as_fp16(model))["weights"] == TensorProto.FLOAT


def test_weights_that_are_inputs_too_are_left_replaceable():
    halved = store_weights_as_fp16(model_of(WEIGHTS, as_input=True))

    assert types(halved)["weights"] == TensorProto.FLOAT


def test_a_weight_too_large_for_float16_is_named():
    with pytest.raises(BuildError, match="fp16-overflow: weight=weights"):
        store_weights_as_fp16(model_of(WEIGHTS * 1e6))
