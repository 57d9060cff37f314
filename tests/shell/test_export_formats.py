"""Exports, read back by what reads such files: in CPython, and byte for byte in MicroPython."""

import csv
import io
import json

import pytest
from mpremote.romfs import VfsRomWriter

from tests.shell.conftest import MicroPython
from tests.shell.export_records import LABELS, MODELS, RECORDS, SHAPED, found, record, stamp
from tools.paths import MPY
from tools.site.python import compiled


@pytest.fixture
def exported(formats):
    """Exports records as one kind; returns the files by name."""

    def run(kind, *records):
        export = formats.Export([kind], MODELS.get, stamp)
        files = []
        for each in records:
            files += export.add(each)[1]
        files += export.finish()
        assert len(dict(files)) == len(files)
        return dict(files)

    return run


@pytest.fixture
def names_of(formats):
    def run(*names, time="2026-11-23T05:00:00.000Z"):
        export = formats.Export([], MODELS.get, stamp)
        return [export.add(record(name=name, time=time))[0] for name in names]

    return run


# --- JSON


def test_json_holds_the_records_as_they_are(exported):
    read = json.loads(exported("json", *RECORDS)["mekiki.json"])

    assert read["format"] == "mekiki/1"
    for before, after in zip(RECORDS, read["records"], strict=True):
        assert {key: after[key] for key in before if key != "detections"} == {
            key: before[key] for key in before if key != "detections"
        }
        for one, other in zip(before["detections"], after["detections"], strict=True):
            assert other["score"] == pytest.approx(one["score"], abs=1e-4)
            assert other["box"] == pytest.approx(one["box"], abs=0.005)
            assert other.get("track") == one.get("track")


def test_json_names_the_pictures_as_the_export_does(formats):
    export = formats.Export(["json"], MODELS.get, stamp)
    names = [export.add(each)[0] for each in RECORDS]

    ((_, text),) = export.finish()
    assert [each["picture"] for each in json.loads(text)["records"]] == names


# --- CSV


def rows(files):
    return list(csv.DictReader(io.StringIO(files["detections.csv"].removeprefix("\ufeff"), "")))


def test_csv_has_a_row_a_detection(exported):
    read = rows(exported("csv", *RECORDS))

    assert [(each["label"], each["model"]) for each in read] == [
        ("dog", "animals"),
        ("cat", "animals"),
        ("face", "faces"),
        ("dog", "faces"),
        ("face", "faces"),
    ]
    assert read[0]["score"] == "0.8765"
    assert [read[0][key] for key in ("x", "y", "width", "height", "track")] == [
        "132.64",
        "206.25",
        "192.5",
        "336.9",
        "7",
    ]
    assert (read[2]["x"], read[2]["video_time"]) == ("-5.5", "12.04")
    assert None not in read[0]
    assert None not in read[0].values()


def test_csv_is_read_back_whatever_a_file_is_called(exported):
    nasty = 'a,"b"\r\n犬'
    (read,) = rows(exported("csv", record(name=nasty, detections=[found()])))

    assert read["name"] == nasty


@pytest.mark.parametrize("name", ["=1+1.jpg", "+1.jpg", "-1.jpg", "@SUM(A1).jpg", "\t=1.jpg"])
def test_csv_has_no_cell_that_a_spreadsheet_would_run(exported, name):
    (read,) = rows(exported("csv", record(name=name, detections=[found(label=name)])))

    assert read["name"] == read["label"] == "'" + name


def test_csv_follows_rfc_4180_and_says_to_excel_that_it_is_utf_8(exported):
    text = exported("csv", *RECORDS)["detections.csv"]

    assert text.startswith("\ufeffpicture,")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")


# --- COCO


def coco(files):
    return json.loads(files["coco.json"])


def test_coco_points_from_annotations_to_images_and_categories(exported):
    read = coco(exported("coco", *RECORDS))

    images = {each["id"]: each for each in read["images"]}
    categories = {each["id"]: each["name"] for each in read["categories"]}
    assert sorted(images) == [1, 2, 3]
    assert [each["id"] for each in read["annotations"]] == [1, 2, 3, 4]
    assert [
        (images[each["image_id"]]["file_name"], categories[each["category_id"]])
        for each in read["annotations"]
    ] == [
        ("mekiki-20261123-050000-garden.jpg", "dog"),
        ("mekiki-20261123-050000-garden.jpg", "cat"),
        ("mekiki-20261123-050001-cmd.jpg", "face"),
        ("mekiki-20261123-050001-cmd.jpg", "dog"),
    ]
    assert images[1]["date_captured"] == "2026-11-23 05:00:00"


def test_coco_boxes_are_inside_their_pictures_with_their_own_area(exported):
    read = coco(exported("coco", *RECORDS))

    sizes = {each["id"]: (each["width"], each["height"]) for each in read["images"]}
    for each in read["annotations"]:
        x, y, width, height = each["bbox"]
        assert 0 <= x < x + width <= sizes[each["image_id"]][0]
        assert 0 <= y < y + height <= sizes[each["image_id"]][1]
        assert each["area"] == pytest.approx(width * height, rel=1e-3)
        assert each["iscrowd"] == 0
        assert 0 < each["score"] < 1
    assert read["annotations"][2]["bbox"] == [0, 0, 44.5, 37]


def test_coco_of_nothing_is_still_coco(exported):
    read = coco(exported("coco"))

    assert (read["images"], read["annotations"], read["categories"]) == ([], [], [])


# --- YOLO


def test_yolo_files_are_named_after_their_pictures_and_empty_where_nothing_is(exported):
    files = exported("yolo", *RECORDS)

    assert set(files) == {
        "labels/mekiki-20261123-050000-garden.txt",
        "labels/mekiki-20261123-050000-庭の犬,-1.txt",
        "labels/mekiki-20261123-050001-cmd.txt",
        "classes.txt",
        "data.yaml",
    }
    assert files["labels/mekiki-20261123-050000-庭の犬,-1.txt"] == ""


def test_yolo_lines_give_the_same_boxes_back(exported):
    files = exported("yolo", *RECORDS)
    names = files["classes.txt"].split("\n")

    first = files["labels/mekiki-20261123-050000-garden.txt"].splitlines()
    number, *parts = first[0].split(" ")
    x, y, width, height = (float(part) for part in parts)
    assert names[int(number)] == "dog"
    assert [(x - width / 2) * 640, (y - height / 2) * 480] == pytest.approx(
        [132.637, 206.25], abs=0.001
    )
    assert width * 640 == pytest.approx(192.5, abs=0.001)
    assert (y + height / 2) <= 1  # the box hung over the edge by 63 pixels
    for line in files["labels/mekiki-20261123-050001-cmd.txt"].splitlines():
        assert all(0 <= float(part) <= 1 for part in line.split(" ")[1:])


def test_yolo_lists_every_class_of_the_model_in_its_order(exported):
    files = exported("yolo", RECORDS[0])

    assert files["classes.txt"] == "cat\ndog\nhorse\n"
    assert files["data.yaml"].endswith('names:\n  0: "cat"\n  1: "dog"\n  2: "horse"\n')


def test_classes_of_several_models_share_one_list(exported):
    files = exported("yolo", *RECORDS)

    assert files["classes.txt"] == "cat\ndog\nhorse\nface\n"
    lines = files["labels/mekiki-20261123-050001-cmd.txt"].splitlines()
    assert [line.split(" ")[0] for line in lines] == ["3", "1"]


def test_classes_of_a_model_that_is_gone_are_those_that_were_found(exported):
    files = exported("yolo", record(model="gone", detections=[found("ox", 41), found("yak", 9)]))

    assert files["classes.txt"] == "ox\nyak\n"


# --- names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("dog.jpg", "-dog"),
        ("", ""),
        ("..", ""),
        ("../../etc/passwd", "-etc-passwd"),
        ("C:\\Users\\a.png", "-C-Users-a"),
        ("a" * 300 + ".jpg", "-" + "a" * 40),
        ("two words\u0000\u0007.jpg", "-two-words"),
        ("犬と猫.heic", "-犬と猫"),
        (".hidden", "-hidden"),
        ("$(rm -rf).jpg", "-(rm-rf)"),
    ],
)
def test_names_are_dated_and_safe(names_of, name, expected):
    assert names_of(name) == [f"mekiki-20261123-050000{expected}.jpg"]


def test_names_are_unique_even_where_case_does_not_count(names_of):
    assert names_of("dog.jpg", "DOG.png", "dog.jpg", "dog-2.jpg") == [
        "mekiki-20261123-050000-dog.jpg",
        "mekiki-20261123-050000-DOG-2.jpg",
        "mekiki-20261123-050000-dog-3.jpg",
        "mekiki-20261123-050000-dog-2-2.jpg",
    ]


# --- MicroPython


@pytest.fixture(scope="module")
def micropython(tmp_path_factory):
    """An interpreter with nothing in it but the export's package."""
    folder = tmp_path_factory.mktemp("export")
    image = VfsRomWriter()
    image.opendir("export")
    for name, data in compiled(MPY / "export", folder):
        image.mkfile(name, data)
    image.closedir()
    (folder / "export.romfs").write_bytes(bytes(image.finalise()))
    return MicroPython(folder / "export.romfs")


def test_micropython_writes_the_same_files(micropython, formats):
    many = [
        record(
            name=f"{i}.jpg",
            detections=[
                found(LABELS["animals"][i % 3], i % 3, (i * 1.37, i / 7, 10 + i / 3, 9.99), i / 99)
            ],
        )
        for i in range(99)
    ]
    kinds = ["json", "csv", "coco", "yolo"]
    export = formats.Export(kinds, MODELS.get, stamp)
    files = []
    for each in [*RECORDS, SHAPED, *many]:
        files += export.add(each)[1]
    files += export.finish()

    written = micropython(f"""
        from export.formats import Export

        def stamp(time):
            return time[:19].replace("-", "").replace(":", "").replace("T", "-")

        export = Export({kinds}, {MODELS}.get, stamp)
        files = []
        for each in json.loads({json.dumps(json.dumps([*RECORDS, SHAPED, *many]))}):
            files += export.add(each)[1]
        answer(files + export.finish())
    """)

    assert [name for name, _ in written] == [name for name, _ in files]
    for (name, here), (_, there) in zip(files, written, strict=True):
        if name.endswith(".json"):  # CPython writes 犬 as \\u72ac, MicroPython as itself
            assert json.loads(here) == json.loads(there), name
        elif name.startswith("labels/"):  # a half is rounded up by one and down by the other
            numbers = [float(word) for word in here.split()]
            assert [float(word) for word in there.split()] == pytest.approx(numbers, abs=2e-6)
        else:
            assert here == there, name
