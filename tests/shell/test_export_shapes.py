"""Key points, outlines and attributes in exports."""

import csv
import io
import json

import pytest

from tests.shell.export_records import MODELS, POINTS, SHAPED, SHAPES, stamp


@pytest.fixture
def shaped(formats):
    """What is written of one record with shapes."""
    export = formats.Export(["coco"], MODELS.get, stamp)
    export.add(SHAPED)
    ((_, text),) = export.finish()
    return json.loads(text)


def test_coco_has_key_points_with_their_names_and_limbs(shaped):
    (category,) = shaped["categories"]
    assert category["keypoints"] == POINTS["en"]
    assert category["skeleton"] == [[1, 2]]
    annotation = shaped["annotations"][0]
    assert annotation["keypoints"] == [20.5, 30.25, 2, 25, 30, 2, 0, 0, 0]
    assert annotation["num_keypoints"] == 2


def test_coco_has_turned_boxes_as_outlines(shaped):
    annotation = shaped["annotations"][1]
    assert annotation["segmentation"] == [[10, 20, 110, 20, 110, 70, 10, 70]]
    assert annotation["area"] == 100 * 50


def test_coco_has_masks_inside_the_picture_and_leaves_holes_out_of_their_area(shaped):
    annotation = shaped["annotations"][2]
    assert annotation["segmentation"] == [
        [10, 20, 10, 70, 60, 70, 60, 20],
        [0, 100, 0, 120, 20, 120, 20, 100],
    ]
    assert annotation["area"] == 50 * 50 - 10 * 10 + 20 * 20


def test_coco_says_what_is_said_of_an_object(shaped):
    assert shaped["annotations"][3]["attributes"] == {"adult": 0.9, "=male": 0.75}


def test_json_has_every_shape_as_it_was_found(formats):
    export = formats.Export(["json"], MODELS.get, stamp)
    export.add(SHAPED)
    ((_, text),) = export.finish()

    assert json.loads(text)["records"][0]["detections"] == [
        each | {"score": pytest.approx(each["score"], abs=1e-4)} for each in SHAPES
    ]


def test_csv_lists_attributes_in_one_cell(formats):
    export = formats.Export(["csv"], MODELS.get, stamp)
    export.add(SHAPED)
    ((_, text),) = export.finish()

    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), "")))
    assert [row["attributes"] for row in rows] == ["", "", "", "adult; =male"]
