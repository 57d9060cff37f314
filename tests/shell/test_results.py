import pytest

from tests.shell.word_keys import load

# What py/mekiki/edge.py answers, with what app/bridge.mjs adds.
ANSWER = """
    import json
    from pyscript import document
    from page import element
    import results as view
    from results import Results

    def detection(class_id, label, score, box):
        return {"class_id": class_id, "label": label, "score": score, "box": box}

    results = Results()
    results.answer = {
        "model": "yolox-nano",
        "width": 640,
        "height": 480,
        "detections": [
            detection(16, "dog", 0.9, [10.5, 20, 30, 40]),
            detection(0, "person", 0.8, [1, 2, 3, 4]),
            detection(0, "person", 0.5, [5, 6, 7, 8]),
            detection(2, "car", 0.2, [9, 9, 9, 9]),
        ],
        "ms": {
            "capture": 0.5, "transfer": 1.25, "copy": 2, "preprocess": 3, "forward": 40.04,
            "decode": 5, "reply": 0.25,
        },
        "heap": 134217728,
    }

    def texts(name):
        return [each.textContent for each in element(name).children]
"""


def test_what_is_below_the_threshold_is_left_out_and_the_order_stays(micropython):
    seen = micropython(
        ANSWER
        + """
    seen = []
    for threshold in (0, 0.35, 0.5, 0.85, 0.95):
        results.threshold = threshold
        seen.append([(each["label"], each["score"]) for each in results.visible()])
    answer(seen)
    """
    )

    everything = [["dog", 0.9], ["person", 0.8], ["person", 0.5], ["car", 0.2]]
    assert seen == [everything, everything[:3], everything[:3], everything[:1], []]


def test_a_score_equal_to_the_threshold_is_shown_whatever_the_percent(micropython):
    hidden = micropython("""
        import json
        from results import Results
        results, hidden = Results(), []
        for percent in range(1, 100):
            text = '{"score": %.2f, "class_id": 0, "label": "person"}' % (percent / 100)
            results.answer = {"model": "yolox-nano", "detections": [json.loads(text)]}
            results.threshold = percent / 100
            if not results.visible():
                hidden.append(percent)
        answer(hidden)
    """)

    assert hidden == []


def test_what_a_model_found_that_is_not_here_any_more_has_its_english_name(micropython):
    names = micropython(
        ANSWER
        + """
    results.answer["model"] = "a-model-of-last-year"
    document.documentElement.lang = "ja"
    view.render(results)
    answer([[each["name"] for each in results.visible()], texts("counts")])
    """
    )

    assert names == [["dog", "person", "person"], ["person × 2", "dog × 1"]]


def test_nothing_is_visible_before_the_first_answer(micropython):
    assert micropython("from results import Results\nanswer(Results().visible())") == []


@pytest.mark.parametrize(
    ("language", "said"), [("en", "person × 2, dog × 1"), ("ja", "人 × 2、犬 × 1")]
)
def test_the_summary_counts_each_class_the_most_frequent_first(micropython, language, said):
    source = f"""
    document.documentElement.lang = "{language}"
    answer(view.summary(results.visible()))
    """

    assert micropython(ANSWER + source) == said


def test_the_list_and_the_counts_show_what_is_visible(micropython):
    seen = micropython(
        ANSWER
        + """
    view.render(results)
    empty = element("results-empty").hidden
    label = element("overlay").getAttribute("aria-label")
    answer([texts("detections"), texts("counts"), empty, label])
    """
    )

    rows, counts, empty_hidden, label = seen
    assert rows == ["dog90 %", "person80 %", "person50 %"]
    assert counts == ["person × 2", "dog × 1"]
    assert empty_hidden is True
    assert label == "The picture: person × 2, dog × 1"


def test_nothing_above_the_threshold_is_said_with_the_threshold(micropython):
    seen = micropython(
        ANSWER
        + """
    results.threshold = 0.95
    view.render(results)
    view.announce(results)
    empty = element("results-empty")
    answer([texts("detections"), empty.hidden, empty.textContent, element("announce").textContent])
    """
    )

    words = load("en")["nothing_found"].replace("{percent}", "95")
    assert seen == [[], False, words, words]


def test_the_public_event_has_exactly_the_documented_detail(micropython):
    detail = micropython(
        ANSWER
        + """
    from page import window
    heard = []
    document.addEventListener(
        "mekiki:detections", lambda event: heard.append(window.JSON.stringify(event.detail))
    )
    results.visible()
    results.publish()
    answer([json.loads(text) for text in heard])
    """
    )

    assert detail == [
        {
            "model": "yolox-nano",
            "width": 640,
            "height": 480,
            "threshold": 0.35,
            "detections": [
                {
                    "label": "dog",
                    "class_id": 16,
                    "score": 0.9,
                    "box": {"x": 10.5, "y": 20, "width": 30, "height": 40},
                },
                {
                    "label": "person",
                    "class_id": 0,
                    "score": 0.8,
                    "box": {"x": 1, "y": 2, "width": 3, "height": 4},
                },
                {
                    "label": "person",
                    "class_id": 0,
                    "score": 0.5,
                    "box": {"x": 5, "y": 6, "width": 7, "height": 8},
                },
            ],
            "milliseconds": {
                "capture": 0.5,
                "transfer": 1.25,
                "copy": 2,
                "preprocess": 3,
                "forward": 40.04,
                "decode": 5,
                "reply": 0.25,
            },
            "heap": 134217728,
        }
    ]


def test_labels_in_the_public_event_stay_english_in_japanese(micropython):
    labels = micropython(
        ANSWER
        + """
    document.documentElement.lang = "ja"
    heard = []
    document.addEventListener(
        "mekiki:detections", lambda event: heard.append(event.detail.detections[0].label)
    )
    results.publish()
    answer(heard)
    """
    )

    assert labels == ["dog"]


def test_the_timings_are_listed_by_stage_with_their_sum(micropython):
    seen = micropython(
        ANSWER
        + """
    results.answer["ms"]["draw"] = 1
    view.render_timings(results.answer, 12)
    answer([element("speed").textContent, texts("timings"), element("heap").textContent])
    """
    )

    speed, rows, heap = seen
    assert speed == "53 ms · 12 per second"
    assert rows[:2] == [load("en")["stage_capture"], "0.5 ms"]
    assert rows[8:10] == [load("en")["stage_forward"], "40.0 ms"]
    assert len(rows) == 16
    assert heap == load("en")["heap"].replace("{size}", "134 MB")


def test_classes_with_a_threshold_of_their_own_follow_the_slider(micropython):
    seen = micropython("""
        from results import Results
        results = Results()
        results.answer = {"model": "wholebody28", "detections": [
            {"class_id": 0, "label": "body", "score": 0.3, "box": [0, 0, 1, 1]},
            {"class_id": 21, "label": "shoulder", "score": 0.3, "box": [0, 0, 1, 1]},
        ]}
        seen = []
        for threshold in (0.35, 0.45, 0.3):
            results.threshold = threshold
            seen.append([each["label"] for each in results.visible()])
        answer(seen)
    """)

    assert seen == [["shoulder"], [], ["body", "shoulder"]]


def test_attributes_points_and_limbs_are_named_in_the_language_in_use(micropython):
    body, pose = micropython("""
        from pyscript import document
        import catalogue
        document.documentElement.lang = "ja"
        body = {"class_id": 0, "label": "body", "score": 0.9, "box": [0, 0, 1, 1],
                "attributes": [{"class_id": 1, "label": "adult", "score": 0.9}]}
        pose = {"class_id": 0, "label": "person", "score": 0.9, "box": [0, 0, 1, 1],
                "points": [[0, 0, 0.9]] * 17}
        (body,) = catalogue.dress("wholebody28", [body])
        (pose,) = catalogue.dress("movenet-lightning", [pose])
        answer([body, pose["limbs"]])
    """)

    assert (body["name"], body["attributes"][0]["name"]) == ("体", "大人")
    assert [5, 6] in pose


def test_numbers_of_a_network_without_a_decoder_are_listed(micropython):
    texts, empty = micropython("""
        from page import element
        import results as view
        from results import Results
        results = Results()
        numbers = {"name": "out", "shape": [1, 84, 8400], "type": "float32", "min": -1.5,
                   "max": None, "mean": 0.25, "values": [0.125, 2.0]}
        results.answer = {"model": "own", "detections": [], "tensors": [numbers]}
        view.render(results)
        answer([[each.textContent for each in element("tensors").children],
                element("results-empty").hidden])
    """)

    assert texts[0] == "out · 1 × 84 × 8400 · float32"
    assert "-1.5" in texts[1]
    assert "0.25" in texts[1]
    assert texts[2] == "0.125 2 …"
    assert empty
