"""Boxes as data sets want them."""


def inside(record, detection):
    """The part of a box that is in the picture: x, y, width, height in its pixels, or None.

    A model may draw a box over the edge; tools that train with boxes refuse that.
    """
    x, y, width, height = detection["box"]
    left, top = max(0, x), max(0, y)
    right, bottom = min(record["width"], x + width), min(record["height"], y + height)
    if right <= left or bottom <= top:
        return None
    return left, top, right - left, bottom - top
