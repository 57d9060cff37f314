"""Small weights are offered only where they find what the exact ones find."""

import pytest

from tools.doctor.folder.photo import expected, keeps, photo_named
from tools.errors import BuildError

CAT = {"label": "cat", "score": 0.9, "box": [10, 10, 100, 100]}


def moved(by, label="cat"):
    return {"label": label, "score": 0.9, "box": [10 + by, 10, 100, 100]}


@pytest.mark.parametrize(
    ("small", "kept"),
    [
        ([CAT], True),
        ([moved(10)], True),
        ([moved(10), moved(300, "dog")], True),  # more is no loss
        ([moved(30)], False),
        ([moved(0, "dog")], False),
        ([], False),
    ],
)
def test_what_was_found_must_be_found_again(small, kept):
    assert keeps({"cat": [CAT], "dog": []}, {"cat": small, "dog": []}) is kept


def test_the_photo_that_shows_most_is_expected_from():
    found = {"cat": [CAT], "dog": [moved(0.4), moved(300, "dog")], "sign": []}

    assert expected(found, None) == {
        "sample": "dog",
        "detections": [
            {"label": "cat", "box": [10, 10, 100, 100]},
            {"label": "dog", "box": [310, 10, 100, 100]},
        ],
    }
    assert expected(found, "sign") == {"sample": "sign", "detections": []}


@pytest.mark.parametrize("given", ["dog", "dog.jpg", "app/samples/dog.jpg"])
def test_a_photo_is_named_or_pointed_to(given):
    assert photo_named(given) == "dog"


def test_other_photos_are_refused():
    with pytest.raises(BuildError, match="photo-unknown"):
        photo_named("holiday.jpg")
