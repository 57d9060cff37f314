import copy

from tools.bench.table import lines, profile_lines

ENGINE = {"median": 70.0, "p10": 68.0, "p90": 75.5, "min": 66.25, "n": 40, "agrees": True}
RATIO = {"median": 0.82, "q1": 0.8, "q3": 0.85, "of_minima": 0.81}
STEPS = {"loadPyodide": 900.0, "loadPackage": 500.0, "import": 100.0, "total": 1500.0}
WARM = {step: {"median": value} for step, value in STEPS.items()}
REPORT = {
    "noise": {"reasons": []},
    "environment": {"cpu": "Some CPU", "chromium": "156.0"},
    "versions": {"simd": "4.14.0", "onnxruntime-web": "1.30.0"},
    "not_measured": {"wholebody28": "no mirror is named"},
    "models": {
        "yolox-nano": {
            "shape": [1, 3, 416, 416],
            "engines": {"simd": ENGINE | {"max_abs_difference": {"native opencv": 1.4e-4}}},
            "ratios": {"simd / onnxruntime-web": RATIO},
        }
    },
    "heap_bytes": {"simd": 90_000_000},
    "profiles": {},
    "starts": {
        "shipped simd": {"warm": WARM, "over_stock": {"median": 0.31}},
        "stock": {"warm": WARM},
    },
}


def text(**changes):
    return "\n".join(lines(REPORT | changes))


def row(found, start):
    return next(line.split() for line in found.splitlines() if line.strip().startswith(start))


def test_each_engine_has_a_row_with_its_times_and_differences():
    assert row(text(), "simd ")[1:] == ["70.00", "68.00", "75.50", "66.25", "40", "1.4e-04"]


def test_ratios_are_given_with_their_spread():
    assert "simd / onnxruntime-web" in text()
    assert "0.820  (quartiles of the rounds 0.800 to 0.850; of the minima 0.810)" in text()


def test_what_was_not_measured_is_said():
    assert "not measured: wholebody28: no mirror is named" in text()


def test_the_heap_is_given_with_its_limit():
    assert "heap of simd after YOLOX-nano and one detection: 90 MB (at most 160)" in text()
    assert "200 MB (MORE THAN 160)" in text(heap_bytes={"simd": 200_000_000})


def test_without_yolox_nano_no_heap_is_given():
    assert "heap" not in text(heap_bytes={})


def test_starts_are_given_step_by_step_and_over_stock():
    assert row(text(), "shipped simd")[2:] == ["900", "500", "100", "1500", "0.31"]


def test_starts_that_were_left_out_are_not_mentioned():
    assert "import cv2" not in "\n".join(lines({k: REPORT[k] for k in REPORT if k != "starts"}))


def test_an_engine_with_wrong_outputs_stands_out():
    report = copy.deepcopy(REPORT)
    engine = report["models"]["yolox-nano"]["engines"]["simd"]
    engine.update(agrees=False, max_abs_difference={"native opencv": None})
    assert "not comparable  DIFFERS" in "\n".join(lines(report))


def test_a_noisy_machine_is_warned_of_with_the_reasons():
    assert "can be trusted" in text()
    noisy = text(noise={"reasons": ["others kept it busy"]})
    assert "WARNING" in noisy
    assert "others kept it busy" in noisy
    assert "can be trusted" not in noisy


def layer(name, kind, milliseconds):
    return {
        "name": name,
        "type": kind,
        "inputs": [[1, 8, 4, 4]],
        "outputs": [[1, 16, 4, 4]],
        "weights": [[16, 8, 1, 1]] if kind == "Convolution" else [],
        "milliseconds": milliseconds,
    }


LAYERS = [
    layer("c1", "Convolution", 2.0),
    layer("s1", "Sigmoid", 5.0),
    layer("c2", "Convolution", 4.0),
    layer("s2", "Sigmoid", 0.0),
]


def test_a_profile_sums_by_type_of_layer_heaviest_first():
    title, convolutions, sigmoids, *_ = profile_lines("yolox-nano, simd", LAYERS)
    assert title == "yolox-nano, simd: 11.00 ms in layers"
    assert convolutions.split() == ["Convolution", "6.00", "ms", "54.5%", "2", "of", "2", "layers"]
    assert sigmoids.split() == ["Sigmoid", "5.00", "ms", "45.5%", "1", "of", "2", "layers"]


def test_a_profile_lists_the_longest_layers_with_their_shapes():
    found = list(profile_lines("", LAYERS, longest=2))[3:]
    assert [line.split()[-1] for line in found] == ["s1", "c2"]
    assert "1x8x4x4 -> 1x16x4x4  weights 16x8x1x1" in found[1]
