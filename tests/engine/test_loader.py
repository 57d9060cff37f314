import json

import pytest

from mekiki.errors import MekikiError
from mekiki.loader import load_model, write_model

DECODE = """
from mekiki.detection import Candidates

def decode(outputs, spec):
    return (Candidates, spec.id)
"""


@pytest.fixture
def folder(tmp_path, spec_data):
    labels = tmp_path / "labels"
    labels.mkdir()
    (labels / "coco80.json").write_text('{"en": ["cat"], "ja": ["猫"]}', encoding="utf-8")
    model = tmp_path / "a-model"
    model.mkdir()
    (model / "model.json").write_text(json.dumps(spec_data), encoding="utf-8")
    (model / "decode.py").write_text(DECODE, encoding="utf-8")
    return model


def code_of_loading(folder):
    with pytest.raises(MekikiError) as caught:
        load_model(folder)
    return caught.value.code


def test_a_folder_gives_spec_labels_and_decoder(folder):
    spec, decode = load_model(folder)
    assert (spec.id, spec.labels) == ("a-model", ("cat",))
    assert decode({}, spec)[1] == "a-model"


def test_two_models_do_not_share_a_decoder(folder):
    _, first = load_model(folder)
    (folder / "decode.py").write_text("def decode(outputs, spec): return 'second'\n")
    _, second = load_model(folder)
    assert first is not second
    assert second({}, None) == "second"


def test_facts_that_are_missing_or_broken(folder):
    (folder / "model.json").write_text("{")
    assert code_of_loading(folder) == "spec-unreadable"
    (folder / "model.json").unlink()
    assert code_of_loading(folder) == "spec-unreadable"


def test_labels_that_are_missing(folder):
    (folder.parent / "labels" / "coco80.json").unlink()
    assert code_of_loading(folder) == "spec-unreadable"


@pytest.mark.parametrize("source", ["def decode(", "1 / 0", "import nothing_like_it", "x = 1"])
def test_a_decoder_that_does_not_load(folder, source):
    (folder / "decode.py").write_text(source)
    assert code_of_loading(folder) == "decode-unreadable"


def test_a_decoder_that_is_missing(folder):
    (folder / "decode.py").unlink()
    assert code_of_loading(folder) == "decode-unreadable"


def test_facts_may_name_a_decoder_of_the_engine(folder, spec_data):
    spec_data["decoder"] = {"kind": "yolox"}
    (folder / "model.json").write_text(json.dumps(spec_data), encoding="utf-8")
    (folder / "decode.py").unlink()
    _, decoder = load_model(folder)
    assert decoder.decode.__module__ == "mekiki.decoders.yolox"


def test_a_decoder_that_the_engine_does_not_have(folder, spec_data):
    spec_data["decoder"] = {"kind": "os"}
    (folder / "model.json").write_text(json.dumps(spec_data), encoding="utf-8")
    assert code_of_loading(folder) == "spec-invalid"


def test_labels_may_be_in_the_facts(folder, spec_data):
    spec_data["labels"] = {"en": ["cow"], "ja": ["牛"]}
    (folder / "model.json").write_text(json.dumps(spec_data), encoding="utf-8")
    assert load_model(folder)[0].labels == ("cow",)


def test_a_decoder_may_run_the_model_itself(folder):
    (folder / "decode.py").write_text("load = print\ndef decode(outputs, spec): pass\n")
    assert load_model(folder)[1].load is print


def test_a_written_model_replaces_the_one_before(folder, spec_data):
    spec_data["labels"] = {"en": ["cow"], "ja": ["牛"]}
    assert write_model(folder.parent, json.dumps(spec_data), DECODE) == "a-model"
    assert load_model(folder)[1]({}, load_model(folder)[0])[1] == "a-model"
    spec_data["decoder"] = {"kind": "tensors"}
    write_model(folder.parent, json.dumps(spec_data), "")
    assert load_model(folder)[1].decode.__module__ == "mekiki.decoders.tensors"
    assert not (folder / "decode.py").exists()


@pytest.mark.parametrize("wrong", ["", "../out", "A", "a/b", ".", "a.b", 7, None])
def test_a_written_model_stays_in_its_folder(folder, spec_data, wrong):
    spec_data["id"] = wrong
    with pytest.raises(MekikiError) as caught:
        write_model(folder.parent, json.dumps(spec_data), "")
    assert (caught.value.code, caught.value.data["key"]) == ("spec-invalid", "id")


def test_a_written_model_that_is_no_json(folder):
    with pytest.raises(MekikiError) as caught:
        write_model(folder.parent, "{", "")
    assert caught.value.code == "spec-unreadable"
