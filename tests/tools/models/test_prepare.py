import hashlib
import json
import os
import shutil
from pathlib import Path

import onnx
import pytest

from tests.tools.models.copies import copy_model
from tools.errors import BuildError
from tools.models.prepare import Missing, prepare

ROOT = Path(__file__).resolve().parents[3]
NODE_MODULES = ROOT / "node_modules"
MIRROR = os.environ.get("MEKIKI_MIRROR")
TFJS_MODELS = ("centernet-coco", "blazeface-back", "movenet-lightning")


@pytest.mark.parametrize("model_id", TFJS_MODELS)
def test_a_model_from_npm_is_made_with_the_promised_bytes(tmp_path, model_id):
    spec = json.loads((ROOT / "models" / model_id / "model.json").read_text("utf-8"))

    ready = prepare(
        ROOT / "models" / model_id, cache=tmp_path, node_modules=NODE_MODULES, mirror=None
    )

    assert [each.weights for each in ready] == ["fp16", "int8"]
    for each, promised in zip(ready, spec["onnx"], strict=True):
        content = each.path.read_bytes()
        name = f"{model_id}-{promised['sha256'][:12]}.onnx"
        assert each.path == tmp_path / "models" / name
        assert len(content) == each.bytes == promised["bytes"]
        assert hashlib.sha256(content).hexdigest() == each.sha256 == promised["sha256"]
        model = onnx.load_from_string(content)
        assert [info.name for info in model.graph.input] == [spec["input"]["name"]]
        assert [info.name for info in model.graph.output] == spec["outputs"]


@pytest.mark.skipif(MIRROR is None, reason="MEKIKI_MIRROR names no folder with its file")
def test_a_model_from_the_mirror_is_made_with_the_promised_bytes(tmp_path):
    ready = prepare(
        ROOT / "models/yolox-nano",
        cache=tmp_path,
        node_modules=NODE_MODULES,
        mirror=Path(MIRROR),
        network=False,
    )

    assert [each.weights for each in ready] == ["fp16", "int8"]
    for each in ready:
        assert hashlib.sha256(each.path.read_bytes()).hexdigest() == each.sha256


def test_a_result_in_the_cache_is_not_made_again(tmp_path):
    folder = ROOT / "models/blazeface-back"
    made = prepare(folder, cache=tmp_path, node_modules=NODE_MODULES, mirror=None)

    # Nothing to make it from this time.
    again = prepare(folder, cache=tmp_path, node_modules=tmp_path, mirror=None, network=False)

    assert again == made


@pytest.mark.parametrize("index", [0, 1])
def test_a_spoilt_variant_in_the_cache_is_made_again(tmp_path, index):
    folder = ROOT / "models/blazeface-back"
    made = prepare(folder, cache=tmp_path, node_modules=NODE_MODULES, mirror=None)
    spoilt = made[index].path
    content = spoilt.read_bytes()
    spoilt.write_bytes(content[:-1])

    prepare(folder, cache=tmp_path, node_modules=NODE_MODULES, mirror=None)

    assert spoilt.read_bytes() == content


def test_a_file_that_cannot_be_had_is_missing_with_a_reason(tmp_path):
    def to_nowhere(spec):
        spec["source"]["urls"] = ["https://host.invalid/yolox_nano.onnx"]

    folder = copy_model(tmp_path, "yolox-nano", to_nowhere)

    missing = prepare(folder, cache=tmp_path, node_modules=NODE_MODULES, mirror=None)

    assert isinstance(missing, Missing)
    assert missing.model_id == "yolox-nano"
    assert missing.reason.startswith("yolox_nano.onnx: no mirror is named; host.invalid: ")
    assert "\n" not in missing.reason


def test_a_package_that_is_not_installed_is_missing_with_a_reason(tmp_path):
    missing = prepare(
        ROOT / "models/centernet-coco", cache=tmp_path, node_modules=tmp_path, mirror=None
    )

    assert missing == Missing(
        "centernet-coco", "the npm package @vladmandic/human is not installed"
    )


def test_another_version_of_the_package_is_refused(tmp_path):
    def older(spec):
        spec["source"]["version"] = "3.3.5"

    folder = copy_model(tmp_path, "blazeface-back", older)

    with pytest.raises(BuildError, match=r"package-version: .* found=3\.3\.6 wanted=3\.3\.5"):
        prepare(folder, cache=tmp_path, node_modules=NODE_MODULES, mirror=None)


def test_bytes_that_model_json_does_not_promise_are_refused_and_not_kept(tmp_path):
    def keep_fp32(spec):
        spec["onnx"][0]["weights"] = "fp32"

    folder = copy_model(tmp_path, "blazeface-back", keep_fp32)

    with pytest.raises(BuildError) as caught:
        prepare(folder, cache=tmp_path, node_modules=NODE_MODULES, mirror=None)

    assert caught.value.code == "model-not-reproduced"
    assert caught.value.data["weights"] == "fp32"
    assert caught.value.data["bytes"] > caught.value.data["expected_bytes"]
    assert caught.value.data["sha256"] != caught.value.data["expected_sha256"]
    assert not (tmp_path / "models").exists()


def test_a_downloaded_model_is_prepared_from_the_cache_the_next_time(tmp_path, https_site):
    # The face model stands in for a file that others serve: any ONNX file will do.
    made, _ = prepare(
        ROOT / "models/blazeface-back", cache=tmp_path, node_modules=NODE_MODULES, mirror=None
    )
    https_site.pages["/model"] = (200, {}, made.path.read_bytes())
    folder = tmp_path / "served"
    folder.mkdir()

    def served(spec):
        spec["id"] = "served"
        spec["onnx"] = [{"weights": "fp32", "bytes": made.bytes, "sha256": made.sha256}]
        spec["source"] |= {"file": "model.onnx", "bytes": made.bytes, "sha256": made.sha256}
        spec["source"]["urls"] = [f"{https_site.url}/model"]

    copy_model(folder, "yolox-nano", served)
    first = prepare(folder, cache=tmp_path, node_modules=NODE_MODULES, mirror=None)
    shutil.rmtree(tmp_path / "models")

    second = prepare(folder, cache=tmp_path, node_modules=NODE_MODULES, mirror=None, network=False)

    assert first == second
    assert second[0].path.read_bytes() == https_site.pages["/model"][2]
    assert https_site.requests == ["/model"]
