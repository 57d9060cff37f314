import cv2
import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

from tools.models.int8 import quantise, store_weights_as_int8

# Channels of very different sizes, which one scale for all would not do justice to.
SIZES = np.float32(10) ** np.arange(-4, 4, dtype=np.float32).reshape(-1, 1, 1, 1)


def floats(*shape):
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)


WEIGHTS = floats(8, 4, 3, 3) * SIZES


def model_of(op, weights, shape, output, *, opset=13, as_input=False, **attributes):
    """One operation on an input of `shape`, with weights and, where it takes one, a bias."""
    arrays = {"weights": weights}
    if op != "MatMul":
        arrays["bias"] = np.linspace(0, 1, output[1], dtype=np.float32) / 3
    inputs = [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape)]
    if as_input:
        inputs.append(helper.make_tensor_value_info("weights", TensorProto.FLOAT, weights.shape))
    graph = helper.make_graph(
        [helper.make_node(op, ["input", *arrays], ["output"], **attributes)],
        "test",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, output)],
        [numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=7)


def convolution(weights=WEIGHTS, **options):
    return model_of("Conv", weights, (1, 4, 8, 8), (1, 8, 6, 6), **options)


def types(model):
    return {tensor.name: tensor.data_type for tensor in model.graph.initializer}


MODELS = {
    "Conv": (convolution(), 0),
    "ConvTranspose": (
        model_of("ConvTranspose", floats(4, 8, 3, 3), (1, 4, 8, 8), (1, 8, 10, 10)),
        1,
    ),
    "Gemm": (model_of("Gemm", floats(32, 16), (1, 32), (1, 16)), 1),
    "Gemm, turned": (model_of("Gemm", floats(16, 32), (1, 32), (1, 16), transB=1), 0),
    "MatMul": (model_of("MatMul", floats(32, 16), (1, 32), (1, 16)), 1),
}


@pytest.mark.parametrize("axis", [0, 1])
def test_a_weight_is_off_by_half_a_step_of_its_channel_at_most(axis):
    weights = np.moveaxis(WEIGHTS, 0, axis)

    rounded, scales = quantise(weights, axis)

    assert (rounded.dtype, scales.dtype, scales.shape) == (np.int8, np.float32, (8,))
    steps = np.moveaxis(scales.reshape(-1, 1, 1, 1), 0, axis)
    assert (np.abs(rounded * steps - weights) <= steps * 0.5001).all()
    others = tuple(each for each in range(4) if each != axis)
    assert np.abs(rounded).max(axis=others).tolist() == [127] * 8


def test_a_channel_of_zeros_stays_zero():
    rounded, scales = quantise(np.zeros((2, 3), np.float32), 0)

    assert not rounded.any()
    assert np.isfinite(scales).all()


@pytest.mark.parametrize("name", MODELS)
def test_only_the_weights_are_stored_smaller_with_a_scale_for_each_output(name):
    model, axis = MODELS[name]
    before = model.SerializeToString()

    small = store_weights_as_int8(model)

    stored = types(small)
    assert stored.pop("weights_int8") == TensorProto.INT8
    assert set(stored.values()) == {TensorProto.FLOAT}
    assert stored.keys() == {"weights_scale", *(types(model).keys() - {"weights"})}
    (widening,) = (node for node in small.graph.node if node.op_type == "DequantizeLinear")
    assert helper.get_node_attr_value(widening, "axis") == axis
    assert model.SerializeToString() == before  # what was given is left alone
    onnx.checker.check_model(small, full_check=True)


@pytest.mark.parametrize("name", MODELS)
def test_it_computes_what_rounded_weights_compute(name):
    model, axis = MODELS[name]
    weights = numpy_helper.to_array(model.graph.initializer[0])
    rounded, scales = quantise(weights, axis)
    shape = [-1 if each == axis else 1 for each in range(weights.ndim)]
    expected = onnx.ModelProto()
    expected.CopyFrom(model)
    widened = rounded * scales.reshape(shape)
    expected.graph.initializer[0].CopyFrom(numpy_helper.from_array(widened, "weights"))
    blob = floats(*(dim.dim_value for dim in model.graph.input[0].type.tensor_type.shape.dim))

    small = store_weights_as_int8(model)

    # The standard's reference does not know this opset's DequantizeLinear; what ships does.
    (wanted,) = ReferenceEvaluator(expected).run(None, {"input": blob})
    net = cv2.dnn.readNetFromONNX(np.frombuffer(small.SerializeToString(), np.uint8))
    net.setInput(blob, "input")
    said = net.forward().reshape(wanted.shape)
    np.testing.assert_allclose(said, wanted, rtol=1e-4, atol=1e-4)


def test_the_bytes_are_the_same_every_time():
    first, second = (store_weights_as_int8(convolution()).SerializeToString() for _ in range(2))

    assert first == second


def test_large_weights_take_a_quarter():
    weights = floats(64, 64, 3, 3)
    model = model_of("Conv", weights, (1, 64, 8, 8), (1, 64, 6, 6))

    assert store_weights_as_int8(model).ByteSize() < 0.27 * model.ByteSize()


def test_small_weights_are_not_worth_a_node():
    model = model_of("Conv", floats(2, 2, 3, 3), (1, 2, 8, 8), (1, 2, 6, 6))

    assert types(store_weights_as_int8(model)) == types(model)


def test_weights_that_are_inputs_too_are_left_replaceable():
    assert types(store_weights_as_int8(convolution(as_input=True)))["weights"] == TensorProto.FLOAT


def test_an_older_model_is_raised_to_the_opset_that_has_scales_for_channels():
    small = store_weights_as_int8(convolution(opset=11))

    assert [opset.version for opset in small.opset_import] == [13]
    assert types(small)["weights_int8"] == TensorProto.INT8
