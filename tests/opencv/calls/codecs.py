"""Calls of imgcodecs: PNG and JPEG, and what is neither."""

import struct
import tempfile
import zlib

import cv2
import numpy as np


def _picture(height=77, width=101):
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    waves = [np.sin(x / a) * np.cos(y / b) for a, b in ((9, 13), (17, 7), (23, 29))]
    return np.stack([np.floor(127.5 + 127.5 * wave) for wave in waves], axis=-1).astype(np.uint8)


def _noise(*shape, dtype=np.uint8):
    return np.random.default_rng(7).integers(0, np.iinfo(dtype).max, shape, dtype)


def _through(suffix, picture, flags=cv2.IMREAD_UNCHANGED, parameters=()):
    good, data = cv2.imencode(suffix, picture, parameters)
    return cv2.imdecode(data, flags) if good else None


def _is_none(value):
    return value is None


def png_of_every_kind():
    kinds = [_noise(13, 17, *channels) for channels in ((), (3,), (4,))]
    kinds += [_noise(13, 17, *channels, dtype=np.uint16) for channels in ((), (3,), (4,))]
    again = [_through(".png", kind) for kind in kinds]
    same = [np.array_equal(one, other) for one, other in zip(kinds, again, strict=True)]
    return (np.array(same), *again)


def png_by_flags():
    data = cv2.imencode(".png", _noise(13, 17, 4))[1]
    flags = (cv2.IMREAD_COLOR, cv2.IMREAD_GRAYSCALE, cv2.IMREAD_UNCHANGED, cv2.IMREAD_COLOR_RGB)
    return tuple(cv2.imdecode(data, flag) for flag in flags)


def png_of_16_bits_read_as_8():
    return _through(".png", _noise(13, 17, 3, dtype=np.uint16), cv2.IMREAD_COLOR)


def png_compressed():
    picture = _picture()
    sizes = []
    for level in (1, 9):
        data = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, level])[1]
        assert np.array_equal(cv2.imdecode(data, cv2.IMREAD_COLOR), picture)
        sizes.append(data.size < picture.size)
    return np.array(sizes)


def png_from_a_file():
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/目利き.png"
        return cv2.imwrite(path, _picture()), cv2.imread(path), cv2.haveImageReader(path)


def jpeg_decoded():
    """By flags; the file is made here, so that only reading can differ."""
    data = cv2.imencode(".jpg", _picture())[1]
    flags = (
        cv2.IMREAD_COLOR,
        cv2.IMREAD_GRAYSCALE,
        cv2.IMREAD_REDUCED_COLOR_2,
        cv2.IMREAD_COLOR_RGB,
    )
    return tuple(cv2.imdecode(data, flag) for flag in flags)


def jpeg_qualities():
    errors, sizes = [], []
    for quality in (10, 50, 95, 100):
        data = cv2.imencode(".jpg", _picture(), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        sizes.append(data.size)
        errors.append(np.abs(cv2.imdecode(data, 1).astype(int) - _picture()).mean())
    return np.diff(sizes) > 0, np.diff(errors) < 0, np.array(errors)


def jpeg_progressive_and_grey():
    progressive = [cv2.IMWRITE_JPEG_PROGRESSIVE, 1, cv2.IMWRITE_JPEG_OPTIMIZE, 1]
    grey = cv2.cvtColor(_picture(), cv2.COLOR_BGR2GRAY)
    return _through(".jpg", _picture(), parameters=progressive), _through(".jpg", grey)


def _turned(orientation):
    """A JPEG whose EXIF block tells how the camera was held."""
    data = cv2.imencode(".jpg", _picture())[1].tobytes()
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    block = b"Exif\0\0" + tiff
    marker = b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    return np.frombuffer(data[:2] + marker + data[2:], np.uint8)


def jpeg_orientations():
    return tuple(cv2.imdecode(_turned(number), cv2.IMREAD_COLOR) for number in range(1, 9))


def jpeg_orientation_ignored():
    flags = cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION
    return cv2.imdecode(_turned(6), flags)


def cut_off():
    """None, or a picture whose end is grey: as on this machine, and no crash."""
    found = []
    for suffix in (".png", ".jpg"):
        data = cv2.imencode(suffix, _picture())[1]
        found += [
            _is_none(cv2.imdecode(data[:count], 1)) for count in (1, 8, 30, 200, data.size // 2)
        ]
    return np.array(found)


def corrupt_png():
    """libpng leaves by longjmp: a wrong check sum, a wrong length, broken data, wrong sizes."""
    data = cv2.imencode(".png", _picture())[1]
    found = []
    for place in (12, 17, 18, 24, 29, 33, 45, 60, data.size // 2, data.size - 10):
        broken = data.copy()
        broken[place] ^= 0xFF
        found.append(_is_none(cv2.imdecode(broken, 1)))
    return np.array(found)


def corrupt_jpeg():
    """libjpeg leaves by longjmp, or goes on with what it can."""
    data = cv2.imencode(".jpg", _picture())[1]
    found = []
    for place in (2, 3, 5, 21, 160, 165, 170, 200, 400):
        broken = data.copy()
        broken[place] ^= 0xFF
        found.append(_is_none(cv2.imdecode(broken, 1)))
    return np.array(found)


def a_good_picture_after_all_that():
    return _through(".png", _picture()), _through(".jpg", _picture())


def random_bytes():
    return np.array([_is_none(cv2.imdecode(_noise(count), 1)) for count in (1, 10, 1000, 100_000)])


def random_bytes_behind_a_signature():
    signatures = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0")
    noise = _noise(5000).tobytes()
    return np.array(
        [_is_none(cv2.imdecode(np.frombuffer(each + noise, np.uint8), 1)) for each in signatures]
    )


def size_that_is_absurd():
    """A PNG that says that it is 2^31 - 1 pixels wide and high."""
    data = cv2.imencode(".png", _picture())[1].tobytes()
    header = b"IHDR" + struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0)
    broken = data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:]
    try:
        return _is_none(cv2.imdecode(np.frombuffer(broken, np.uint8), 1))
    except cv2.error as error:
        return error.code
