"""Our wheel against opencv-python-headless of this machine, call by call."""

import io
import zipfile
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.opencv.calls import run_calls
from tests.opencv.pyodide_runs import in_browser

HERE = Path(__file__).resolve().parent
MODULES = ("filters", "numbers", "drawing", "codecs", "failures")

# Real numbers may differ by the last bits of a float32: this part of the result's largest value.
OF_LARGEST = 2e-6
# Largest difference of an element where more is allowed.
WITHIN = {
    "filters.arithmetic": 1,  # a weighted sum of .5, rounded
    "filters.colours_back": 1,
    "filters.distance": 1e-4,
    "filters.resize_cubic": 1,
    "numbers.filters_of_every_type": 1,
    "numbers.polar_coordinates": 2e-4,  # angles, in radians, are said to be good to 0.3 degrees
}


def bundle():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in MODULES:
            archive.write(HERE / f"{name}.py", f"{name}.py")
    made.seek(0)
    return made


def unpack(answer):
    found = {}
    with zipfile.ZipFile(io.BytesIO(answer)) as archive:
        for entry in archive.namelist():
            data = archive.read(entry)
            if entry.endswith(".txt"):
                found[entry.removesuffix(".txt")] = data.decode()
                continue
            with np.load(io.BytesIO(data)) as arrays:
                found[entry.removesuffix(".npz")] = [arrays[key] for key in arrays.files]
    return found


@cache
def native():
    made = io.BytesIO()
    run_calls.run(bundle(), made)
    return unpack(made.getvalue())


def difference(name, right, ours):
    """In words; empty where they agree."""
    if isinstance(ours, str):
        return ours
    if len(right) != len(ours):
        return f"{len(ours)} results, not {len(right)}"
    for number, (one, other) in enumerate(zip(right, ours, strict=True)):
        if one.shape != other.shape:
            return f"result {number}: shape {other.shape}, not {one.shape}"
        if one.dtype.kind in "US":
            if not np.array_equal(one, other):
                return f"result {number}: {other.tolist()}, not {one.tolist()}"
            continue
        worst = np.abs(one.astype(np.float64) - other.astype(np.float64)).max(initial=0)
        allowed = WITHIN.get(name, 0)
        if one.dtype.kind == "f":
            allowed += OF_LARGEST * np.abs(one).max(initial=0)
        if not worst <= allowed:
            return f"result {number}: differs by {worst:.4g}"
    return ""


@pytest.fixture(scope="module")
def browser_results(python):
    return unpack(in_browser(python, Path(run_calls.__file__), bundle().getvalue()))


def test_every_call_succeeds_natively():
    assert {name: said for name, said in native().items() if isinstance(said, str)} == {}


def test_pngs_come_back_unchanged(browser_results):
    assert browser_results["codecs.png_of_every_kind"][0].all()


def test_the_generated_qr_code_is_read(browser_results):
    assert browser_results["filters.qr_code"][1] == "目利き mekiki 314"


@pytest.mark.parametrize("suffix", [".webp", ".tiff", ".jp2"])
def test_formats_that_were_left_out_are_refused(python, suffix):
    picture = np.zeros((64, 64, 3), np.uint8)
    python.write("/formats/picture", cv2.imencode(suffix, picture)[1].tobytes())
    said = python.run(
        "import cv2, numpy as np\n"
        "data = np.fromfile('/formats/picture', np.uint8)\n"
        "try:\n"
        f"    cv2.imencode('{suffix}', np.zeros((8, 8, 3), np.uint8))\n"
        "    encoded = 'encoded'\n"
        "except cv2.error as error:\n"
        "    encoded = error.err\n"
        "[cv2.imdecode(data, 1) is None, encoded]"
    )
    assert said == [True, "could not find encoder for the specified extension"]


@pytest.mark.parametrize(
    "call",
    [
        "np.zeros(2**31, np.uint8)",
        "np.ones((2**20, 2**20))",
        "cv2.resize(np.zeros((4, 4, 3), np.uint8), (60_000, 60_000))",
        "cv2.resize(np.zeros((4, 4, 3), np.uint8), (30_000, 30_000))",
        "cv2.copyMakeBorder(np.zeros((4, 4)), 30_000, 30_000, 30_000, 30_000, 0)",
    ],
)
def test_too_much_memory_is_an_exception_and_the_engine_works_on(python, call):
    said = python.run(
        "import cv2, numpy as np\n"
        "try:\n"
        f"    {call}\n"
        "    said = 'nothing'\n"
        "except (MemoryError, ValueError, cv2.error) as error:\n"
        "    said = f'{type(error).__name__} {getattr(error, \"code\", 0)}'\n"
        "[said, cv2.resize(np.full((4, 4), 7, np.uint8), (2, 2)).tolist()]"
    )
    # Beyond 2^31 bytes numpy says ValueError, and OpenCV that it is out of range.
    codes = (cv2.Error.StsNoMem, cv2.Error.StsOutOfRange)
    assert said[0] in ("MemoryError 0", "ValueError 0", *(f"error {code}" for code in codes))
    assert said[1] == [[7, 7], [7, 7]]


@pytest.mark.parametrize("name", sorted(native()))
def test_call_gives_what_it_gives_natively(browser_results, name):
    assert difference(name, native()[name], browser_results[name]) == ""
