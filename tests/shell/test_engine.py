"""Engine.ensure on the real bridge; the worker and the download behind it follow a script."""

import pytest

ENGINE = """
    import asyncio
    import engine as module
    from engine import Engine

    states = []

    def note():
        if not states or states[-1] != engine.state:
            states.append(engine.state)

    engine = Engine(note)
"""
ENSURE = "\n    ready = await engine.ensure('yolox-nano')\n"
TELL = "\n    answer([ready, states, engine.error, happened()])\n"


def failing(code, **data):
    return {"error": {"code": code, "data": data}}


def test_the_engine_downloads_starts_and_loads_the_model(micropython):
    ready, states, error, happened = micropython(ENGINE + "    note()\n" + ENSURE + TELL)

    assert ready is True
    assert states == ["idle", "downloading", "starting", "preparing", "ready"]
    assert error is None
    assert happened == [
        "download engine engine-simd model:yolox-nano",
        "worker starts",
        "start",
        "model yolox-nano",
    ]


@pytest.mark.parametrize("plan", [{"possible": False}, {"controlled": False}])
def test_without_a_cache_or_a_service_worker_it_starts_without_the_download(micropython, plan):
    ready, states, _, happened = micropython(ENGINE + ENSURE + TELL, **plan)

    assert ready is True
    assert states == ["downloading", "starting", "preparing", "ready"]
    assert happened == ["worker starts", "start", "model yolox-nano"]


def test_a_model_that_is_ready_costs_nothing_the_second_time(micropython):
    ready, _, _, happened = micropython(ENGINE + ENSURE + ENSURE + TELL)

    assert ready is True
    assert happened.count("worker starts") == 1
    assert happened.count("model yolox-nano") == 1


def test_another_model_is_loaded_into_the_same_worker(micropython):
    other = "\n    ready = await engine.ensure('centernet-coco')\n"
    ready, states, _, happened = micropython(ENGINE + ENSURE + other + TELL)

    assert ready is True
    assert states[-3:] == ["downloading", "preparing", "ready"]
    assert [each for each in happened if not each.startswith("download")] == [
        "worker starts",
        "start",
        "model yolox-nano",
        "model centernet-coco",
    ]


def test_two_calls_at_once_start_one_worker(micropython):
    both = """
    ready = await asyncio.gather(engine.ensure("yolox-nano"), engine.ensure("yolox-nano"))
    """
    ready, _, _, happened = micropython(ENGINE + both + TELL)

    assert ready == [True, True]
    assert happened == [
        "download engine engine-simd model:yolox-nano",
        "worker starts",
        "start",
        "model yolox-nano",
    ]


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("download", "download-failed"),
        ("start", "engine-start-failed"),
        ("model", "model-unreadable"),
    ],
)
def test_a_failing_step_fails_with_its_code_and_the_next_try_gets_there(micropython, step, code):
    source = """
    failed = [await engine.ensure("yolox-nano"), engine.state, engine.error, engine.model]
    ready = await engine.ensure("yolox-nano")
    answer([failed, ready, engine.state, engine.error])
    """
    error = failing(code, detail="x")
    failed, *then = micropython(ENGINE + source, **{step: [error]})

    assert failed == [False, "failed", error["error"], None]
    assert then == [True, "ready", None]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (failing("engine-start-failed", detail="x"), "engine-start-failed"),
        ("crash", "engine-start-failed"),
    ],
)
def test_a_worker_that_cannot_be_trusted_is_ended_and_started_anew(micropython, answer, code):
    impatient = "\n    module.START_TIMEOUT_MS = 50\n"
    code_told = "\n    code = engine.error['code']\n"
    source = ENGINE + impatient + ENSURE + code_told + ENSURE
    told, happened = micropython(source + "\n    answer([code, happened()])", start=[answer])

    assert told == code
    assert [each for each in happened if not each.startswith("download")] == [
        "worker starts",
        "start",
        "worker ends",
        "worker starts",
        "start",
        "model yolox-nano",
    ]


def test_a_worker_that_never_answers_is_given_a_second_try(micropython):
    source = ENGINE + "\n    module.START_TIMEOUT_MS = 50\n" + ENSURE
    once, happened = micropython(source + "\n    answer([ready, happened()])", start=["silence"])

    assert once is True
    assert [each for each in happened if not each.startswith("download")] == [
        "worker starts",
        "start",
        "worker ends",
        "worker starts",
        "start",
        "model yolox-nano",
    ]

    twice = source + "\n    answer([ready, engine.error['code']])"
    assert micropython(twice, start=["silence"] * 2) == [False, "engine-timeout"]


def test_a_model_that_cannot_be_read_leaves_the_worker_running(micropython):
    source = ENGINE + ENSURE + ENSURE + TELL
    ready, _, _, happened = micropython(source, model=[failing("model-unreadable")])

    assert ready is True
    assert happened.count("worker starts") == 1
    assert "worker ends" not in happened


def test_the_panel_shows_each_state_in_words(micropython):
    source = """
    import engine_panel
    from page import element

    def shown():
        engine_panel.render(engine)
        action = element("engine-action")
        return [
            element("engine-text").textContent,
            None if action.hidden else action.textContent,
            element("engine-progress").hidden,
            element("busy").hidden,
        ]

    seen = [shown()]
    await engine.look("yolox-nano")
    seen.append(shown())
    engine.state, engine.done, engine.total = "downloading", 5_500_000, 11_000_000
    seen.append(shown())
    engine.rate = 220_000
    seen.append(shown())
    engine.waiting = 1.5
    seen.append(shown())
    engine.state = "starting"
    seen.append(shown())
    engine.state, engine.model = "ready", "yolox-nano"
    seen.append(shown())
    engine.failed({"code": "download-refused", "data": {"status": 503}})
    seen.append(shown())
    answer(seen)
    """

    assert micropython(ENGINE + source) == [
        ["Not loaded", "Load", True, True],
        ["Not loaded: 11.0 MB once, then it works offline", "Load", True, True],
        ["Downloading 5.5 MB of 11.0 MB · 50 %", "Pause", False, False],
        [
            "Downloading 5.5 MB of 11.0 MB · 50 % · 0.2 MB a second · 26 s left",
            "Pause",
            False,
            False,
        ],
        [
            "The line is down; trying again in 2 s. 5.5 MB of 11.0 MB has arrived and is kept",
            "Pause",
            False,
            False,
        ],
        ["Starting Python", None, True, False],
        ["Ready · YOLOX-nano", None, True, True],
        [
            "Not ready: The server did not give a file of the engine (HTTP 503). Try again later.",
            "Try again",
            True,
            True,
        ],
    ]


def test_the_samples_come_last_and_then_what_is_old_goes(micropython):
    keep = "\n    module.SAMPLES_DELAY_MS = 1\n    await engine.keep_samples()\n"
    happened = micropython(ENGINE + ENSURE + keep + "\n    answer(happened())")

    assert happened[-3:] == ["model yolox-nano", "download samples", "tidy engine-relaxed"]


def test_the_samples_are_not_fetched_for_an_engine_that_failed(micropython):
    keep = "\n    module.SAMPLES_DELAY_MS = 1\n    await engine.keep_samples()\n"
    source = ENGINE + ENSURE + keep + "\n    answer(happened())"
    happened = micropython(source, model=[failing("model-unreadable")])

    assert "download samples" not in happened


BOTH = ["relaxed", "simd"]
ABOUT = {"python": "3.14.2", "numpy": "2.4.6", "cv2": "4.14.0", "simd": "relaxed"}


def kept(level):
    return ["engine", f"engine-{level}", "model:yolox-nano"]


def downloads(happened):
    return [each for each in happened if each.startswith("download")]


def test_the_best_level_of_the_browser_is_downloaded(micropython):
    ready, _, _, happened = micropython(ENGINE + ENSURE + TELL, levels=BOTH)

    assert ready is True
    assert downloads(happened) == ["download engine engine-relaxed model:yolox-nano"]


def test_without_simd_nothing_is_asked_for_and_it_is_said(micropython):
    source = """
    import engine_panel
    from page import element
    await engine.look("yolox-nano")
    looked = engine.error["code"]
    ready = await engine.ensure("yolox-nano")
    engine_panel.render(engine)
    action = element("engine-action").hidden
    answer([looked, ready, engine.error["code"], action, happened()])
    """

    told = micropython(ENGINE + source, levels=[])

    assert told == ["simd-missing", False, "simd-missing", True, []]


def test_when_the_line_is_down_a_lesser_build_that_is_kept_runs(micropython):
    source = ENGINE + ENSURE + "\n    answer([ready, engine.level, engine.error, happened()])"
    down = {"download": [failing("download-failed")]}

    ready, level, error, happened = micropython(source, levels=BOTH, kept=kept("simd"), **down)

    assert (ready, level, error) == (True, "simd", None)
    assert happened[-3:] == ["worker starts", "start", "model yolox-nano"]


def test_when_the_line_is_down_and_no_build_is_kept_it_is_said(micropython):
    down = {"download": [failing("download-failed")]}

    ready, _, error, happened = micropython(ENGINE + ENSURE + TELL, levels=BOTH, **down)

    assert (ready, error["code"]) == (False, "download-failed")
    assert downloads(happened) == ["download engine engine-relaxed model:yolox-nano"]


def test_the_next_try_asks_for_the_best_build_again(micropython):
    source = (
        ENGINE
        + ENSURE
        + """
    engine.failed({"code": "engine-crashed", "data": {}})
    ready = await engine.ensure("yolox-nano")
    answer([ready, engine.level])
    """
    )
    down = {"download": [failing("download-failed")]}

    assert micropython(source, levels=BOTH, kept=kept("simd"), **down) == [True, "relaxed"]


def test_a_worker_that_runs_keeps_its_build_for_another_model(micropython):
    source = (
        ENGINE
        + ENSURE
        + """
    ready = await engine.ensure("centernet-coco")
    answer([ready, engine.level, happened()])
    """
    )
    down = {"download": [failing("download-failed")]}

    ready, level, happened = micropython(source, levels=BOTH, kept=kept("simd"), **down)

    assert (ready, level) == (True, "simd")
    assert downloads(happened)[-1] == "download engine engine-simd model:centernet-coco"


def test_a_build_that_does_not_start_is_followed_by_the_next(micropython):
    source = ENGINE + ENSURE + "\n    answer([ready, engine.level, happened()])"
    broken = {"start": [failing("engine-start-failed", detail="CompileError")]}

    ready, level, happened = micropython(source, levels=BOTH, **broken)

    assert (ready, level) == (True, "simd")
    assert happened == [
        "download engine engine-relaxed model:yolox-nano",
        "worker starts",
        "start",
        "worker ends",
        "download engine engine-simd model:yolox-nano",
        "worker starts",
        "start",
        "model yolox-nano",
    ]


@pytest.mark.parametrize(
    ("levels", "down", "tidied"),
    [
        (BOTH, False, "tidy engine-simd"),
        (["simd"], False, "tidy engine-relaxed"),
        (BOTH, True, "tidy"),  # the best one may have arrived in part
    ],
)
def test_only_the_builds_that_this_phone_needs_stay(micropython, levels, down, tidied):
    keep = "\n    module.SAMPLES_DELAY_MS = 1\n    await engine.keep_samples()\n"
    source = ENGINE + ENSURE + keep + "\n    answer(happened())"
    plan = {"download": [failing("download-failed")]} if down else {}

    assert micropython(source, levels=levels, kept=kept("simd"), **plan)[-1] == tidied


@pytest.mark.parametrize(
    ("online", "said"),
    [
        (True, "Not loaded: 11.0 MB once, then it works offline"),
        (False, "Not loaded; everything is kept on this device"),
    ],
)
def test_the_size_told_is_that_of_the_best_build_unless_the_line_is_down(micropython, online, said):
    source = """
    import engine_panel
    from page import element
    await engine.look("yolox-nano")
    engine_panel.render(engine)
    answer(element("engine-text").textContent)
    """

    assert micropython(ENGINE + source, levels=BOTH, kept=kept("simd"), online=online) == said


def test_the_panel_tells_which_versions_run_and_which_simd(micropython):
    source = (
        ENGINE
        + ENSURE
        + """
    import engine_panel
    from page import element
    engine_panel.render(engine)
    answer(element("engine-facts").textContent)
    """
    )

    told = micropython(source, levels=BOTH, start=[ABOUT])
    assert told == "Python 3.14.2, numpy 2.4.6, OpenCV 4.14.0 with relaxed SIMD."
    told = micropython(source, start=[{**ABOUT, "simd": "simd"}])
    assert told == "Python 3.14.2, numpy 2.4.6, OpenCV 4.14.0 with SIMD."
