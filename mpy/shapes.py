"""What was found as shapes: mapped to another size, drawn with few calls, and hit by a finger.

Detections are dicts of the engine's answer: box (x, y, width, height), and maybe points (x, y,
score), quad (four x, y) and polygons (each x0, y0, x1, y1, ...; filled even-odd). catalogue.dress
adds limbs (pairs of points) and dot (whether it is drawn as a point).
"""

from page import window

# Okabe and Ito's palette, which most people with colour-blindness can tell apart, in the order
# that keeps neighbours far apart. Black is legible on each.
PALETTE = (
    "#e69f00",
    "#56b4e9",
    "#009e73",
    "#f0e442",
    "#cc79a7",
    "#d55e00",
    "#8fb8ff",
    "#ffffff",
)
SEEN = 0.3  # the lowest score of a key point that is drawn


def mapped(detection, scale_x, scale_y, left=0, top=0):
    """A copy with all of its places scaled, and then moved."""
    x, y, width, height = detection["box"]
    other = dict(detection)
    other["box"] = [x * scale_x + left, y * scale_y + top, width * scale_x, height * scale_y]
    if "points" in other:
        other["points"] = [
            [x * scale_x + left, y * scale_y + top, score] for x, y, score in other["points"]
        ]
    if "quad" in other:
        other["quad"] = [[x * scale_x + left, y * scale_y + top] for x, y in other["quad"]]
    if "polygons" in other:
        scales, moves = (scale_x, scale_y), (left, top)
        other["polygons"] = [
            [value * scales[i % 2] + moves[i % 2] for i, value in enumerate(ring)]
            for ring in other["polygons"]
        ]
    return other


def middle(detection):
    """The middle of its box."""
    x, y, width, height = detection["box"]
    return x + width / 2, y + height / 2


def _rings(detection):
    """Its outlines, flat: the quad or the polygons; none where the box is the outline."""
    if "quad" in detection:
        return [[value for corner in detection["quad"] for value in corner]]
    return detection.get("polygons", ())


def _dot(x, y, radius):
    return "M%.1f %.1fa%.1f %.1f 0 1 0 %.1f 0a%.1f %.1f 0 1 0 %.1f 0" % (
        x - radius,
        y,
        radius,
        radius,
        2 * radius,
        radius,
        radius,
        -2 * radius,
    )


class _Paths:
    """SVG path text by colour: one call draws all that has it, where a call a shape is slow."""

    def __init__(self, scale_x, scale_y, unit):
        self._scales = scale_x, scale_y
        self._unit = unit
        self.outlines = [[] for _ in PALETTE]  # thick
        self.edges = [[] for _ in PALETTE]  # thin, around what is filled
        self.dots = [[] for _ in PALETTE]
        self.fills = []  # (colour, text); each by itself, or a hole would be cut where two overlap

    def add(self, detection):
        """Adds what is drawn of one."""
        place = detection["class_id"] % len(PALETTE)
        x, y, width, height = detection["box"]
        across, down = self._scales
        rings = _rings(detection)
        if detection.get("whole"):
            return
        if detection.get("dot"):
            x, y = middle(detection)
            self.dots[place].append(_dot(x * across, y * down, 4 * self._unit))
        elif rings:
            text = "".join(
                [
                    "M"
                    + "L".join(
                        [
                            "%d %d" % (ring[i] * across, ring[i + 1] * down)
                            for i in range(0, len(ring), 2)
                        ]
                    )
                    + "Z"
                    for ring in rings
                ]
            )
            self.edges[place].append(text)
            self.fills.append((PALETTE[place], text))
        elif not detection.get("limbs"):
            size = x * across, y * down, width * across, height * down, -width * across
            self.outlines[place].append("M%d %dh%dv%dh%dZ" % size)
        if "points" in detection:
            self._skeleton(place, detection)

    def _skeleton(self, place, detection):
        across, down = self._scales
        points = [(x * across, y * down, score) for x, y, score in detection["points"]]
        for one, other in detection.get("limbs", ()):
            x, y, score = points[one]
            to_x, to_y, to_score = points[other]
            if score >= SEEN and to_score >= SEEN:
                self.outlines[place].append("M%d %dL%d %d" % (x, y, to_x, to_y))
        for x, y, score in points:
            if score >= SEEN:
                self.dots[place].append(_dot(x, y, 3 * self._unit))

    def draw(self, context, alpha):
        """Draws what was added. alpha: how strong, to 1."""
        context.globalAlpha = alpha * 0.25
        for colour, text in self.fills:
            context.fillStyle = colour
            context.fill(window.Path2D.new(text), "evenodd")
        context.globalAlpha = alpha
        context.lineJoin = context.lineCap = "round"
        for listed, lines in ((self.edges, 1.5), (self.outlines, 2.5)):
            self._stroke(context, listed, lines)
        dark = "".join(["".join(texts) for texts in self.dots])
        if dark:
            context.lineWidth = 2 * self._unit
            context.strokeStyle = "rgba(0, 0, 0, 0.55)"
            context.stroke(window.Path2D.new(dark))
        for place, texts in enumerate(self.dots):
            if texts:
                context.fillStyle = PALETTE[place]
                context.fill(window.Path2D.new("".join(texts)))

    def _stroke(self, context, listed, width):
        joined = ["".join(texts) for texts in listed]
        if not any(joined):
            return
        # Dark around light: legible on any picture.
        context.lineWidth = (width + 2) * self._unit
        context.strokeStyle = "rgba(0, 0, 0, 0.55)"
        context.stroke(window.Path2D.new("".join(joined)))
        context.lineWidth = width * self._unit
        for place, text in enumerate(joined):
            if text:
                context.strokeStyle = PALETTE[place]
                context.stroke(window.Path2D.new(text))


def paint(context, detections, scale_x, scale_y, unit, alpha=1):
    """Draws shapes on a 2d context; the arguments are those of overlay.draw."""
    paths = _Paths(scale_x, scale_y, unit)
    for each in detections:
        paths.add(each)
    paths.draw(context, alpha)
    context.globalAlpha = 1


def _inside(ring, x, y):
    """Whether a line to the right of a point crosses the ring an odd number of times."""
    odd = False
    before_x, before_y = ring[-2], ring[-1]
    for i in range(0, len(ring), 2):
        here_x, here_y = ring[i], ring[i + 1]
        if (here_y > y) != (before_y > y):
            cut = (before_x - here_x) * (y - here_y) / (before_y - here_y) + here_x
            if x < cut:
                odd = not odd
        before_x, before_y = here_x, here_y
    return odd


def hit(detection, x, y, near):
    """Whether a point is on it. All in source pixels; near: how far from a dot is on it."""
    left, top, width, height = detection["box"]
    if detection.get("whole"):
        return False
    if detection.get("dot"):
        across, down = middle(detection)
        return abs(x - across) <= near and abs(y - down) <= near
    rings = _rings(detection)
    if rings:
        return sum([_inside(ring, x, y) for ring in rings]) % 2 == 1
    return 0 <= x - left <= width and 0 <= y - top <= height
