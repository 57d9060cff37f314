import hashlib
from typing import get_args

import pytest

from tests.tools.models.copies import copy_model
from tools.errors import BuildError
from tools.models.prepare import Missing, prepare
from tools.models.recipe import WEIGHTS, read_recipe
from tools.models.sources import FileSource, Source
from tools.paths import MODELS


def changed(folder, change, model_id="yolox-nano"):
    return copy_model(folder, model_id, change)


@pytest.mark.parametrize(
    "folder",
    sorted(path.parent for path in MODELS.glob("*/model.json")),
    ids=lambda path: path.name,
)
def test_every_model_of_the_project_has_a_recipe(folder):
    recipe = read_recipe(folder)

    assert recipe.model_id == folder.name
    assert isinstance(recipe.source, get_args(Source))
    assert len({each.weights for each in recipe.variants}) == len(recipe.variants) > 0
    for variant in recipe.variants:
        assert variant.weights in WEIGHTS
        assert variant.bytes > 0
        assert len(variant.sha256) == 64


def test_variants_keep_the_order_of_model_json():
    recipe = read_recipe(MODELS / "yolox-nano")

    assert [each.weights for each in recipe.variants] == ["fp16", "int8"]


@pytest.mark.parametrize("key", ["id", "source", "onnx", "licence"])
def test_a_missing_key_is_named(tmp_path, key):
    folder = changed(tmp_path, lambda spec: spec.pop(key))

    with pytest.raises(BuildError, match=rf"model-key-missing: file=\S+model.json key={key}"):
        read_recipe(folder)


def test_an_unknown_kind_of_source_is_named(tmp_path):
    folder = changed(tmp_path, lambda spec: spec["source"].update(kind="odd"))

    with pytest.raises(BuildError, match=r"model-value-unknown: .* key=source.kind value=odd"):
        read_recipe(folder)


def test_an_unknown_kind_of_weights_is_named_though_it_is_not_the_first(tmp_path):
    folder = changed(tmp_path, lambda spec: spec["onnx"][1].update(weights="odd"))

    with pytest.raises(BuildError, match=r"model-value-unknown: .* key=onnx.weights value=odd"):
        read_recipe(folder)


def test_what_is_published_is_the_very_file_of_the_source(tmp_path):
    folder = changed(tmp_path, lambda spec: spec["onnx"][0].update(sha256="0" * 64), "yunet")

    with pytest.raises(BuildError, match=r"model-value-unknown: .* key=onnx.sha256 value=0000"):
        read_recipe(folder)


def gpl(spec):
    spec["licence"]["spdx"] = "GPL-3.0-only"


def test_weights_under_the_gpl_are_no_part_of_the_site(tmp_path):
    folder = changed(tmp_path, gpl)

    with pytest.raises(BuildError, match=r"licence-forbids-embedding: .* licence=GPL-3.0-only"):
        read_recipe(folder)


def test_weights_under_the_gpl_may_be_fetched_by_the_phone(tmp_path):
    folder = changed(tmp_path, gpl, "yunet")  # whose delivery is "tap"

    assert read_recipe(folder).model_id == "yunet"


def test_a_file_beside_its_model_json_is_found_there(tmp_path):
    folder = changed(tmp_path, lambda spec: spec.update(source={"kind": "file", "file": "m.onnx"}))

    assert read_recipe(folder).source == FileSource(tmp_path / "m.onnx")


def own(spec):
    spec.update(source={"kind": "file", "file": "m.onnx"}, onnx=[{"weights": "published"}])


def test_a_file_that_lies_in_the_folder_need_not_be_promised(tmp_path):
    (tmp_path / "m.onnx").write_bytes(b"abc")

    (variant,) = read_recipe(changed(tmp_path, own)).variants

    assert (variant.bytes, variant.sha256) == (3, hashlib.sha256(b"abc").hexdigest())


def test_a_file_that_is_not_there_is_missing(tmp_path):
    folder = changed(tmp_path, own)

    missing = prepare(folder, cache=tmp_path, node_modules=tmp_path, mirror=None)

    assert missing == Missing("yolox-nano", "m.onnx is not beside its model.json")


def test_what_is_made_of_a_file_in_the_folder_is_promised_too(tmp_path):
    def halved(spec):
        own(spec)
        spec["onnx"][0]["weights"] = "fp16"

    with pytest.raises(BuildError, match=r"model-key-missing: .* key=bytes"):
        read_recipe(changed(tmp_path, halved))
