"""What a built engine must be able to do. The same calls run in Pyodide and on CPython.

smoke.mjs runs this file inside Pyodide; the tests also run it natively, and compare.
"""

import importlib
import json
from typing import Any

import cv2
import numpy as np

# What a model's decode.py, the detector or a curious person may import.
MODULES = [
    "abc",
    "asyncio",
    "base64",
    "bisect",
    "collections",
    "concurrent.futures",
    "contextlib",
    "copy",
    "csv",
    "ctypes",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "gzip",
    "hashlib",
    "heapq",
    "importlib",
    "importlib.metadata",
    "importlib.resources",
    "importlib.util",
    "inspect",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "numpy.fft",
    "numpy.lib.format",
    "numpy.lib.recfunctions",
    "numpy.linalg",
    "numpy.ma",
    "numpy.ma.mrecords",
    "numpy.matlib",
    "numpy.polynomial",
    "numpy.random",
    "numpy.typing",
    "operator",
    "pathlib",
    "pickle",
    "pprint",
    "pyodide.code",
    "pyodide.ffi",
    "pyodide.ffi.wrappers",
    "queue",
    "random",
    "re",
    "secrets",
    "statistics",
    "string",
    "struct",
    "tempfile",
    "textwrap",
    "threading",
    "time",
    "traceback",
    "types",
    "typing",
    "urllib.parse",
    "uuid",
    "warnings",
    "weakref",
    "zipfile",
]

# What was left out on purpose.
LEFT_OUT = [
    "_pyrepl",
    "doctest",
    "email.message",
    "http.client",
    "idlelib",
    "multiprocessing",
    "numpy.testing",
    "pydoc",
    "pyodide.console",
    "sqlite3",
    "ssl",
    "test",
    "tkinter",
    "unittest",
    "xml.etree",
]

WORDS = {
    "ascii": "mekiki",
    "cp1252": "café",
    "cp932": "目利き",
    "euc_jp": "目利き",
    "idna": "目利き.jp",
    "iso2022_jp": "目利き",
    "latin-1": "café",
    "shift_jis": "目利き",
    "utf-16": "目利き",
    "utf-8": "目利き",
    "utf-8-sig": "目利き",
}


def failed_imports() -> dict[str, str]:
    """The modules of MODULES that do not import, and the names numpy lists but does not have."""
    missing = [name for name in dir(np) if not hasattr(np, name)]
    failures = {"numpy": f"lacks {missing}"} if missing else {}
    for name in MODULES:
        try:
            importlib.import_module(name)
        except Exception as error:
            failures[name] = repr(error)
    return failures


def left_out() -> dict[str, str]:
    """For each module of LEFT_OUT, the type of the error that its import gives."""
    found = {}
    for name in LEFT_OUT:
        try:
            importlib.import_module(name)
            found[name] = "imported"
        except Exception as error:
            found[name] = type(error).__name__
    return found


def picture() -> np.ndarray:
    """A smooth BGR picture, 120 x 160, uint8."""
    y, x = np.mgrid[0:120, 0:160].astype(np.float32)
    waves = [np.sin(x / a) * np.cos(y / b) for a, b in ((9, 13), (17, 7), (23, 29))]
    return np.stack([127.5 + 127.5 * wave for wave in waves], axis=-1).astype(np.uint8)


def reread(image: np.ndarray, suffix: str) -> np.ndarray:
    """The picture, encoded as a file and decoded again."""
    decoded = cv2.imdecode(cv2.imencode(suffix, image)[1], cv2.IMREAD_COLOR)
    if decoded is None:
        raise ValueError(f"imdecode did not know {suffix}")
    return decoded


def numbers() -> dict[str, Any]:
    """Results of numpy, as plain numbers."""
    rng = np.random.default_rng(7)
    matrix = rng.normal(size=(4, 6))
    masked = np.ma.masked_greater(np.arange(6.0), 3)
    return {
        "svd": np.linalg.svd(matrix, compute_uv=False).tolist(),
        "solve": np.linalg.solve(matrix[:, :4], np.ones(4)).tolist(),
        "fft": np.abs(np.fft.rfft(matrix[0])).tolist(),
        "integers": rng.integers(0, 1000, 8).tolist(),
        "legacy_random": np.random.RandomState(3).rand(4).tolist(),
        "polynomial": np.polynomial.Polynomial.fit([0, 1, 2, 3], [1, 3, 7, 13], 2)(4.0).item(),
        "masked_mean": float(masked.mean()),
        "printed": np.array2string(np.arange(6).reshape(2, 3)),
        "einsum": np.einsum("ij,kj->ik", matrix, matrix).tolist(),
    }


def pictures() -> dict[str, Any]:
    """Results of OpenCV: sums of pixels, boxes, and the words of an error."""
    image = picture()
    boxes = [[10, 10, 50, 50], [12, 12, 50, 50], [100, 50, 30, 30]]
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    contours, _ = cv2.findContours(
        cv2.threshold(grey, 128, 255, cv2.THRESH_BINARY)[1],
        cv2.RETR_EXTERNAL,
        cv2.CHAIN_APPROX_SIMPLE,
    )
    try:
        cv2.resize(image, (0, 0))
        said = "nothing"
    except cv2.error as error:
        said = error.err
    return {
        "version": cv2.__version__,
        "resized_mean": float(cv2.resize(image, (416, 416)).mean()),
        "grey_mean": float(grey.mean()),
        "blob_mean": float(cv2.dnn.blobFromImage(image, 1 / 255, (96, 64), swapRB=True).mean()),
        "jpeg_error": float(np.abs(reread(image, ".jpg").astype(int) - image).mean()),
        "png_is_lossless": np.array_equal(reread(image, ".png"), image),
        "kept_boxes": np.ravel(cv2.dnn.NMSBoxes(boxes, [0.9, 0.8, 0.7], 0.5, 0.4)).tolist(),
        "contours": len(contours),
        "error": said,
    }


def codecs() -> dict[str, str]:
    """A word through each text encoding and back, with its bytes."""
    encoded = {name: word.encode(name) for name, word in WORDS.items()}
    return {name: f"{data.hex()} {data.decode(name)}" for name, data in encoded.items()}


def results() -> dict[str, Any]:
    """Everything above that must be the same wherever it runs."""
    return {"numbers": numbers(), "pictures": pictures(), "codecs": codecs()}


def report() -> str:
    """Everything above, as JSON."""
    return json.dumps(
        results() | {"failed_imports": failed_imports(), "left_out": left_out()}, ensure_ascii=False
    )
