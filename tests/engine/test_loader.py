import json

import pytest

from mekiki.errors import MekikiError
from mekiki.loader import load_model

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
