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


def paths(calls):
    """What is stroked in the colour of a class."""
    return [call for call in only(calls, "stroke") if not call["style"].startswith("rgba")]


def test_a_box_is_drawn_at_the_scale_of_the_canvas(micropython):
    calls = drawn(micropython, "draw([10, 40, 50, 60], scale=2)")

    assert {call["d"] for call in only(calls, "stroke")} == {"M20 80h100v120h-100Z"}


def test_a_picture_shown_thicker_than_it_is_has_its_boxes_stretched_alike(micropython):
    calls = drawn(micropython, "draw([10, 40, 50, 60], scale=2, scale_y=3)")

    assert {call["d"] for call in only(calls, "stroke")} == {"M20 120h100v180h-100Z"}


def test_the_label_says_name_and_percent_in_the_colour_of_its_class(micropython):
    calls = drawn(micropython, "draw([10, 40, 50, 60], [70, 40, 50, 60])")

    assert [call["text"] for call in only(calls, "fillText")] == ["dog 88", "dog 88"]
    boxes, labels = paths(calls), only(calls, "fillRect")
    assert [label["style"] for label in labels] == [box["style"] for box in boxes]
    assert labels[0]["style"] != labels[1]["style"]


@pytest.mark.parametrize(
    "boxes",
    [
        pytest.param([[10, 40, 50, 60], [14, 44, 50, 60]], id="near"),
        pytest.param([[10, 40, 50, 60]] * 3, id="the same"),
        pytest.param([[10, 0, 50, 60], [60, 0, 50, 60]], id="side by side at the top"),
        pytest.param([[20, 15, 50, 60], [0, 0, 400, 200]], id="one around another"),
    ],
)
def test_labels_are_not_written_over_each_other(micropython, boxes):
    calls = drawn(micropython, f"draw(*{boxes})")

    labels = [rectangle(call) for call in only(calls, "fillRect")]
    assert len(labels) == len(boxes)
    for index, (x, y, width, height) in enumerate(labels):
        for left, top, wide, tall in labels[:index]:
            apart = x >= left + wide or left >= x + width or y >= top + tall or top >= y + height
            assert apart


def test_a_label_for_which_there_is_no_room_is_left_out_and_its_box_is_not(micropython):
    calls = drawn(micropython, "draw(*[[10, 40, 50, 60]] * 9)")

    assert 1 < len(only(calls, "fillText")) < 9
    assert sum(call["d"].count("M") for call in paths(calls)) == 9


def test_labels_are_drawn_over_all_boxes_with_few_calls(micropython):
    calls = drawn(micropython, "draw(*[[10 * i, 40, 5, 60] for i in range(30)])")

    kinds = [call["call"] for call in calls]
    assert kinds[:9] == ["stroke"] * 9  # all dark edges at once, then once a colour
    assert "stroke" not in kinds[9:]


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
        from shapes import PALETTE
        answer([overlay.colour(79), overlay.colour(79 % len(PALETTE))])
    """)

    assert same[0] == same[1]
