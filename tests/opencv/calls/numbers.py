"""Calls of core that compute with every type of element: SIMD code differs from type to type."""

import cv2
import numpy as np

_WHOLE = (np.uint8, np.int8, np.uint16, np.int16, np.int32)
_REAL = (np.float32, np.float64)
_SHAPE = (7, 37)  # odd: some vectors, and a rest


def _values(kind, seed, *channels):
    random = np.random.default_rng(seed)
    if kind in _REAL:
        return random.uniform(-50, 50, (*_SHAPE, *channels)).astype(kind)
    limits = np.iinfo(kind)
    low, high = max(limits.min, -20_000), min(limits.max, 20_000)
    return random.integers(low, high, (*_SHAPE, *channels), endpoint=True).astype(kind)


def _pairs(kinds=(*_WHOLE, *_REAL)):
    return [(_values(kind, 1), _values(kind, 2)) for kind in kinds]


def sums_and_differences():
    calls = (cv2.add, cv2.subtract, cv2.absdiff, cv2.min, cv2.max)
    return tuple(call(one, other) for call in calls for one, other in _pairs())


def products():
    return tuple(cv2.multiply(one, other, scale=0.01) for one, other in _pairs())


def quotients():
    return tuple(
        cv2.divide(one, np.where(other == 0, 3, other).astype(one.dtype)) for one, other in _pairs()
    )


def weighted_sums():
    return tuple(cv2.addWeighted(one, 0.25, other, -0.5, 3) for one, other in _pairs())


def comparisons():
    kinds = (cv2.CMP_EQ, cv2.CMP_GT, cv2.CMP_GE, cv2.CMP_LT, cv2.CMP_LE, cv2.CMP_NE)
    return tuple(cv2.compare(one, other, kind) for kind in kinds for one, other in _pairs())


def bits():
    pairs = _pairs(_WHOLE)
    found = [
        call(one, other)
        for call in (cv2.bitwise_and, cv2.bitwise_or, cv2.bitwise_xor)
        for one, other in pairs
    ]
    return (*found, *(cv2.bitwise_not(one) for one, _ in pairs))


def rounding():
    """Halves to even, below zero too: 4.14's intrinsics for WebAssembly once cut off instead."""
    numbers = np.arange(-40, 41) / 4
    depths = (cv2.CV_8U, cv2.CV_8S, cv2.CV_16U, cv2.CV_16S, cv2.CV_32S)
    zeros = [np.zeros(numbers.shape, kind) for kind in _REAL]
    return tuple(
        cv2.add(numbers.astype(zero.dtype), zero, dtype=depth) for zero in zeros for depth in depths
    )


def saturation():
    wide = np.array([[-1e6, -300, -129, -128, -1, 0, 127, 128, 255, 256, 40_000, 1e6] * 3])
    depths = (cv2.CV_8U, cv2.CV_8S, cv2.CV_16U, cv2.CV_16S)
    kinds = (np.int32, np.float32, np.float64)
    return tuple(
        cv2.normalize(wide.astype(kind), None, -400, 70_000, cv2.NORM_MINMAX, dtype=depth)
        for kind in kinds
        for depth in depths
    )


def totals():
    found = []
    for one, _ in _pairs():
        mean, deviation = cv2.meanStdDev(one)
        found += [cv2.sumElems(one), cv2.mean(one), mean, deviation, cv2.countNonZero(one)]
        found.append(cv2.minMaxLoc(one)[:2])
        found.append(np.array(cv2.minMaxLoc(one)[2:]))
    return tuple(np.asarray(each, np.float64) for each in found)


def norms():
    kinds = (cv2.NORM_INF, cv2.NORM_L1, cv2.NORM_L2)
    found = [
        (cv2.norm(one, kind), cv2.norm(one, other, kind))
        for kind in kinds
        for one, other in _pairs()
    ]
    bytes_ = _values(np.uint8, 1)
    return np.array(found), cv2.norm(bytes_, cv2.NORM_HAMMING)


def reductions():
    kinds = (cv2.REDUCE_MAX, cv2.REDUCE_MIN)
    found = [
        cv2.reduce(_values(kind, 1), axis, how)
        for kind in (np.uint8, np.int16, *_REAL)
        for axis in (0, 1)
        for how in kinds
    ]
    sums = [
        cv2.reduce(_values(kind, 1), axis, how, dtype=cv2.CV_64F)
        for kind in (np.uint8, np.int16, *_REAL)
        for axis in (0, 1)
        for how in (cv2.REDUCE_SUM, cv2.REDUCE_AVG)
    ]
    return (*found, *sums)


def functions_of_32_bits():
    one = np.abs(_values(np.float32, 1)) / 10 + 0.1
    return cv2.exp(one / 5), cv2.log(one), cv2.sqrt(one), cv2.pow(one, 1.7), cv2.pow(one, 3)


def functions_of_64_bits():
    one = np.abs(_values(np.float64, 1)) / 10 + 0.1
    return cv2.exp(one / 5), cv2.log(one), cv2.sqrt(one), cv2.pow(one, 1.7), cv2.pow(one, 3)


def polar_coordinates():
    found = []
    for kind in _REAL:
        x, y = _values(kind, 1) / 10, _values(kind, 2) / 10
        found += [cv2.magnitude(x, y), cv2.phase(x, y), *cv2.polarToCart(np.abs(x), y)]
    return tuple(found)


def channels():
    found = []
    for kind in (np.uint8, np.int16, *_REAL):
        for count in (2, 3, 4):
            many = _values(kind, 1, count)
            parts = cv2.split(many)
            found += [parts[-1], cv2.merge(parts[::-1]), cv2.extractChannel(many, 1)]
            found += [
                cv2.flip(many, 0),
                cv2.flip(many, 1),
                cv2.transpose(many),
                cv2.repeat(many, 2, 2),
            ]
    return tuple(found)


def tables_and_transforms():
    table = np.arange(256, dtype=np.uint8)[::-1].copy()
    points = [_values(kind, 1, 3) / 50 for kind in _REAL]
    mix = np.array([[0.5, 0.25, 0.1], [0, 1, 0.2], [0.3, 0, 2]])
    moved = [cv2.transform(each, mix) for each in points]
    flat = [cv2.perspectiveTransform(each, np.eye(4) + 0.01) for each in points]
    return (
        cv2.LUT(_values(np.uint8, 1), table),
        *moved,
        *flat,
        cv2.transform(_values(np.uint8, 1, 3), mix),
    )


def sorting():
    order = cv2.SORT_EVERY_ROW + cv2.SORT_DESCENDING
    return tuple(cv2.sort(one, order) for one, _ in _pairs())


def equations():
    random = np.random.default_rng(4)
    found = []
    for kind in _REAL:
        matrix = (random.uniform(-1, 1, (9, 9)) + 4 * np.eye(9)).astype(kind)
        right = random.uniform(-1, 1, (9, 2)).astype(kind)
        spread = matrix @ matrix.T
        ways = (
            (matrix, cv2.DECOMP_LU),
            (matrix, cv2.DECOMP_SVD),
            (matrix, cv2.DECOMP_QR),
            (spread, cv2.DECOMP_CHOLESKY),
        )
        found += [cv2.solve(each, right, flags=way)[1] for each, way in ways]
        found += [cv2.invert(matrix)[1], cv2.determinant(matrix) / 4**9, cv2.eigen(spread)[1]]
        found += [cv2.mulTransposed(matrix, True), cv2.SVDecomp(matrix)[0]]
    covariance, mean = cv2.calcCovarMatrix(
        random.uniform(-1, 1, (20, 5)), None, cv2.COVAR_NORMAL | cv2.COVAR_ROWS
    )
    return (*found, covariance, mean)


def spectra():
    found = []
    for kind in _REAL:
        values = np.random.default_rng(4).uniform(-1, 1, (12, 30)).astype(kind)
        spectrum = cv2.dft(values, flags=cv2.DFT_COMPLEX_OUTPUT)
        found += [
            spectrum,
            cv2.idft(spectrum, flags=cv2.DFT_SCALE | cv2.DFT_REAL_OUTPUT),
            cv2.dct(values),
        ]
    return tuple(found)


def filters_of_every_type():
    kernel = np.float32([[1, 2, 1], [2, -4, 2], [1, 2, 0]]) / 8
    found = []
    for kind in (np.uint8, np.uint16, np.int16, *_REAL):
        one = _values(kind, 1)
        found += [
            cv2.filter2D(one, -1, kernel),
            cv2.GaussianBlur(one, (5, 3), 0),
            cv2.blur(one, (3, 5)),
        ]
        found += [cv2.dilate(one, np.ones((3, 3))), cv2.erode(one, np.ones((2, 5)))]
        found += [cv2.resize(one, (50, 20)), cv2.resize(one, (20, 5), interpolation=cv2.INTER_AREA)]
        found.append(cv2.threshold(one, 20, 90, cv2.THRESH_TOZERO)[1])
    return tuple(found)
