"""The document of a video, written piece by piece in MicroPython."""

import json

import pytest
from mpremote.romfs import VfsRomWriter

from tests.shell.conftest import MicroPython
from tools.paths import MPY
from tools.site.python import compile_module

# The pieces of app/rooms/video/files.mjs, which makes a Blob of them.
PRELUDE = """
import json
import sys
sys.path.append("/rom")
from report import Report

class Pieces:
    def __init__(self):
        self.pieces = []
    def append(self, piece):
        self.pieces.append(piece)
    def blob(self, head, tail):
        return head + ",\\n".join(self.pieces) + tail

def found(class_id, label, score, x, y, width, height, track=None):
    each = {"class_id": class_id, "label": label, "score": score, "box": [x, y, width, height]}
    if track is not None:
        each["track"] = track
    return each

def dog(track=None):
    return found(16, "dog", 0.9, 0, 0, 1, 1, track)

report = Report(Pieces(), 0.5)
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    image = VfsRomWriter()
    image.mkfile("report.mpy", compile_module(MPY / "video" / "report.py", folder))
    (folder / "report.romfs").write_bytes(image.finalise())
    micropython = MicroPython(folder / "report.romfs")
    return lambda source: micropython(PRELUDE + source)


def test_the_document_is_json_with_times_and_boxes_as_they_were(run):
    text = run("""
report.add(0.083333, 0.083333, [found(16, 'a "dog"', 0.82134, 68.6, 116.9, 116.84, 0.1)])
report.add(0.166667, 0.083333, [])
answer(report.blob((("format", "mekiki-video/1"), ("threshold", 0.35), ("complete", True))))
""")

    document = json.loads(text)
    assert document == {
        "format": "mekiki-video/1",
        "threshold": 0.35,
        "complete": True,
        "duration": 0.5,
        "tracks": [],
        "frames": [
            {
                "time": 0.083333,
                "detections": [
                    {
                        "class_id": 16,
                        "label": 'a "dog"',
                        "score": 0.8213,
                        "box": [68.6, 116.9, 116.8, 0.1],
                    }
                ],
            },
            {"time": 0.166667, "detections": []},
        ],
    }
    assert next(iter(document)) == "format"
    assert "68.6," in text


def test_a_video_of_no_frames_is_still_json(run):
    assert json.loads(run('answer(report.blob((("format", "x"),)))'))["frames"] == []


def test_objects_are_told_with_when_they_were_seen_first_and_last(run):
    objects, counts, text = run("""
report.add(0.0, 0.1, [dog()])
report.add(0.1, 0.1, [dog(2), found(1, "bicycle", 0.9, 0, 0, 1, 1, 1)])
report.add(0.2, 0.1, [found(15, "cat", 0.9, 0, 0, 1, 1, 2), dog(3)])
report.add(0.3, 0.1, [dog(2)])
answer([report.objects(), report.counts(), report.blob(())])
""")

    # Track 2 was taken for a cat once; the dog without a number is no object of its own.
    assert [(each["track"], each["label"], each["first"], each["last"]) for each in objects] == [
        (2, "dog", 0.1, 0.3),
        (1, "bicycle", 0.1, 0.1),
        (3, "dog", 0.2, 0.2),
    ]
    assert counts == [[16, 2], [1, 1]]
    assert json.loads(text)["tracks"][0] == {
        "track": 2,
        "class_id": 16,
        "label": "dog",
        "first": 0.1,
        "last": 0.3,
    }


def test_without_numbers_each_class_is_told_once(run):
    objects, counts = run("""
report.add(0.0, 0.1, [dog(), dog()])
report.add(0.1, 0.1, [dog()])
answer([report.objects(), report.counts()])
""")

    assert [(each["track"], each["first"], each["last"]) for each in objects] == [(None, 0, 0.1)]
    assert counts == [[16, 1]]
