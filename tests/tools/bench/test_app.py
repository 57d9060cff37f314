from tools.bench.app import lines, spread


def test_a_stage_is_given_by_its_median_and_its_slow_frames():
    assert spread([float(value) for value in range(1, 102)]) == {"p50": 51.0, "p95": 96.0}


def test_the_app_is_compared_with_the_talks_way():
    live = {
        "model": "yolox-nano",
        "frames_per_second": 9.5,
        "heap_bytes": 94_000_000,
        "stages": {"forward": {"p50": 70.0, "p95": 80.0}},
        "overhead": {"p50": 5.0, "p95": 9.0},
    }
    starts = {"first_visit": {"shell:painted": 200.4}}
    talk = {"p50": 300.0, "p95": 310.0}
    text = "\n".join(lines({"browser": "156", "starts": starts, "live": live, "talk_frame": talk}))
    assert "first_visit: shell:painted 200 ms" in text
    assert "yolox-nano: 9.5 frames a second, heap 94 MB" in text
    assert "p50 300.0 ms: 60 x" in text
