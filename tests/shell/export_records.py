"""Records as the app keeps them, for the tests of exports."""

LABELS = {"animals": ["cat", "dog", "horse"], "faces": ["face", "dog"], "people": ["person"]}
POINTS = {"en": ["nose", "left eye", "right eye"], "ja": ["鼻", "左目", "右目"], "limbs": [[0, 1]]}
MODELS = {name: {"labels": {"en": labels}} for name, labels in LABELS.items()}
MODELS["people"]["keypoints"] = POINTS


def record(**changes):
    return {
        "id": "2026-11-23T05:00:00.000Z-abc123",
        "time": "2026-11-23T05:00:00.000Z",
        "name": "garden.jpg",
        "source": "photo",
        "model": "animals",
        "threshold": 0.35,
        "input": [416, 416],
        "width": 640,
        "height": 480,
        "detections": [],
    } | changes


def found(label="dog", class_id=1, box=(10, 20, 100, 50), score=0.876543, **more):
    return {"class_id": class_id, "label": label, "score": score, "box": list(box)} | more


SHAPES = [
    found("person", 0, points=[[20.5, 30.25, 0.9], [25, 30, 0.31], [40, 41, 0.2]]),
    found("person", 0, quad=[[10, 20], [110, 20], [110, 70], [10, 70]]),
    found(
        "person",
        0,
        polygons=[
            [10, 20, 10, 70, 60, 70, 60, 20],
            [20, 30, 30, 30, 30, 40, 20, 40],  # a hole runs the other way round
            [-20, 100, -20, 120, 20, 120, 20, 100],
        ],
    ),
    found(
        "person",
        0,
        attributes=[
            {"class_id": 1, "label": "adult", "score": 0.9},
            {"class_id": 2, "label": "=male", "score": 0.75},
        ],
        whole=True,
    ),
]
RECORDS = [
    record(
        detections=[found(box=(132.637, 206.25, 192.5, 336.9), track=7), found("cat", 0, score=0.5)]
    ),
    record(time="2026-11-23T05:00:00.500Z", name='庭の犬, "1".png'),
    record(
        time="2026-11-23T05:00:01.000Z",
        name="=cmd.mp4",
        source="video",
        model="faces",
        video_time=12.04,
        detections=[
            found("face", 0, (-5.5, -3, 50, 40), 0.123456),
            found("dog", 1, (600, 400, 100.4, 200)),
            found("face", 0, (700, 10, 20, 20)),
        ],
    ),
]
SHAPED = record(model="people", detections=SHAPES)


def stamp(time):
    return time[:19].replace("-", "").replace(":", "").replace("T", "-")
