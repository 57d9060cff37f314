import pytest

from tests.shell.test_overlay import DRAW, only, paths

DOT = "a3.0 3.0 0 1 0 6.0 0a3.0 3.0 0 1 0 -6.0 0"


def drawn(micropython, detection, more=""):
    """What is drawn of one detection with these keys, in a picture twice its size."""
    source = f"""
    each = {{"class_id": 0, "name": "it", "score": 0.876, "box": [10, 40, 50, 60]}}
    each.update({detection})
    overlay.draw(context, [each], 2, 2, 1{more})
    answer(json.loads(window.JSON.stringify(context.calls)))
    """
    return micropython(DRAW + source)


def test_points_are_dots_over_the_box_and_those_hardly_seen_are_left_out(micropython):
    points = [[20, 50, 0.9], [30, 60, 0.31], [40, 70, 0.1]]
    calls = drawn(micropython, {"points": points})

    (box,) = paths(calls)
    assert box["d"] == "M20 80h100v120h-100Z"
    (dots,) = only(calls, "fill")
    assert dots["d"] == f"M37.0 100.0{DOT}M57.0 120.0{DOT}"
    assert dots["style"] == box["style"]


def test_limbs_join_points_that_are_seen_and_stand_for_the_box(micropython):
    points = [[20, 50, 0.9], [30, 60, 0.9], [40, 70, 0.1]]
    calls = drawn(micropython, {"points": points, "limbs": [[0, 1], [1, 2]]})

    (limbs,) = paths(calls)
    assert limbs["d"] == "M40 100L60 120"


def test_a_quad_is_an_outline_with_a_light_fill_and_a_label_only_when_chosen(micropython):
    quad = {"quad": [[10, 40], [60, 45], [58, 100], [10, 96]]}
    calls = drawn(micropython, quad)

    (outline,), (fill,) = paths(calls), only(calls, "fill")
    assert outline["d"] == fill["d"] == "M20 80L120 90L116 200L20 192Z"
    assert fill["alpha"] < outline["alpha"]
    assert not only(calls, "fillText")
    assert only(drawn(micropython, quad, ", 0"), "fillText")[0]["text"] == "it 88"


def test_a_mask_is_filled_but_for_its_holes(micropython):
    rings = [[0, 0, 50, 0, 50, 50, 0, 50], [10, 10, 10, 20, 20, 20]]
    calls = drawn(micropython, {"polygons": rings})

    (fill,) = only(calls, "fill")
    assert fill["rule"] == "evenodd"
    assert fill["d"] == "M0 0L100 0L100 100L0 100ZM20 20L20 40L40 40Z"
    assert fill["alpha"] == pytest.approx(0.25)
    assert [call["text"] for call in only(calls, "fillText")] == ["it 88"]


def test_what_is_but_a_point_is_a_dot_in_the_middle_of_its_box(micropython):
    calls = drawn(micropython, {"dot": True})

    assert not paths(calls)
    assert only(calls, "fill")[0]["d"].startswith("M66.0 140.0a4.0 4.0")
    assert not only(calls, "fillText")


def test_labels_of_a_whole_picture_are_stacked_in_its_corner(micropython):
    source = """
    each = {"class_id": 0, "name": "cat", "score": 0.9, "box": [0, 0, 400, 200], "whole": True}
    other = dict(each)
    other.update({"class_id": 1, "name": "dog", "score": 0.05})
    overlay.draw(context, [each, other], 1, 1, 1)
    answer(json.loads(window.JSON.stringify(context.calls)))
    """
    calls = micropython(DRAW + source)

    assert {call["call"] for call in calls} == {"fillRect", "fillText"}
    (x, y), (below_x, below_y) = [(call["x"], call["y"]) for call in only(calls, "fillRect")]
    assert x == below_x
    assert below_y > y
    assert [call["text"] for call in only(calls, "fillText")] == ["cat 90", "dog 5"]


def test_attributes_are_in_the_label_and_those_that_name_the_object_stand_for_it(micropython):
    titles = micropython("""
        import overlay
        body = {"name": "body", "attributes": [{"name": "adult"}, {"name": "male"}], "track": 3}
        hand = {"name": "手", "attributes": [{"name": "左手"}]}
        answer([overlay.title(body), overlay.title(hand), overlay.title({"name": "dog"})])
    """)

    assert titles == ["body #3 · adult · male", "左手", "dog"]


@pytest.mark.parametrize(
    ("detection", "inside", "outside"),
    [
        pytest.param({}, [(11, 41), (59, 99)], [(9, 50), (61, 50), (30, 101)], id="box"),
        pytest.param({"dot": True}, [(35, 70), (42, 63)], [(35, 90), (12, 42)], id="dot"),
        pytest.param(
            {"quad": [[10, 70], [35, 40], [60, 70], [35, 100]]},
            [(35, 70), (35, 42)],
            [(12, 42), (58, 98)],
            id="quad",
        ),
        pytest.param(
            {"polygons": [[10, 40, 60, 40, 60, 100, 10, 100], [30, 60, 30, 80, 40, 80, 40, 60]]},
            [(15, 50), (50, 90)],
            [(35, 70), (9, 70)],
            id="mask with a hole",
        ),
        pytest.param({"whole": True}, [], [(30, 50)], id="whole picture"),
    ],
)
def test_a_finger_hits_the_shape_and_not_the_box_around_it(micropython, detection, inside, outside):
    found = micropython(f"""
        import shapes
        each = {{"box": [10, 40, 50, 60]}}
        each.update({detection})
        answer([[shapes.hit(each, x, y, 8) for x, y in places] for places in {[inside, outside]}])
    """)

    assert all(found[0])
    assert not any(found[1])


def test_shapes_are_moved_and_scaled_with_their_box(micropython):
    other = micropython("""
        import shapes
        answer(shapes.mapped({
            "class_id": 3,
            "box": [1, 2, 3, 4],
            "points": [[1, 2, 0.5]],
            "quad": [[1, 2], [4, 2], [4, 6], [1, 6]],
            "polygons": [[1, 2, 4, 2, 4, 6]],
        }, 2, 3, 10, 20))
    """)

    assert other == {
        "class_id": 3,
        "box": [12, 26, 6, 12],
        "points": [[12, 26, 0.5]],
        "quad": [[12, 26], [18, 26], [18, 38], [12, 38]],
        "polygons": [[12, 26, 18, 26, 18, 38]],
    }
