"""Where objects are now, from where they were when the frame that was looked at was taken."""

LONGEST = 0.3  # seconds; what was seen before says nothing of later


def moved(detections, seconds):
    """The detections with their boxes after some seconds at the velocity that the tracker found."""
    seconds = max(0, min(seconds, LONGEST))
    if not seconds:
        return detections
    later = []
    for each in detections:
        if "velocity" in each:
            box = [each["box"][i] + each["velocity"][i] * seconds for i in range(4)]
            each = dict(each)
            each["box"] = box
        later.append(each)
    return later
