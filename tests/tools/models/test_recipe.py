import json
from pathlib import Path

import pytest

from tools.errors import BuildError
from tools.models.recipe import TfjsSource, UrlSource, read_recipe

MODELS = Path(__file__).resolve().parents[3] / "models"


def changed(folder, change):
    spec = json.loads((MODELS / "yolox-nano/model.json").read_text("utf-8"))
    change(spec)
    (folder / "model.json").write_text(json.dumps(spec))
    return folder


@pytest.mark.parametrize("folder", sorted(path.parent for path in MODELS.glob("*/model.json")))
def test_every_model_of_the_project_has_a_recipe(folder):
    recipe = read_recipe(folder)

    assert recipe.model_id == folder.name
    assert isinstance(recipe.source, TfjsSource | UrlSource)
    assert recipe.bytes > 0
    assert len(recipe.sha256) == 64


@pytest.mark.parametrize("key", ["id", "source", "onnx"])
def test_a_missing_key_is_named(tmp_path, key):
    folder = changed(tmp_path, lambda spec: spec.pop(key))

    with pytest.raises(BuildError, match=rf"model-key-missing: file=\S+model.json key={key}"):
        read_recipe(folder)


@pytest.mark.parametrize(("part", "key"), [("source", "kind"), ("onnx", "weights")])
def test_an_unknown_choice_is_named(tmp_path, part, key):
    folder = changed(tmp_path, lambda spec: spec[part].update({key: "odd"}))

    with pytest.raises(BuildError, match=rf"model-value-unknown: .* key={part}.{key} value=odd"):
        read_recipe(folder)
