"""Draws what was found, with its labels, on a canvas, at any scale."""

import shapes

MOST_WIDTHS = 500  # kept, of labels' texts
_widths = {}
_kept = {"size": 0}


def colour(class_id):
    """The colour of a class, as CSS."""
    return shapes.PALETTE[class_id % len(shapes.PALETTE)]


def title(detection):
    """What a detection is called: its class, its number if it is followed, what is said of it."""
    text, said = detection["name"], []
    for each in detection.get("attributes", ()):
        if text in each["name"]:  # a left hand is no "hand, left hand"
            text = each["name"]
        else:
            said.append(each["name"])
    if "track" in detection:
        text = "%s #%d" % (text, detection["track"])
    return text + " · " + " · ".join(said) if said else text


def percent(detection):
    """Its score as people read it."""
    return int(detection["score"] * 100 + 0.5)


def draw(context, detections, scale_x, scale_y, unit, selected=None):
    """Draws detections on a 2d context.

    detections: dicts as catalogue.dress leaves them, the surest first. selected: the index of one
    that alone keeps its label, with the others faint.
    scale_x, scale_y: canvas pixels for one source pixel; they differ for a picture so long and
    thin that the page shows it thicker. unit: canvas pixels for one CSS pixel.
    """
    if selected is None:
        shapes.paint(context, detections, scale_x, scale_y, unit)
        # What is small or written, and found by the dozen, has its label when it is asked for.
        labelled = [each for each in detections if not ("quad" in each or each.get("dot"))]
    else:
        labelled = [detections[selected]]
        others = [each for i, each in enumerate(detections) if i != selected]
        shapes.paint(context, others, scale_x, scale_y, unit, 0.35)
        shapes.paint(context, labelled, scale_x, scale_y, unit)
    labels = _Labels(context, unit)
    for each in labelled:
        if each.get("whole"):
            labels.stack(each)
        else:
            x, y, _width, height = each["box"]
            labels.put(each, x * scale_x, y * scale_y, height * scale_y)


class _Labels:
    """Labels that leave each other room: one for which there is none is left out."""

    def __init__(self, context, unit):
        self._context, self._unit = context, unit
        size = 14 * unit
        self._tall = size + 5 * unit
        self._rows = {}  # how far down, in labels -> (top, left, right) of those that start there
        self._stacked = 8 * unit
        self._right, self._bottom = context.canvas.width, context.canvas.height
        context.font = "600 %dpx system-ui, sans-serif" % size
        context.textBaseline = "middle"
        if _kept["size"] != size or len(_widths) > MOST_WIDTHS:
            _kept["size"] = size
            _widths.clear()

    def _wide(self, text):
        if text not in _widths:
            _widths[text] = self._context.measureText(text).width
        return _widths[text] + 10 * self._unit

    def stack(self, detection):
        """Puts the label of a whole picture under those before it."""
        self._write(detection, 8 * self._unit, self._stacked)
        self._stacked += self._tall + 3 * self._unit

    def put(self, detection, x, y, height):
        """Puts a label at a box: over it, else in it at its upper edge, under it, in it below."""
        wide = self._wide(self._text(detection))
        left = max(0, min(x - self._unit, self._right - wide))
        inside = min(max(0, y), self._bottom - self._tall)
        under = y + height
        tops = [inside, under, min(under, self._bottom) - self._tall]
        if y >= self._tall:
            tops.insert(0, y - self._tall)
        for top in tops:
            if top + self._tall <= self._bottom and self._free(left, top, left + wide):
                self._write(detection, left, top)
                return

    def _free(self, left, top, right):
        row = int(top / self._tall)
        for near in (row - 1, row, row + 1):
            for other_top, other_left, other_right in self._rows.get(near, ()):
                if abs(top - other_top) < self._tall and left < other_right and right > other_left:
                    return False
        self._rows.setdefault(row, []).append((top, left, right))
        return True

    def _text(self, detection):
        return "%s %d" % (title(detection), percent(detection))

    def _write(self, detection, left, top):
        text = self._text(detection)
        context = self._context
        context.fillStyle = colour(detection["class_id"])
        context.fillRect(left, top, self._wide(text), self._tall)
        context.fillStyle = "#000"
        context.fillText(text, left + 5 * self._unit, top + self._tall / 2)
