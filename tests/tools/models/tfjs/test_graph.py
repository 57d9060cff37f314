import pytest

from tests.tools.models.tfjs.tiny import flag, ints, node, placeholder, text, texts, write_model
from tools.errors import BuildError
from tools.models.tfjs.graph import read_graph


def graph_of(folder, *nodes):
    return read_graph(write_model(folder, list(nodes), {}))


def test_attributes_are_decoded(tmp_path):
    conv = node("c", "Conv2D", strides=ints(1, 2, 2, 1), ops=texts("BiasAdd", "Relu"))
    conv["attr"] |= {"padding": text("SAME"), "keep_dims": flag(True)}

    read = graph_of(tmp_path, conv).nodes["c"]

    assert read.integers("strides") == [1, 2, 2, 1]
    assert read.strings("ops") == ["BiasAdd", "Relu"]
    assert read.string("padding", "VALID") == "SAME"
    assert read.flag("keep_dims")


def test_absent_and_empty_attributes_are_empty(tmp_path):
    read = graph_of(tmp_path, node("c", "Conv2D", fused_ops={"list": {}})).nodes["c"]

    assert read.strings("fused_ops") == read.integers("strides") == []
    assert read.string("padding", "VALID") == "VALID"
    assert not read.flag("keep_dims")


def test_an_open_shape_shows(tmp_path):
    read = graph_of(tmp_path, placeholder(-1, 4, 5, 3)).nodes["image"]

    assert read.shape() == (-1, 4, 5, 3)


def test_nodes_come_after_their_inputs_and_unneeded_ones_not_at_all(tmp_path):
    graph = graph_of(
        tmp_path,
        node("end", "Add", "left:0", "right", "^unneeded"),
        node("unneeded", "Relu", "start"),
        node("right", "Relu", "left"),
        node("left", "Relu", "start"),
        node("start", "Placeholder"),
    )

    order = [read.name for read in graph.order_for(["end"])]

    assert order == ["start", "left", "right", "end"]


def test_a_loop_is_refused(tmp_path):
    graph = graph_of(tmp_path, node("a", "Relu", "b"), node("b", "Relu", "a"))

    with pytest.raises(BuildError, match="tfjs-cycle: node=a"):
        graph.order_for(["a"])


@pytest.mark.parametrize("name", ["nowhere", "split:1"])
def test_a_name_without_a_node_is_named(tmp_path, name):
    graph = graph_of(tmp_path, node("split", "Split"), node("a", "Relu", name))

    with pytest.raises(BuildError, match=f"tfjs-node-missing: name={name}"):
        graph.order_for(["a"])
