"""What was found in a video: the document of all its pictures, and when each object was seen."""

import json


# Not json.dumps for fractions: MicroPython writes 68.6 as 68.59999999999999.
def _value(value):
    return "%.2f" % value if isinstance(value, float) else json.dumps(value)


def _detection(each):
    track = ', "track": %d' % each["track"] if "track" in each else ""
    x, y, width, height = each["box"]
    more = [
        ', "%s": %s' % (key, _text(each[key]))
        for key in ("points", "quad", "polygons", "attributes", "whole")
        if key in each
    ]
    return '{"class_id": %d, "label": %s, "score": %.4f, "box": [%.1f, %.1f, %.1f, %.1f]%s}' % (
        each["class_id"],
        json.dumps(each["label"]),
        each["score"],
        x,
        y,
        width,
        height,
        track + "".join(more),
    )


def _text(value):
    if isinstance(value, dict):
        keys = ("class_id", "label", "score")  # of an attribute
        return "{" + ", ".join(['"%s": %s' % (key, _text(value[key])) for key in keys]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join([_text(each) for each in value]) + "]"
    return _value(value)


def _object(each):
    return '{"track": %d, "class_id": %d, "label": %s, "first": %.6f, "last": %.6f}' % (
        each["track"],
        each["class_id"],
        json.dumps(each["label"]),
        each["first"],
        each["last"],
    )


class Report:
    """Grows with every picture. Nothing in it takes long, however long the video is."""

    def __init__(self, pictures, duration):
        """For a video of `duration` seconds.

        pictures: the Text of app/rooms/video/files.mjs that takes one JSON object a picture.
        """
        self.duration = duration
        self.count = 0  # of pictures
        self.end = 0.0  # of the last picture, seconds
        self.tracked = False  # whether objects have numbers
        self._pictures = pictures
        self._objects = {}  # track, or class where nothing is tracked -> what is known of it
        self._order = []

    def add(self, time, duration, found):
        """Takes in one picture.

        time, duration: seconds. found: what is shown of it, dicts of the engine's answer.
        """
        self.count += 1
        self.end = time + duration
        listed = ", ".join([_detection(each) for each in found])
        self._pictures.append('{"time": %.6f, "detections": [%s]}' % (time, listed))
        for each in found:
            self._see(each, time)

    def _see(self, detection, time):
        track = detection.get("track")
        key = ("class", detection["class_id"]) if track is None else ("track", track)
        if track is not None:
            self.tracked = True
        known = self._objects.get(key)
        if known is None:
            known = self._objects[key] = {"first": time, "pictures": 0}
            self._order.append(key)
        known["last"] = time
        known["pictures"] += 1
        known["class_id"], known["label"] = detection["class_id"], detection["label"]

    def objects(self):
        """What was seen, as it came: dicts of track (or None), class_id, label, first, last.

        With numbers, what never got one is left out: it was seen for a moment only.
        """
        found = []
        for kind, number in self._order:
            if kind == "track" or not self.tracked:
                known = self._objects[(kind, number)]
                known["track"] = number if kind == "track" else None
                found.append(known)
        return found

    def counts(self):
        """(class_id, how many objects) of each class, the most frequent first."""
        counts, order = {}, []
        for each in self.objects():
            if each["class_id"] not in counts:
                order.append(each["class_id"])
            counts[each["class_id"]] = counts.get(each["class_id"], 0) + 1
        placed = sorted([(-counts[each], place) for place, each in enumerate(order)])
        return [(order[place], -count) for count, place in placed]

    def blob(self, facts):
        """The whole document as a Blob. facts: (name, value) pairs that stand first."""
        head = ['"%s": %s' % (name, _value(value)) for name, value in facts]
        head.append('"duration": %.6f' % self.duration)
        tracks = [_object(each) for each in self.objects() if each["track"] is not None]
        head.append('"tracks": [' + ",\n".join(tracks) + "]")
        return self._pictures.blob("{" + ",\n".join(head) + ',\n"frames": [\n', "\n]}\n")
