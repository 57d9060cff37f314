"""Where objects are now, from where they were when the frame that was looked at was taken."""

from shapes import mapped

LONGEST = 0.3  # seconds; what was seen before says nothing of later


def moved(detections, seconds):
    """The detections with their boxes after some seconds at the velocity that the tracker found."""
    seconds = max(0, min(seconds, LONGEST))
    if not seconds:
        return detections
    later = []
    for each in detections:
        later.append(_moved(each, seconds) if "velocity" in each else each)
    return later


def _moved(detection, seconds):
    box = detection["box"]
    x, y, width, height = [box[i] + detection["velocity"][i] * seconds for i in range(4)]
    across = width / box[2] if box[2] else 1
    down = height / box[3] if box[3] else 1
    return mapped(detection, across, down, x - box[0] * across, y - box[1] * down)
