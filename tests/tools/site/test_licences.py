import pytest

from tools.site.licences import PACKAGES, write_licences
from tools.site.models import model_folders


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    target = tmp_path_factory.mktemp("licences") / "licences.txt"
    write_licences(target, [spec for _, spec in model_folders()])
    return target.read_text("utf-8")


def test_every_package_and_every_model_is_named_with_its_licence(text):
    for name, _, _ in PACKAGES:
        assert f"\n{name} " in text
    for _, spec in model_folders():
        assert f"The model {spec['id']}" in text
        assert f"Licence: {spec['licence']['spdx']}, {spec['licence']['holder']}" in text


def test_the_texts_themselves_are_there(text):
    for words in ("Apache License", "NumPy", "OpenCV"):
        assert words in text


def test_a_model_that_is_left_out_is_not_named(tmp_path):
    specs = [spec for _, spec in model_folders()]
    write_licences(tmp_path / "licences.txt", specs[1:])

    assert f"The model {specs[0]['id']}" not in (tmp_path / "licences.txt").read_text("utf-8")
