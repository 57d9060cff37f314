"""The names of the classes: a list that is a place short names everything after it wrongly."""

import json

import pytest

from tools.paths import MODELS

FILES = sorted((MODELS / "labels").glob("*.json"))
COUNTS = {"person": 1, "text": 1, "coco80": 80, "face": 1, "wholebody28": 28, "wholebody34": 34}


def words(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_each_list_is_as_long_as_its_models_want():
    assert {path.stem: len(words(path)["en"]) for path in FILES} == COUNTS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_class_has_one_name_in_each_language(path):
    names = words(path)
    assert names.keys() == {"en", "ja"}
    assert len(names["en"]) == len(names["ja"])
    for language in names.values():
        assert len(set(language)) == len(language)
        assert all(name and name == name.strip() for name in language)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_names_are_in_their_language(path):
    names = words(path)
    assert all(name.isascii() for name in names["en"])
    assert not any(name.isascii() for name in names["ja"])


def test_one_thing_has_one_name_in_all_lists():
    """A face is a face, whichever model found it: classes are counted by their name."""
    for language in ("en", "ja"):
        other = "ja" if language == "en" else "en"
        said = {}
        for path in FILES:
            names = words(path)
            for name, same in zip(names[language], names[other], strict=True):
                assert said.setdefault(name, same) == same, name


# Ids that models/README.md's readers and exports rely on, one at each end of every group.
PLACES = {
    "coco80": {0: "person", 16: "dog", 79: "toothbrush"},
    "face": {0: "face"},
    "wholebody28": {0: "body", 7: "head", 8: "front", 15: "left-front", 16: "face", 27: "foot"},
    "wholebody34": {0: "body", 7: "head", 16: "face", 23: "solar plexus", 26: "hand", 33: "foot"},
}


@pytest.mark.parametrize("name", PLACES)
def test_classes_are_at_their_places(name):
    labels = words(MODELS / "labels" / f"{name}.json")["en"]
    assert {place: labels[place] for place in PLACES[name]} == PLACES[name]


def test_the_larger_whole_body_list_has_all_of_the_smaller_one():
    small, large = (words(MODELS / "labels" / f"wholebody{count}.json") for count in (28, 34))
    for language in ("en", "ja"):
        assert [name for name in large[language] if name in small[language]] == small[language]
