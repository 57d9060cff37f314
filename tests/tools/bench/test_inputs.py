import numpy as np
import pytest

from tools.bench.inputs import known_names, make_subjects
from tools.errors import BuildError


def test_the_apps_models_come_in_its_order_and_wholebody_last():
    assert known_names()[:2] == ["yolox-nano", "centernet-coco"]
    assert {"wholebody28", "movenet-lightning"} < set(known_names())
    assert "yunet" not in known_names()  # OpenCV runs it in a class of its own


def test_a_network_comes_with_a_preprocessed_photo(tmp_path):
    (subject,), missing = make_subjects(["blazeface-back"], tmp_path)
    blob = np.fromfile(subject.blob, "<f4").reshape(subject.shape)
    assert missing == []
    assert (subject.input, subject.shape) == ("input", (1, 3, 256, 256))
    assert (blob.min(), blob.max()) == (-1, 1)
    assert blob.std() > 0.3  # a photo, no flat colour
    assert subject.facts()["onnx_sha256"].startswith("4ebd61e1b353")


def test_a_name_that_nobody_knows_is_an_error(tmp_path):
    with pytest.raises(BuildError) as raised:
        make_subjects(["yolo"], tmp_path)
    assert raised.value.code == "model-unknown"
