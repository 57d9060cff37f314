"""Searching the history by class: plain Python, run on both Pythons."""

import importlib.util

import pytest

from tools.paths import MPY

NAMES = {
    "bus": ("bus", "バス"),
    "dog": ("dog", "犬"),
    "hot dog": ("hot dog", "ホットドッグ"),
    "sports ball": ("sports ball", "ボール"),
}


@pytest.fixture(scope="module")
def search():
    spec = importlib.util.spec_from_file_location("search", MPY / "history" / "search.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("dog", ["dog", "hot dog"]),
        ("DOG ", ["dog", "hot dog"]),
        ("ｄｏｇ", ["dog", "hot dog"]),
        ("犬", ["dog"]),
        ("ばす", ["bus"]),
        ("ボール", ["sports ball"]),
        ("own", ["own class"]),
        ("zebra", []),
        ("", ["bus", "dog", "hot dog", "sports ball", "own class"]),
    ],
)
def test_classes_are_found_by_a_part_of_any_of_their_names(search, typed, expected):
    labels = [*NAMES, "own class"]  # of a model that this site does not know

    assert search.matching(typed, labels, NAMES) == expected


def test_the_classes_of_most_pictures_are_offered_first(search):
    counts = {f"class {i}": i for i in range(1, 20)}

    offered = search.frequent(counts)
    assert offered == [f"class {i}" for i in range(19, 19 - search.CHIPS, -1)]


def test_chosen_classes_stay_offered(search):
    offered = search.frequent({f"class {i}": i for i in range(1, 20)}, ["class 1", "class 2"])

    assert offered[:3] == ["class 1", "class 2", "class 19"]
    assert len(offered) == search.CHIPS


def test_micropython_folds_as_python_does(search, micropython):
    texts = ["ばス", "ｃａＴ　１", "ヴァ", "ゔぁ", " Ｚ "]
    source = (MPY / "history" / "search.py").read_text("utf-8")

    folded = micropython(f"exec({source!r})\nanswer([fold(text) for text in {texts!r}])")
    assert folded == [search.fold(text) for text in texts]
    assert folded[:2] == ["バス", "cat 1"]
