"""Facts of files of every kind, checked against what the onnx package reads."""

import json
import time

import numpy as np
import onnx as onnx_package
import pytest
from onnx import TensorProto, helper, numpy_helper

from mekiki.errors import MekikiError
from mekiki.onnx_check import MOST_BYTES, MOST_NODES
from mekiki.onnx_facts import LONGEST_TEXT, LONGEST_VALUE, MOST_LISTED, MOST_OPERATORS, onnx_facts
from tests.engine.test_real_models import IDS
from tests.opencv.hostile import models as hostile
from tests.opencv.operators.cases import by_name


def refused(data):
    with pytest.raises(MekikiError) as caught:
        onnx_facts(data, "a.onnx")
    return caught.value.code, caught.value.data


def value(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def file_of(nodes=(), inputs=(), outputs=(), weights=(), **model):
    nodes = nodes or [helper.make_node("Relu", ["x"], ["y"])]
    graph = helper.make_graph(nodes, "g", inputs, outputs or [value("y", [1])], weights)
    return helper.make_model(graph, **model)


@pytest.mark.parametrize("model_id", IDS)
def test_facts_of_a_real_model(onnx, model_id):
    content = onnx(model_id)
    read = onnx_package.load_from_string(content)
    facts = onnx_facts(content, "model.onnx")
    assert json.loads(json.dumps(facts)) == facts
    assert facts["name"] == "model.onnx"
    assert facts["bytes"] == len(content)
    assert (facts["ir"], facts["opset"]) == (read.ir_version, read.opset_import[0].version)
    assert facts["producer"] == f"{read.producer_name} {read.producer_version}".strip()
    assert facts["nodes"] == len(read.graph.node) == sum(facts["operators"].values())
    assert facts["operators"].keys() == {node.op_type for node in read.graph.node}
    (given,) = facts["inputs"]
    shape = [length.dim_value for length in read.graph.input[0].type.tensor_type.shape.dim]
    assert given == {"name": read.graph.input[0].name, "shape": shape, "type": "float32"}
    assert [each["name"] for each in facts["outputs"]] == [each.name for each in read.graph.output]


def test_facts_of_every_graph_of_the_operator_sweep():
    for case in by_name().values():
        facts = onnx_facts(case.model.SerializeToString(), case.name)
        assert facts["nodes"] == len(case.model.graph.node)


def test_keys_are_those_that_the_page_shows():
    facts = onnx_facts(hostile.harmless(), "a.onnx")
    assert list(facts) == [
        "name",
        "bytes",
        "ir",
        "opset",
        "producer",
        "nodes",
        "operators",
        "inputs",
        "outputs",
        "metadata",
    ]


def test_operators_are_counted_the_most_frequent_first():
    nodes = [helper.make_node(kind, ["x"], ["y"]) for kind in ("Relu", "Conv", "Relu", "Sigmoid")]
    nodes.append(helper.make_node("FusedConv", ["x"], ["y"], domain="com.microsoft"))
    nodes.append(helper.make_node("Relu", ["x"], ["y"], domain="ai.onnx"))
    operators = onnx_facts(file_of(nodes).SerializeToString(), "a")["operators"]
    assert next(iter(operators.items())) == ("Relu", 3)
    assert operators == {"Relu": 3, "Conv": 1, "Sigmoid": 1, "com.microsoft.FusedConv": 1}


def test_opset_is_that_of_onnxs_own_operators():
    opsets = [helper.make_opsetid("com.microsoft", 1), helper.make_opsetid("", 17)]
    assert onnx_facts(file_of(opset_imports=opsets).SerializeToString(), "a")["opset"] == 17


def test_dimensions_are_numbers_names_or_open():
    inputs = [
        value("x", ["batch", 3, None, 640]),
        value("scalar", [], TensorProto.INT64),
        value("rank unknown", None, TensorProto.FLOAT16),
        helper.make_tensor_sequence_value_info("many", TensorProto.FLOAT, [1]),
    ]
    assert onnx_facts(file_of(inputs=inputs).SerializeToString(), "a")["inputs"] == [
        {"name": "x", "shape": ["batch", 3, "?", 640], "type": "float32"},
        {"name": "scalar", "shape": [], "type": "int64"},
        {"name": "rank unknown", "shape": None, "type": "float16"},
        {"name": "many", "shape": None, "type": "sequence"},
    ]


def test_weights_that_are_listed_as_inputs_are_none():
    weights = numpy_helper.from_array(np.zeros((1, 3), np.float32), "w")
    made = file_of(inputs=[value("x", [1]), value("w", [1, 3])], weights=[weights])
    assert [each["name"] for each in onnx_facts(made.SerializeToString(), "a")["inputs"]] == ["x"]


def test_producer_and_metadata():
    made = file_of(producer_name="pytorch", producer_version="2.5.0")
    helper.set_model_props(made, {"names": "{0: '人', 1: 'cat'}", "stride": "32"})
    facts = onnx_facts(made.SerializeToString(), "a")
    assert facts["producer"] == "pytorch 2.5.0"
    assert facts["metadata"] == {"names": "{0: '人', 1: 'cat'}", "stride": "32"}


@pytest.mark.parametrize(
    "make", [hostile.cyclic, hostile.with_a_graph_inside, hostile.in_another_file, hostile.bomb]
)
def test_a_file_that_may_not_be_loaded_has_facts_all_the_same(make):
    assert onnx_facts(make(), "a")["nodes"] > 0


@pytest.mark.parametrize(
    "content",
    [b"", b"\x08", b"<!doctype html><title>404</title>" * 50, bytes(100_000), b"PK\x03\x04" * 99],
)
def test_what_is_no_onnx_file_is_unreadable(content):
    code, data = refused(content)
    assert code == "model-unreadable"
    assert data["model"] == "a.onnx"
    assert data["detail"]


def test_every_way_to_cut_a_file_off_is_an_answer():
    made = file_of(inputs=[value("x", ["batch", 3])], producer_name="someone")
    content = made.SerializeToString()
    after_the_graph = made.opset_import[0].ByteSize() + 2
    for length in range(len(content) - after_the_graph):
        assert refused(content[:length])[0] == "model-unreadable"
    assert onnx_facts(content[:-after_the_graph], "a")["opset"] is None


def test_a_file_with_any_byte_changed_is_an_answer():
    content = bytearray(file_of(inputs=[value("x", ["batch", 3])]).SerializeToString())
    for place in range(len(content)):
        for changed in (0, 0x7F, 0xFF):
            spoiled = content.copy()
            spoiled[place] = changed
            try:
                json.dumps(onnx_facts(bytes(spoiled), "a"))
            except MekikiError as error:
                assert error.code in ("model-unreadable", "model-too-large")


@pytest.mark.parametrize("name", hostile.FILES)
def test_hostile_files_are_answered_soon(name):
    content = hostile.FILES[name][0]()
    started = time.perf_counter()
    try:
        facts = onnx_facts(content, name)
        assert len(json.dumps(facts)) < 2_000_000
    except MekikiError as error:
        assert error.code in ("model-unreadable", "model-too-large")
    assert time.perf_counter() - started < 3


def test_sizes_that_are_refused():
    assert refused(bytes(MOST_BYTES + 1)) == (
        "model-too-large",
        {"bytes": MOST_BYTES + 1, "most": MOST_BYTES},
    )
    assert onnx_facts(hostile.chain(MOST_NODES), "a")["nodes"] == MOST_NODES
    assert refused(hostile.chain(MOST_NODES + 1)) == ("model-too-large", {"nodes": MOST_NODES})
    assert refused(hostile.many_fields())[0] == "model-too-large"


def test_texts_and_lists_are_cut_for_the_page():
    made = file_of(
        [helper.make_node("O" * 100_000, ["x"], ["y"])],
        [value(f"x{place}" + "n" * 1000, [1] * 150) for place in range(150)],
    )
    texts = ["人" * (LONGEST_VALUE + 1), *["人"] * 499]
    helper.set_model_props(made, {f"k{place}": text for place, text in enumerate(texts)})
    facts = onnx_facts(made.SerializeToString(), "a")
    assert [len(name) for name in facts["operators"]] == [LONGEST_TEXT + 1]
    assert len(facts["inputs"]) == len(facts["inputs"][0]["shape"]) == MOST_LISTED
    assert len(facts["metadata"]) == MOST_LISTED
    assert facts["metadata"]["k0"] == "人" * LONGEST_VALUE + "…"


def test_more_operators_than_there_are():
    nodes = [helper.make_node(f"O{place}", ["x"], ["y"]) for place in range(MOST_OPERATORS + 1)]
    assert refused(file_of(nodes).SerializeToString())[0] == "model-unreadable"
    assert len(onnx_facts(file_of(nodes[1:]).SerializeToString(), "a")["operators"]) == 1000


def test_bytes_that_are_no_text_are_replaced():
    content = (
        file_of(producer_name="someone").SerializeToString().replace(b"someone", b"s\xff\xfeeone")
    )
    producer = onnx_facts(content, "a")["producer"]
    assert producer == "s\ufffd\ufffdeone"
    json.dumps(onnx_facts(content, "a"), ensure_ascii=False).encode()
