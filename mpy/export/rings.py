"""Outlines as data sets want them: inside the picture, without holes."""


def segmentation(record, detection):
    """(rings, area): the outer outlines of a detection as flat x, y lists, and their area in px².

    Rings are filled even-odd and a hole runs the other way round than what it is in
    (cv2.findContours). COCO's polygons have no holes: theirs are left out, but not their area.
    """
    rings = detection.get("polygons", ())
    if "quad" in detection:
        rings = [[value for corner in detection["quad"] for value in corner]]
    rings = [_clipped(ring, record) for ring in rings]
    areas = [_signed_area(ring) for ring in rings]
    if not areas:
        return [], None
    turn = max([(abs(area), area) for area in areas])[1]
    outer = [ring for ring, area in zip(rings, areas) if area * turn > 0]  # noqa: B905
    return outer, abs(sum(areas))


def _clipped(ring, record):
    most = record["width"], record["height"]
    return [min(max(value, 0), most[i % 2]) for i, value in enumerate(ring)]


def _signed_area(ring):
    """The shoelace formula: negative for a ring that runs the other way round."""
    total = 0
    for i in range(0, len(ring), 2):
        total += ring[i - 2] * ring[i + 1] - ring[i] * ring[i - 1]
    return total / 2
