import numpy as np
import pytest

from tests.tools.models.tfjs.tiny import (
    nchw,
    node,
    picture,
    placeholder,
    run_with_onnx,
    write_model,
)
from tools.errors import BuildError
from tools.models.tfjs.convert import convert
from tools.models.tfjs.graph import read_graph
from tools.models.tfjs.retarget import retarget

DOUBLE = node("out", "ResizeNearestNeighbor", "image", "size")


def doubling_graph(folder, *more):
    nodes = [placeholder(1, 8, 12, 2), DOUBLE, *more]
    return read_graph(write_model(folder, nodes, {"size": np.int32([16, 24])}))


def test_a_retargeted_graph_takes_and_gives_the_new_size(tmp_path):
    graph = retarget(doubling_graph(tmp_path), (6, 4))
    image = picture(1, 6, 4, 2)

    result = run_with_onnx(convert(graph, ["out"], ["out"]), nchw(image))

    np.testing.assert_array_equal(result, nchw(image).repeat(2, 2).repeat(2, 3))


def test_the_graph_that_was_given_is_left_as_it_was(tmp_path):
    graph = doubling_graph(tmp_path)

    retarget(graph, (4, 4))

    assert graph.nodes["image"].shape() == (1, 8, 12, 2)
    assert graph.weights["size"].tolist() == [16, 24]


def test_a_constant_that_others_share_keeps_its_value_for_them(tmp_path):
    share = node("sum", "Add", "size", "size")

    graph = retarget(doubling_graph(tmp_path, share), (4, 6))

    assert graph.weights[graph.nodes["sum"].inputs[0]].tolist() == [16, 24]
    assert graph.weights[graph.nodes["out"].inputs[1]].tolist() == [8, 12]


def test_half_a_pixel_is_refused(tmp_path):
    graph = read_graph(
        write_model(tmp_path, [placeholder(1, 8, 8, 2), DOUBLE], {"size": np.int32([4, 4])})
    )

    with pytest.raises(BuildError, match="retarget-uneven: node=out length=4 new=5 old=8"):
        retarget(graph, (5, 8))


def test_two_inputs_are_refused(tmp_path):
    graph = doubling_graph(tmp_path, placeholder(1, 8, 8, 3, name="second"))

    with pytest.raises(BuildError, match=r"retarget-inputs: inputs=\['image', 'second'\]"):
        retarget(graph, (4, 4))
