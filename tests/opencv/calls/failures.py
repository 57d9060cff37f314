"""Calls that fail: what crosses from C++ into Python, and that everything works afterwards."""

import cv2
import numpy as np


def _caught(call):
    try:
        call()
    except cv2.error as error:
        # Which overload did not fit is told in words that depend on how many there are.
        return "wrong type" if error.code == cv2.Error.StsBadArg else f"{error.code} {error.err}"
    except TypeError:
        return "wrong type"
    except Exception as error:
        return type(error).__name__
    return "nothing"


def attributes_of_an_error():
    try:
        cv2.resize(np.zeros((4, 4), np.uint8), (0, 0))
    except cv2.error as error:
        has_line, has_file = error.line > 0, error.file.endswith(".cpp")
        return (
            error.code,
            error.func,
            error.err,
            has_line,
            has_file,
            str(error).startswith("OpenCV"),
        )
    return "nothing"


def wrong_arguments():
    empty, tiny = np.zeros((0, 0), np.uint8), np.zeros((4, 4), np.uint8)
    calls = [
        lambda: cv2.resize(empty, (4, 4)),
        lambda: cv2.cvtColor(tiny, cv2.COLOR_BGR2GRAY),
        lambda: cv2.GaussianBlur(tiny, (4, 4), 1),
        lambda: cv2.medianBlur(tiny, 2),
        lambda: cv2.threshold(tiny.astype(np.int64), 1, 2, 0),
        lambda: cv2.add(tiny, np.zeros((5, 5), np.uint8)),
        lambda: cv2.warpAffine(tiny, np.zeros((3, 3)), (4, 4)),
        lambda: cv2.imdecode(np.zeros(0, np.uint8), 1),
        lambda: cv2.imencode(".none", tiny),
        lambda: cv2.merge([]),
    ]
    return np.array([_caught(call) for call in calls])


def wrong_types():
    calls = [
        lambda: cv2.resize("picture", (4, 4)),
        lambda: cv2.resize(np.zeros((4, 4), np.uint8), "large"),
        lambda: cv2.rectangle(np.zeros((4, 4), np.uint8)),
        lambda: cv2.nothing_like_it(),
    ]
    return np.array([_caught(call) for call in calls])


def models_that_are_none():
    calls = [
        lambda: cv2.dnn.readNetFromONNX(np.zeros(9, np.uint8)),
        lambda: cv2.dnn.readNetFromONNX("nowhere.onnx"),
        lambda: cv2.FaceDetectorYN.create("nowhere.onnx", "", (64, 64)),
        lambda: cv2.FaceDetectorYN.create(
            "onnx", np.zeros(9, np.uint8), np.zeros(0, np.uint8), (64, 64)
        ),
        lambda: cv2.dnn.Net().forward(),
    ]
    return np.array([_caught(call).split(" ")[0] for call in calls])


def a_thousand_errors():
    """Exceptions leave nothing behind that adds up."""
    tiny = np.zeros((4, 4), np.uint8)
    said = {_caught(lambda: cv2.cvtColor(tiny, cv2.COLOR_BGR2GRAY)) for _ in range(1000)}
    return len(said)


def still_works():
    picture = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    return cv2.resize(picture, (8, 8), interpolation=cv2.INTER_NEAREST)
