import pytest

DRAW = """
    import json
    from pyscript import document
    from page import element, window
    import overlay

    canvas = document.createElement("canvas")
    canvas.width, canvas.height = 400, 200
    context = canvas.getContext("2d")

    def draw(*boxes, scale=1, scale_y=None, unit=1, name="dog"):
        detections = [
            {"class_id": i, "name": name, "score": 0.876, "box": box} for i, box in enumerate(boxes)
        ]
        overlay.draw(context, detections, scale, scale_y or scale, unit)
        answer(json.loads(window.JSON.stringify(context.calls)))
"""


def drawn(micropython, call):
    return micropython(DRAW + f"\n    {call}")


def only(calls, kind):
    return [call for call in calls if call["call"] == kind]


def rectangle(call):
    return call["x"], call["y"], call["width"], call["height"]


def test_a_box_is_drawn_at_the_scale_of_the_canvas(micropython):
    calls = drawn(micropython, "draw([10, 40, 50, 60], scale=2)")

    assert {rectangle(call) for call in only(calls, "strokeRect")} == {(20, 80, 100, 120)}


def test_a_picture_shown_thicker_than_it_is_has_its_boxes_stretched_alike(micropython):
    calls = drawn(micropython, "draw([10, 40, 50, 60], scale=2, scale_y=3)")

    assert {rectangle(call) for call in only(calls, "strokeRect")} == {(20, 120, 100, 180)}


def test_the_label_says_name_and_percent_in_the_colour_of_its_class(micropython):
    calls = drawn(micropython, "draw([10, 40, 50, 60], [70, 40, 50, 60])")

    assert [call["text"] for call in only(calls, "fillText")] == ["dog 88", "dog 88"]
    boxes, labels = only(calls, "strokeRect"), only(calls, "fillRect")
    assert [label["style"] for label in labels] == [boxes[3]["style"], boxes[1]["style"]]
    assert labels[0]["style"] != labels[1]["style"]


def test_the_label_of_the_surest_is_over_the_others(micropython):
    calls = drawn(micropython, "draw([10, 40, 50, 60], [14, 44, 50, 60])")

    labels = only(calls, "fillRect")
    assert labels[-1]["x"] < labels[0]["x"]


def test_labels_are_drawn_over_all_boxes(micropython):
    calls = drawn(micropython, "draw([10, 40, 50, 60], [70, 40, 50, 60])")

    kinds = [call["call"] for call in calls]
    assert kinds == ["strokeRect"] * 4 + ["fillRect", "fillText"] * 2


def test_a_label_stands_on_its_box_where_there_is_room(micropython):
    (label,) = only(drawn(micropython, "draw([100, 80, 50, 60])"), "fillRect")

    assert label["y"] + label["height"] == pytest.approx(80)
    assert label["x"] == pytest.approx(99)


@pytest.mark.parametrize(
    "box",
    [
        pytest.param([100, 0, 50, 60], id="top"),
        pytest.param([0, 80, 50, 60], id="left"),
        pytest.param([390, 80, 10, 60], id="right"),
        pytest.param([0, 0, 400, 200], id="whole picture"),
        pytest.param([390, 0, 10, 10], id="corner"),
        pytest.param([100, 195, 50, 5], id="bottom"),
    ],
)
@pytest.mark.parametrize("unit", [1, 2.75])
def test_the_whole_label_is_inside_the_canvas(micropython, box, unit):
    calls = drawn(micropython, f"draw({box}, unit={unit})")

    (label,), (text,) = only(calls, "fillRect"), only(calls, "fillText")
    x, y, width, height = rectangle(label)
    assert x >= 0
    assert y >= 0
    assert x + width <= 400
    assert y + height <= 200
    assert x < text["x"] < x + width
    assert text["y"] == pytest.approx(y + height / 2)


def test_a_label_wider_than_the_canvas_starts_at_its_left_edge(micropython):
    (label,) = only(drawn(micropython, "draw([300, 80, 50, 60], name='a' * 90)"), "fillRect")

    assert label["x"] == 0


def test_labels_grow_with_the_pixels_of_the_screen(micropython):
    once = only(drawn(micropython, "draw([100, 80, 50, 60], unit=1)"), "fillRect")
    twice = only(drawn(micropython, "draw([100, 80, 50, 60], unit=2)"), "fillRect")

    assert twice[0]["height"] == pytest.approx(2 * once[0]["height"])


def test_classes_beyond_the_palette_start_over(micropython):
    same = micropython("""
        import overlay
        answer([overlay.colour(79), overlay.colour(79 % len(overlay.PALETTE))])
    """)

    assert same[0] == same[1]
