import cv2
import numpy as np
import pytest

from mekiki.errors import MekikiError
from mekiki.preprocess import Preprocessor
from mekiki.spec import InputSpec

YOLOX = InputSpec(
    "images", 416, 416, "BGR", (1.0,) * 3, (0.0, 0.0, 0.0), "letterbox", "top-left", "down", 114
)
CENTERNET = InputSpec("input", 416, 416, "RGB", (1.0,) * 3, (0.0, 0.0, 0.0), "stretch")
BLAZEFACE = InputSpec(
    "input", 256, 256, "RGB", (1 / 127.5,) * 3, (127.5,) * 3, "letterbox", "centre", "nearest", 0
)
UNEVEN = InputSpec(
    "x", 320, 192, "BGR", (0.25,) * 3, (10.0, 20.0, 30.0), "letterbox", "centre", "down", 77
)
RULES = [YOLOX, CENTERNET, BLAZEFACE, UNEVEN]
SIZES = [(640, 480), (480, 640), (451, 300), (1, 1), (900, 1), (1, 900)]


def noise(width, height, seed=0):
    generator = np.random.default_rng(seed)
    return generator.integers(0, 256, (height, width, 4), np.uint8)


def reference(spec, rgba):
    """The same by cv2's own blobFromImage, written out as the models' authors do."""
    height, width = rgba.shape[:2]
    size = [spec.width, spec.height]
    if spec.resize == "letterbox":
        ratio = min(spec.width / width, spec.height / height)
        rounded = round if spec.rounding == "nearest" else lambda value: int(value + 1e-9)
        size = [max(1, rounded(width * ratio)), max(1, rounded(height * ratio))]
    rgb = cv2.resize(np.ascontiguousarray(rgba[:, :, :3]), size)
    left = (spec.width - size[0]) // 2 if spec.align == "centre" else 0
    top = (spec.height - size[1]) // 2 if spec.align == "centre" else 0
    canvas = np.full((spec.height, spec.width, 3), spec.pad, np.uint8)
    canvas[top : top + size[1], left : left + size[0]] = rgb
    swap = spec.colour == "BGR"
    shape = (spec.width, spec.height)
    return cv2.dnn.blobFromImage(canvas, spec.scale[0], shape, spec.mean, swapRB=swap)


@pytest.mark.parametrize("spec", RULES)
@pytest.mark.parametrize("size", SIZES)
def test_the_blob_is_the_one_that_blob_from_image_makes(spec, size):
    rgba = noise(*size)
    preprocess = Preprocessor(spec)
    preprocess(rgba)
    assert preprocess.blob.dtype == np.float32
    np.testing.assert_allclose(preprocess.blob, reference(spec, rgba), atol=1e-5)


@pytest.mark.parametrize("spec", RULES)
def test_nothing_is_left_of_a_frame_of_another_size(spec):
    preprocess = Preprocessor(spec)
    for size in SIZES:
        rgba = noise(*size, seed=size[0])
        preprocess(rgba)
        np.testing.assert_allclose(preprocess.blob, reference(spec, rgba), atol=1e-5)


def test_the_buffers_are_held_between_frames_of_one_size():
    preprocess = Preprocessor(YOLOX)
    preprocess(noise(640, 480))
    held = (preprocess.blob, preprocess._small, preprocess._plane)
    preprocess(noise(640, 480, seed=1))
    now = (preprocess.blob, preprocess._small, preprocess._plane)
    assert all(before is after for before, after in zip(held, now, strict=True))
    np.testing.assert_allclose(preprocess.blob, reference(YOLOX, noise(640, 480, seed=1)))


def test_a_frame_that_is_not_contiguous_is_read_right():
    wide = noise(1280, 480)
    preprocess = Preprocessor(YOLOX)
    preprocess(wide[:, ::2])
    np.testing.assert_allclose(preprocess.blob, reference(YOLOX, wide[:, ::2].copy()))


def test_alpha_changes_nothing():
    opaque, clear = noise(64, 48), noise(64, 48)
    opaque[:, :, 3], clear[:, :, 3] = 255, 0
    preprocess = Preprocessor(CENTERNET)
    preprocess(opaque)
    blob = preprocess.blob.copy()
    preprocess(clear)
    np.testing.assert_array_equal(preprocess.blob, blob)


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        (np.zeros((0, 5, 4), np.uint8), "frame-empty"),
        (np.zeros((5, 0, 4), np.uint8), "frame-empty"),
        (np.zeros((5, 5, 3), np.uint8), "frame-invalid"),
        (np.zeros((5, 5), np.uint8), "frame-invalid"),
        (np.zeros((5, 5, 4), np.float32), "frame-invalid"),
    ],
)
def test_what_is_no_rgba_picture_is_refused(frame, code):
    with pytest.raises(MekikiError) as caught:
        Preprocessor(YOLOX)(frame)
    assert caught.value.code == code


def test_each_channel_may_have_a_scale_of_its_own():
    spec = InputSpec("x", 8, 8, "BGR", (1.0, 2.0, 4.0), (10.0, 20.0, 30.0), "stretch")
    preprocess = Preprocessor(spec)
    preprocess(np.full((5, 6, 4), (50, 60, 70, 255), np.uint8))
    np.testing.assert_array_equal(preprocess.blob[0, :, 3, 3], [70 - 10, (60 - 20) * 2, 80])
