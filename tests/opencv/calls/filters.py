"""Calls of imgproc, dnn and objdetect that turn a picture into another, or into numbers."""

import cv2
import numpy as np


def _picture(height=120, width=161):
    """A smooth BGR picture, uint8, of odd width."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    waves = [np.sin(x / a) * np.cos(y / b) for a, b in ((9, 13), (17, 7), (23, 29))]
    return np.stack([np.floor(127.5 + 127.5 * wave) for wave in waves], axis=-1).astype(np.uint8)


def _noise(*shape):
    return np.random.default_rng(5).integers(0, 256, shape, np.uint8)


def _grey():
    return cv2.cvtColor(_picture(), cv2.COLOR_BGR2GRAY)


def _blobs():
    """Black and white."""
    return cv2.threshold(_grey(), 140, 255, cv2.THRESH_BINARY)[1]


def resize_linear():
    return tuple(
        cv2.resize(_picture(), size) for size in ((416, 416), (64, 48), (321, 243), (1, 1))
    )


def resize_nearest():
    return cv2.resize(_noise(31, 45, 3), (77, 20), interpolation=cv2.INTER_NEAREST)


def resize_area():
    return cv2.resize(_noise(64, 96, 3), (32, 24), interpolation=cv2.INTER_AREA)


def resize_cubic():
    return cv2.resize(_picture(), (200, 200), interpolation=cv2.INTER_CUBIC)


def resize_lanczos():
    return cv2.resize(_picture(), (200, 200), interpolation=cv2.INTER_LANCZOS4)


def resize_float():
    return cv2.resize(_picture().astype(np.float32) / 3, (77, 55))


def colours():
    picture = _noise(17, 23, 3)
    codes = (
        cv2.COLOR_BGR2RGB,
        cv2.COLOR_BGR2GRAY,
        cv2.COLOR_BGR2HSV,
        cv2.COLOR_BGR2HLS,
        cv2.COLOR_BGR2YCrCb,
        cv2.COLOR_BGR2YUV,
        cv2.COLOR_BGR2BGRA,
        cv2.COLOR_BGR2XYZ,
    )
    return tuple(cv2.cvtColor(picture, code) for code in codes)


def colours_lab_and_luv():
    picture = _noise(17, 23, 3)
    return cv2.cvtColor(picture, cv2.COLOR_BGR2LAB), cv2.cvtColor(picture, cv2.COLOR_BGR2LUV)


def colours_back():
    hsv = cv2.cvtColor(_noise(17, 23, 3), cv2.COLOR_BGR2HSV)
    rgba = _noise(17, 23, 4)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2BGR), cv2.cvtColor(rgba, cv2.COLOR_RGBA2BGR)


def colours_of_a_camera():
    return cv2.cvtColor(_noise(24, 16), cv2.COLOR_YUV2BGR_NV12)


def channels_split_and_merged():
    blue, green, red = cv2.split(_noise(9, 11, 3))
    return cv2.merge([red, green, blue])


def warp_affine():
    turn = cv2.getRotationMatrix2D((80, 60), 30, 0.8)
    return turn, cv2.warpAffine(_picture(), turn, (161, 120), borderMode=cv2.BORDER_REFLECT)


def warp_perspective():
    corners = np.float32([[0, 0], [160, 0], [160, 119], [0, 119]])
    moved = np.float32([[10, 5], [150, 20], [140, 110], [20, 100]])
    matrix = cv2.getPerspectiveTransform(corners, moved)
    return matrix, cv2.warpPerspective(_picture(), matrix, (161, 120))


def remap():
    y, x = np.mgrid[0:50, 0:60].astype(np.float32)
    return cv2.remap(_picture(), x * 1.5 + 3, y * 2.1, cv2.INTER_LINEAR)


def blurs():
    picture = _noise(40, 53, 3)
    return (
        cv2.GaussianBlur(picture, (5, 5), 1.2),
        cv2.blur(picture, (7, 3)),
        cv2.medianBlur(picture, 5),
    )


def blur_gaussian_large():
    return cv2.GaussianBlur(_picture(), (0, 0), 6)


def blur_bilateral():
    return cv2.bilateralFilter(_picture(), 7, 50, 50)


def filter_2d():
    kernel = np.float32([[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    return cv2.filter2D(_noise(31, 33, 3), -1, kernel), cv2.filter2D(_grey(), cv2.CV_32F, kernel)


def gradients():
    grey = _grey()
    return (
        cv2.Sobel(grey, cv2.CV_16S, 1, 0),
        cv2.Scharr(grey, cv2.CV_16S, 0, 1),
        cv2.Laplacian(grey, cv2.CV_16S, ksize=3),
    )


def canny():
    return cv2.Canny(_picture(), 60, 150), cv2.Canny(_grey(), 30, 90, L2gradient=True)


def thresholds():
    grey = _grey()
    level, otsu = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    kinds = (cv2.THRESH_BINARY_INV, cv2.THRESH_TRUNC, cv2.THRESH_TOZERO)
    return (level, otsu, *(cv2.threshold(grey, 100, 200, kind)[1] for kind in kinds))


def threshold_adaptive():
    kind = cv2.ADAPTIVE_THRESH_GAUSSIAN_C
    return cv2.adaptiveThreshold(_grey(), 255, kind, cv2.THRESH_BINARY, 11, 2)


def in_range_and_logic():
    mask = cv2.inRange(_picture(), (50, 60, 70), (200, 210, 220))
    return mask, cv2.bitwise_and(_picture(), _picture(), mask=mask), cv2.bitwise_not(mask)


def arithmetic():
    one, other = _noise(19, 21, 3), _noise(19, 21, 3)[::-1].copy()
    return (
        cv2.add(one, other),
        cv2.subtract(one, other),
        cv2.absdiff(one, other),
        cv2.addWeighted(one, 0.3, other, 0.6, 5),
        cv2.multiply(one, other, scale=1 / 128),
        cv2.convertScaleAbs(one, alpha=-1.5, beta=20),
    )


def morphology():
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (5, 5))
    kinds = (cv2.MORPH_OPEN, cv2.MORPH_CLOSE, cv2.MORPH_GRADIENT, cv2.MORPH_TOPHAT)
    plain = cv2.erode(_blobs(), kernel), cv2.dilate(_blobs(), kernel)
    return kernel, *plain, *(cv2.morphologyEx(_grey(), kind, kernel) for kind in kinds)


def contours():
    found, tree = cv2.findContours(_blobs(), cv2.RETR_TREE, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(found, key=cv2.contourArea)
    rectangle = cv2.boundingRect(largest)
    return (
        len(found),
        tree,
        largest,
        [cv2.contourArea(each) for each in found],
        rectangle,
        cv2.arcLength(largest, True),
        cv2.approxPolyDP(largest, 3, True),
        cv2.convexHull(largest),
        np.array(list(cv2.moments(largest).values())),
    )


def contour_shapes():
    found, _ = cv2.findContours(_blobs(), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(found, key=cv2.contourArea)
    (x, y), radius = cv2.minEnclosingCircle(largest)
    return (
        cv2.boxPoints(cv2.minAreaRect(largest)),
        (x, y, radius),
        cv2.fitLine(largest, cv2.DIST_L2, 0, 0.01, 0.01),
    )


def components():
    return cv2.connectedComponentsWithStats(_blobs())


def distance():
    return cv2.distanceTransform(_blobs(), cv2.DIST_L2, 5)


def histograms():
    grey = _grey()
    clahe = cv2.createCLAHE(2.0, (4, 4))
    return (
        cv2.equalizeHist(grey),
        clahe.apply(grey),
        cv2.calcHist([grey], [0], None, [32], [0, 256]),
    )


def flood_and_grab():
    picture = _picture()
    count, filled, mask, rectangle = cv2.floodFill(
        picture, None, (5, 5), (0, 0, 255), (9,) * 3, (9,) * 3
    )
    return count, filled, mask, rectangle


def hough():
    canvas = np.zeros((100, 100), np.uint8)
    cv2.line(canvas, (10, 20), (90, 70), 255, 1)
    return cv2.HoughLines(canvas, 1, np.pi / 180, 40), cv2.HoughLinesP(canvas, 1, np.pi / 180, 30)


def template():
    picture = _picture()
    found = cv2.matchTemplate(picture, picture[30:60, 40:90], cv2.TM_CCOEFF_NORMED)
    return cv2.minMaxLoc(found)[3]


def pyramids():
    small = cv2.pyrDown(_picture())
    return small, cv2.pyrUp(small)


def integral():
    return cv2.integral(_noise(13, 17))


def statistics():
    mean, deviation = cv2.meanStdDev(_picture())
    return (
        mean,
        deviation,
        cv2.norm(_picture()),
        cv2.countNonZero(_blobs()),
        cv2.reduce(_grey(), 0, cv2.REDUCE_MAX),
    )


def borders_and_turns():
    picture = _noise(7, 9, 3)
    turned = cv2.rotate(picture, cv2.ROTATE_90_CLOCKWISE)
    return cv2.copyMakeBorder(picture, 2, 3, 4, 5, cv2.BORDER_WRAP), turned, cv2.flip(picture, -1)


def corners():
    return cv2.goodFeaturesToTrack(_grey(), 20, 0.05, 8)


def k_means():
    points = np.float32([[0, 0], [0, 1], [9, 9], [9, 8], [0, 9]])
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.01)
    spread, labels, _ = cv2.kmeans(points, 3, None, stop, 5, cv2.KMEANS_PP_CENTERS)
    return spread, labels[0] == labels[1], labels[2] == labels[3], labels[0] != labels[4]


def fourier():
    return cv2.dft(np.float32(_noise(16, 20)), flags=cv2.DFT_COMPLEX_OUTPUT)


def linear_algebra():
    matrix = np.float64([[4, 1, 2], [1, 3, 0], [2, 0, 5]])
    values = cv2.eigen(matrix)[1]
    return (
        values,
        cv2.invert(matrix)[1],
        cv2.solve(matrix, np.ones((3, 1)))[1],
        cv2.SVDecomp(matrix)[0],
    )


def matrix_products():
    """Columns, rows, transposed and large, of both precisions."""
    random = np.random.default_rng(3)
    found = []
    for kind in (np.float64, np.float32):
        for rows, depth, columns in ((8, 8, 1), (1, 8, 8), (3, 3, 3), (9, 17, 5), (200, 100, 20)):
            one = random.uniform(-1, 1, (rows, depth)).astype(kind)
            other = random.uniform(-1, 1, (depth, columns)).astype(kind)
            turned = np.ascontiguousarray(other.T)
            found += [
                cv2.gemm(one, other, 1, None, 0),
                cv2.gemm(one, turned, 2, None, 0, flags=cv2.GEMM_2_T),
                cv2.gemm(one, other, 1, cv2.gemm(one, other, 1, None, 0), 3),
            ]
    return tuple(found)


def blob_from_image():
    picture = _picture()
    blob = cv2.dnn.blobFromImage(picture, 1 / 127.5, (96, 64), (127.5,) * 3, swapRB=True)
    cropped = cv2.dnn.blobFromImages([picture, picture], size=(64, 64), crop=True)
    return blob, cropped, cv2.dnn.imagesFromBlob(blob)[0]


def suppression():
    boxes = [[10, 10, 50, 50], [12, 12, 50, 50], [100, 50, 30, 30], [101, 51, 30, 30]]
    scores = [0.9, 0.8, 0.7, 0.75]
    batched = cv2.dnn.NMSBoxesBatched(boxes, scores, [0, 1, 0, 0], 0.5, 0.4)
    return cv2.dnn.NMSBoxes(boxes, scores, 0.5, 0.4), batched


def qr_code():
    code = cv2.QRCodeEncoder.create().encode("目利き mekiki 314")
    large = cv2.resize(code, None, fx=8, fy=8, interpolation=cv2.INTER_NEAREST)
    framed = cv2.copyMakeBorder(large, 40, 40, 40, 40, cv2.BORDER_CONSTANT, value=255)
    text, corners, _ = cv2.QRCodeDetector().detectAndDecode(framed)
    return code, text, corners


def in_place():
    """The picture that was given is the one that is drawn on."""
    canvas = np.zeros((20, 20, 3), np.uint8)
    cv2.circle(canvas, (10, 10), 5, (1, 2, 3), -1)
    view = canvas[5:15, 5:15]
    cv2.rectangle(view, (0, 0), (3, 3), (9, 9, 9), -1)
    return canvas


def constants_and_version():
    return cv2.__version__, cv2.CV_8UC3, cv2.INTER_LINEAR, cv2.dnn.DNN_BACKEND_OPENCV
