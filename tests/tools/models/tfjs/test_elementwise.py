import numpy as np
import pytest

from tests.tools.models.tfjs.tiny import node, outcome, picture
from tools.errors import BuildError

ARITHMETIC = {
    "Add": np.add,
    "AddV2": np.add,
    "BiasAdd": np.add,
    "Sub": np.subtract,
    "Mul": np.multiply,
    "RealDiv": np.divide,
    "Maximum": np.maximum,
    "Minimum": np.minimum,
}
ACTIVATIONS = {
    "Relu": lambda x: np.maximum(x, 0),
    "Relu6": lambda x: np.clip(x, 0, 6),
    "Sigmoid": lambda x: 1 / (1 + np.exp(-x)),
}


@pytest.mark.parametrize("op", ARITHMETIC)
def test_a_vector_meets_the_channels(tmp_path, op):
    image, vector = picture(1, 3, 4, 5), picture(5, seed=1)

    result = outcome(tmp_path, image, [node("out", op, "image", "v")], {"v": vector})

    np.testing.assert_allclose(result, ARITHMETIC[op](image, vector), rtol=1e-5)


@pytest.mark.parametrize("op", ["Sub", "RealDiv"])
@pytest.mark.parametrize("shape", [(), (4, 1), (3, 1, 1), (1, 3, 4, 5)])
def test_a_constant_of_any_rank_may_come_first(tmp_path, op, shape):
    image, constant = picture(1, 3, 4, 5), picture(*shape, seed=1)
    constant = np.asarray(constant, np.float32)

    result = outcome(tmp_path, image, [node("out", op, "c", "image")], {"c": constant})

    np.testing.assert_allclose(result, ARITHMETIC[op](constant, image), rtol=1e-4)


def test_two_computed_pictures_are_combined(tmp_path):
    image = picture(1, 3, 4, 5)
    nodes = [node("half", "Mul", "image", "c"), node("out", "Sub", "half", "image")]

    result = outcome(tmp_path, image, nodes, {"c": np.float32([0.5])})

    np.testing.assert_allclose(result, -0.5 * image, rtol=1e-5)


@pytest.mark.parametrize("op", ACTIVATIONS)
def test_activations_are_what_they_are_called(tmp_path, op):
    image = 5 * picture(1, 3, 4, 5)

    result = outcome(tmp_path, image, [node("out", op, "image")], {})

    np.testing.assert_allclose(result, ACTIVATIONS[op](image), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("count", [1, 2, 5])
def test_any_number_of_pictures_is_added_up(tmp_path, count):
    image = picture(1, 3, 4, 5)
    scaled = [node(f"times_{n}", "Mul", "image", f"c_{n}") for n in range(count)]
    adding = node("out", "AddN", *(each["name"] for each in scaled))
    weights = {f"c_{n}": np.float32([10**n]) for n in range(count)}

    result = outcome(tmp_path, image, [*scaled, adding], weights)

    np.testing.assert_allclose(result, image * int("1" * count), rtol=1e-5)


def test_constants_alone_are_not_folded(tmp_path):
    adding = node("out", "Add", "c", "c")

    with pytest.raises(BuildError, match="tfjs-input-constant: op=Add node=out"):
        outcome(tmp_path, picture(1, 2, 2, 1), [adding], {"c": np.float32([1])})


def test_ranks_that_would_mix_axis_orders_are_refused(tmp_path):
    nodes = [node("flat", "Reshape", "image", "s"), node("out", "Add", "image", "flat")]
    weights = {"s": np.int32([2, 3, 4])}

    with pytest.raises(BuildError, match="tfjs-broadcast: op=Add node=out"):
        outcome(tmp_path, picture(1, 2, 3, 4), nodes, weights)
