import numpy as np

from mekiki.attributes import merge_attributes
from mekiki.detection import Detections
from mekiki.spec import AttributeGroup, AttributesSpec

LABELS = ("body", "adult", "child", "male", "female", "hand", "left", "right")
SPEC = AttributesSpec(
    0.7,
    (AttributeGroup(0, (1, 2)), AttributeGroup(0, (3, 4)), AttributeGroup(5, (6, 7))),
)
BODY, NEIGHBOUR, HAND = (0, 0, 100, 200), (90, 0, 190, 200), (50, 80, 70, 100)


def found(*rows):
    """Detections of rows (label, score, box), by descending score."""
    rows = sorted(rows, key=lambda row: -row[1])
    return Detections(
        np.array([row[2] for row in rows], np.float32).reshape(-1, 4),
        np.array([row[1] for row in rows], np.float32),
        np.array([LABELS.index(row[0]) for row in rows], np.int32),
        LABELS,
    )


def said(*rows):
    """What is said of each object, by label, in the order of the objects."""
    merged = merge_attributes(found(*rows), SPEC)
    labels = [LABELS[each] for each in merged.class_ids]
    names = [[LABELS[each.class_id] for each in said] for said in merged.attributes]
    return list(zip(labels, names, strict=True))


def test_an_attribute_goes_to_the_object_it_lies_on():
    rows = ("body", 0.9, BODY), ("body", 0.8, NEIGHBOUR), ("female", 0.75, NEIGHBOUR)
    assert said(*rows) == [("body", []), ("body", ["female"])]


def test_of_a_group_the_surest_one_is_believed():
    rows = ("body", 0.9, BODY), ("adult", 0.8, BODY), ("child", 0.85, BODY), ("male", 0.7, BODY)
    assert said(*rows) == [("body", ["child", "male"])]


def test_an_attribute_below_its_threshold_is_not_believed():
    assert said(("body", 0.4, BODY), ("adult", 0.69, BODY)) == [("body", [])]


def test_an_attribute_on_no_object_is_left_out():
    assert said(("adult", 0.9, BODY)) == []
    assert said(("body", 0.9, BODY), ("adult", 0.8, (300, 0, 400, 200))) == [("body", [])]


def test_only_objects_of_its_own_kind_get_an_attribute():
    rows = ("body", 0.9, BODY), ("hand", 0.6, HAND), ("left", 0.8, HAND), ("adult", 0.75, HAND)
    assert said(*rows) == [("body", []), ("hand", ["left"])]


def test_the_plain_form_names_attributes_only_where_there_are_any():
    rows = ("body", 0.9, BODY), ("hand", 0.8, HAND), ("left", 0.75, HAND)
    body, hand = merge_attributes(found(*rows), SPEC).to_plain()
    assert "attributes" not in body
    (left,) = hand["attributes"]
    assert (left["label"], left["class_id"], round(left["score"], 3)) == ("left", 6, 0.75)
