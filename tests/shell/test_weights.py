"""Which of a model's weights are used, and models that do not come with the site."""

from tests.shell.test_engine import ENGINE, TELL, downloads

LIGHT = """
    import catalogue
    import settings
    tier = {"weights": "int8", "bytes": 1, "tier": "model:yolox-nano:int8", "onnx": "assets/9/q"}
    catalogue.model("yolox-nano")["variants"][1:] = [tier]
"""
ENSURE = "\n    ready = await engine.ensure('yolox-nano')\n"
SAVER = "\n    settings.put('saver', 'on')\n"
USED = "\n    answer([engine.variant['tier'], happened()])\n"
BASE = ["engine", "engine-simd"]
EXACT, SMALL = "model:yolox-nano", "model:yolox-nano:int8"


def test_the_exact_weights_are_used_where_bytes_do_not_count(micropython):
    *_, happened = micropython(ENGINE + LIGHT + ENSURE + TELL)
    assert downloads(happened) == [f"download engine engine-simd {EXACT}"]


def test_data_saver_takes_the_small_weights(micropython):
    *_, happened = micropython(ENGINE + LIGHT + SAVER + ENSURE + TELL)
    assert downloads(happened) == [f"download engine engine-simd {SMALL}"]


def test_data_saver_uses_the_exact_weights_that_are_here(micropython):
    used, happened = micropython(ENGINE + LIGHT + SAVER + ENSURE + USED, kept=[*BASE, EXACT])
    assert (used, downloads(happened)) == (EXACT, [])


def test_a_careful_start_takes_the_small_weights_or_else_what_is_here(micropython):
    careful = "\n    engine.careful = True"
    script = ENGINE + LIGHT + careful + ENSURE + USED
    assert micropython(script, kept=[*BASE, EXACT, SMALL])[0] == SMALL
    assert micropython(script, kept=[*BASE, EXACT])[0] == EXACT


def test_the_weights_that_are_here_are_used_at_once_whatever_the_line_is_said_to_be(micropython):
    for online in (True, False):
        script = ENGINE + LIGHT + ENSURE + USED
        used, happened = micropython(script, kept=[*BASE, SMALL], online=online)
        assert (used, downloads(happened)) == (SMALL, [])


BETTER = """
    model = catalogue.model("yolox-nano")
    exact, small = model["variants"]
    answer([weights.better(model, exact), weights.better(model, small)])
"""


def test_better_weights_come_later_unless_bytes_count(micropython):
    script = ENGINE + LIGHT + "    import weights\n"
    assert micropython(script + BETTER) == [None, EXACT]
    assert micropython(script + SAVER + BETTER) == [None, None]


OWN = """
    import catalogue
    import settings
    entry = dict(catalogue.model("yolox-nano"))
    entry.update({"id": "own-thing", "variants": [{"weights": "own", "bytes": 5}]})
    del entry["code"]
    settings.put("own", [entry])
    catalogue.read()
    ready = await engine.ensure("own-thing")
"""


def test_a_model_of_ones_own_needs_the_engine_only(micropython):
    *_, happened = micropython(ENGINE + OWN + TELL, graphs=["own-thing"])
    assert downloads(happened) == ["download engine engine-simd"]
    assert happened[-1] == "model own-thing"


def test_a_model_of_ones_own_that_the_browser_threw_away_is_named(micropython):
    ready, _, error, happened = micropython(ENGINE + OWN + TELL)
    assert (ready, error["code"], error["data"]) == (
        False,
        "own-model-missing",
        {"model": "own-thing"},
    )
    assert "model own-thing" not in happened


def test_a_model_that_others_serve_can_be_chosen_once_it_is_here(micropython):
    source = """
    import catalogue
    import settings
    catalogue.models[0]["delivery"] = "tap"
    id = catalogue.models[0]["id"]
    catalogue.read()
    before = catalogue.model(id) is None
    settings.put("taken", [id])
    catalogue.read()
    answer([before, catalogue.model(id)["id"]])
    """
    before, found = micropython(source)
    assert before is True
    assert found
