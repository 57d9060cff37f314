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
from tools.models.tfjs.cut import cut
from tools.models.tfjs.graph import read_graph


def looping_graph(folder):
    """A graph whose picture goes through a loop, of which ONNX has no like, before it is halved."""
    nodes = [
        placeholder(1, -1, -1, 3),
        node("loop", "Enter", "image", "loop"),
        node("resized", "Exit", "loop"),
        node("out", "Mul", "resized", "half"),
    ]
    return read_graph(write_model(folder, nodes, {"half": np.float32([0.5])}))


def test_a_graph_begins_where_it_is_cut(tmp_path):
    image = picture(1, 4, 6, 3)

    model = convert(cut(looping_graph(tmp_path), "resized", (1, 4, 6, 3)), ["out"], ["out"])

    assert [info.name for info in model.graph.input] == ["input"]
    np.testing.assert_array_equal(run_with_onnx(model, nchw(image)), nchw(image) / 2)


def test_without_the_cut_it_is_not_converted(tmp_path):
    with pytest.raises(BuildError, match="tfjs-cycle: node=loop"):
        convert(looping_graph(tmp_path), ["out"], ["out"])


def test_the_graph_that_was_given_is_left_as_it_was(tmp_path):
    graph = looping_graph(tmp_path)

    cut(graph, "resized", (1, 4, 6, 3))

    assert graph.nodes["resized"].op == "Exit"


def test_a_node_that_is_not_there_is_named(tmp_path):
    with pytest.raises(BuildError, match="tfjs-node-missing: name=nowhere"):
        cut(looping_graph(tmp_path), "nowhere", (1, 4, 6, 3))
