import json

import pytest

from mekiki.propose.names import labels_for, names_told


@pytest.mark.parametrize(
    ("metadata", "names"),
    [
        pytest.param({"names": "{0: 'person', 1: 'T-shirt'}"}, ["person", "T-shirt"], id="dict"),
        pytest.param({"names": "{1: 'b', 0: \"a's\"}"}, ["a's", "b"], id="any order"),
        pytest.param({"labels": '["犬", "猫"]'}, ["犬", "猫"], id="JSON"),
        pytest.param({"id2label": '{"0": "a", "1": "b"}'}, ["a", "b"], id="JSON dict"),
        pytest.param({"classes": "cat, dog,horse"}, ["cat", "dog", "horse"], id="commas"),
        pytest.param({"labels": "cat\ndog, small\n"}, ["cat", "dog, small"], id="lines"),
        pytest.param({"names": "{0: 'a', 2: 'c'}"}, [], id="a gap"),
        pytest.param({"names": "{'x': 'a'}"}, [], id="no numbers"),
        pytest.param({"names": "__import__('os')"}, [], id="code"),
        pytest.param({"names": "(" * 5000}, [], id="deep"),
        pytest.param({"names": "7"}, [], id="a number"),
        pytest.param({"author": "somebody"}, [], id="nothing"),
    ],
)
def test_names_are_read_as_different_tools_write_them(metadata, names):
    assert names_told(metadata) == names


def test_a_thousand_names_of_ultralytics_are_read_through_the_facts():
    import onnx
    from onnx import TensorProto, helper

    from mekiki.onnx_facts import onnx_facts

    names = {number: f"a thing with a rather long name {number}" for number in range(1000)}
    node = helper.make_node("Relu", ["x"], ["y"])
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1]) for name in ("x", "y")]
    model = helper.make_model(helper.make_graph([node], "g", ends[:1], ends[1:]))
    helper.set_model_props(model, {"names": str(names)})
    found = onnx_facts(onnx.ModelProto.SerializeToString(model), "m.onnx")
    assert len(names_told(found["metadata"])) == 1000


def test_names_that_do_not_fit_are_not_used():
    labels, why = labels_for(3, ["a", "b"])
    assert labels["ja"] == ["クラス 0", "クラス 1", "クラス 2"]
    assert why["code"] == "labels-unnamed"
    assert json.dumps(labels_for(80, [])[0]) == '"coco80"'
