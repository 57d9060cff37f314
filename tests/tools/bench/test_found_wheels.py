import pytest

from tools.bench.found_wheels import find_wheels, label, numpy_wheel

TAIL = "cp314-cp314-pyemscripten_2026_0_wasm32.whl"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (f"opencv_python-4.14.0.94-1simd-{TAIL}", "simd"),
        (f"opencv_python-4.14.0.94-1relaxed-{TAIL}", "relaxed"),
        (f"opencv_python-4.14.0.94-{TAIL}", "untagged"),
        (f"numpy-2.4.6-{TAIL}", None),
        ("opencv_python-4.14.0.94.tar.gz", None),
    ],
)
def test_a_wheel_is_called_after_its_build_tag(name, expected):
    assert label(name) == expected


def test_wheels_come_in_the_order_in_which_they_are_compared(tmp_path):
    shipped, built = tmp_path / "dist", tmp_path / "wheels"
    for folder, tags in ((shipped, ("relaxed", "simd")), (built, ("scalar",))):
        folder.mkdir()
        (folder / f"numpy-2.4.6-{TAIL}").touch()
        for tag in tags:
            (folder / f"opencv_python-4.14.0.94-1{tag}-{TAIL}").touch()
    assert list(find_wheels(built, shipped)) == ["simd", "relaxed", "scalar"]


def test_a_folder_that_is_not_there_holds_no_wheels(tmp_path):
    assert find_wheels(tmp_path / "none") == {}


def test_the_repository_has_wheels_of_both():
    assert find_wheels()
    assert numpy_wheel().is_file()
