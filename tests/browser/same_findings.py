"""Whether two lists of what was found are the same, but for the order of sums."""

import cv2
import numpy as np

SCORES = 0.001
PIXELS = 0.1
OUTLINES = 0.99  # overlap of two masks


def corners(box):
    """Of a box as the page publishes it, or as the engine gives it."""
    if isinstance(box, dict):
        box = (box["x"], box["y"], box["width"], box["height"])
    x, y, width, height = box
    return np.array([x, y, x + width, y + height])


def area(polygons, size):
    """The mask (height, width) inside of outlines, filled even-odd."""
    mask = np.zeros(size[::-1], np.uint8)
    rings = [np.round(np.array(ring).reshape(-1, 2)).astype(np.int32) for ring in polygons]
    return cv2.fillPoly(mask, rings, 1).astype(bool)


def same_points(one, other):
    """Of key points that are seen at all; the place of the others is noise."""
    a, b = np.array(one), np.array(other)
    if a.shape != b.shape:
        return False
    seen = (a[:, 2] >= 0.3) & (b[:, 2] >= 0.3)
    near = np.abs(a[seen, :2] - b[seen, :2]) <= 2 * PIXELS
    return bool(near.all()) and float(np.abs(a[:, 2] - b[:, 2]).max()) <= 0.1


def same_shapes(one, other, size):
    if {key for key in ("points", "quad", "polygons") if key in one} != {
        key for key in ("points", "quad", "polygons") if key in other
    }:
        return False
    if "points" in one and not same_points(one["points"], other["points"]):
        return False
    if "quad" in one and np.abs(np.array(one["quad"]) - other["quad"]).max() > 2 * PIXELS:
        return False
    if "polygons" in one:
        a, b = area(one["polygons"], size), area(other["polygons"], size)
        if (a & b).sum() < OUTLINES * (a | b).sum():
            return False
    return True


def same_attributes(one, other):
    """Those that are not near the score from which they are believed."""
    a, b = (
        {each["label"]: each["score"] for each in of.get("attributes", ())} for of in (one, other)
    )
    return all(abs(a.get(name, 0.7) - b.get(name, 0.7)) <= 0.1 for name in a.keys() | b.keys())


def same(one, other, size):
    """Same class, box within 0.1 px, score within 0.001, and the same shapes and attributes."""
    return (
        one["class_id"] == other["class_id"]
        and abs(one["score"] - other["score"]) <= SCORES
        and np.abs(corners(one["box"]) - corners(other["box"])).max() <= PIXELS
        and same_shapes(one, other, size)
        and same_attributes(one, other)
    )


def assert_same(found, expected, size, threshold_of):
    """One by one, in any order.

    Args:
        found: detections of the page.
        expected: native ones.
        size: width and height of the picture.
        threshold_of: the lowest score shown of a detection; what is on either side of it may be
            missing on the other.
    """
    left = list(expected)
    for each in found:
        near = [other for other in left if same(each, other, size)]
        if near:
            left.remove(near[0])
        else:
            assert each["score"] - threshold_of(each) <= SCORES, (each, left)
    assert all(each["score"] - threshold_of(each) <= SCORES for each in left), left
